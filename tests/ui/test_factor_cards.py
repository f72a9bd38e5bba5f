"""What the cards and forms about factors say."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafts import Start
from cogs.factors import cards, draft_cards, draft_forms, forms
from storage.enums import Choice, FactorStatus
from tests.ui.factories import CARE, SCHOOL, VOTED, draft_of, drafts, factor_of, stances, tally_of
from tests.ui.layouts import all_words, buttons_of, texts_of

words = st.sampled_from(all_words())


def text_of(card: Any) -> str:
    return "\n".join(texts_of(card))


EN, SV, KOMMUN = all_words()


def test_a_card_asks_its_question_and_says_who_proposed_what():
    text = text_of(cards.factor_card(EN, factor_of()))
    for part in (
        "Should this be in our shared result?", "Small steps", "Promoting factor", "🏫 School",
        "How did you do it?", "We tried.", "<@5>, Vara kommun",
        "No votes yet. 3 organisations can vote.",
    ):  # fmt: skip
        assert part in text


def test_a_card_counts_participants_organisations_and_tracks_in_words():
    text = text_of(cards.factor_card(EN, factor_of(tally=VOTED)))
    for part in (
        "🟧⬜⬜⬜⬜⬜⬜⬜⬜⬜ **Differs between tracks**", "2 support · 1 unsure · 1 objection",
        "4 participants · 3 of 11 organisations", "🏫 School: Shared ground",
        "🩺 Care: Divided opinions",
    ):  # fmt: skip
        assert part in text


def test_one_of_each_is_said_in_the_singular():
    one = tally_of(support=1, organisations_heard=1, organisations=1, stances=stances(1))
    text = text_of(cards.factor_card(EN, factor_of(tally=one)))
    assert "1 supports · 0 unsure · 0 objections" in text
    assert "1 participant · 1 of 1 organisations" in text
    assert "🏫 School:" not in text, "where there is one track it goes without saying"


def test_a_swedish_card_is_swedish_throughout():
    text = text_of(cards.factor_card(KOMMUN, factor_of(tally=VOTED)))
    for part in (
        "Ska detta vara med i vårt gemensamma resultat?", "Främjande faktor", "Hur gjorde ni?",
        "Föreslagen av <@5>, Vara kommun", "2 håller med · 1 tveksam · 1 invändning",
        "4 deltagare · 3 av 11 kommuner", "Skiljer sig mellan spåren", "🏫 School: Gemensam grund",
    ):  # fmt: skip
        assert part in text
    labels = [each["label"] for each in buttons_of(cards.factor_card(SV, factor_of())).values()]
    assert labels == ["Håller med", "Tveksam", "Har en invändning", "Vår erfarenhet", "Mer…"]


@pytest.mark.parametrize("status", sorted(set(FactorStatus) - {FactorStatus.OPEN}))
def test_a_factor_that_is_decided_says_so_and_takes_no_votes(status):
    card = cards.factor_card(EN, factor_of(status=status))
    assert not any(name.startswith("vote:") for name in buttons_of(card))
    assert "more:1:7" in buttons_of(card)
    assert EN(f"factor.status.{status}") in text_of(card)


def test_the_buttons_of_a_card_carry_a_version_its_factor_and_the_choice():
    assert list(buttons_of(cards.factor_card(EN, factor_of()))) == [
        *(f"vote:1:7:{choice}" for choice in Choice), "experience:1:7", "more:1:7",
    ]  # fmt: skip


def test_a_draft_with_a_problem_names_it_and_cannot_be_published():
    whole = buttons_of(draft_cards.preview_card(EN, draft_of()))
    assert not whole["publish:1:3"].get("disabled")
    card = draft_cards.preview_card(EN, draft_of(title="", problems=("draft.problem.title",)))
    assert buttons_of(card)["publish:1:3"]["disabled"]
    assert "The title is empty" in text_of(card)
    assert "(no title)" in text_of(card)


def test_a_hidden_identity_number_is_said():
    assert "personnummer" in text_of(draft_cards.preview_card(SV, draft_of(masked=True)))
    assert "personnummer" not in text_of(draft_cards.preview_card(SV, draft_of()))


def test_the_form_has_the_fields_that_checks_outside_the_project_know():
    fields = {
        part["custom_id"]: part for part in parts_of_form(draft_forms.propose_form(EN, BEGIN))
    }
    assert list(fields) == ["title", "kind", "how", "track"]
    assert fields["title"]["max_length"] == 100
    assert fields["how"]["max_length"] == 1800
    assert [option["value"] for option in fields["kind"]["options"]] == ["promoting", "inhibiting"]
    assert [option["value"] for option in fields["track"]["options"]] == ["1", "2", "all"]
    assert [part["custom_id"] for part in parts_of_form(forms.objection_form(SV, 7))] == ["reason"]


BEGIN = Start((SCHOOL, CARE))


def parts_of_form(form: Any) -> list[dict[str, Any]]:
    return [row["component"] for row in form.to_dict()["components"]]


def chosen(form: Any, field: str) -> list[str]:
    options = {part["custom_id"]: part for part in parts_of_form(form)}[field]["options"]
    return [option["value"] for option in options if option.get("default")]


def test_a_form_begins_with_the_track_whose_channel_one_is_in():
    assert chosen(draft_forms.propose_form(EN, BEGIN), "track") == ["1"]
    assert chosen(draft_forms.propose_form(EN, BEGIN, near=2), "track") == ["2"]
    assert chosen(draft_forms.propose_form(EN, BEGIN, near=99), "track") == ["1"]


@given(words, drafts)
def test_a_form_holds_what_any_draft_held(said, draft):
    form = draft_forms.propose_form(said, BEGIN, draft=draft)
    fields = {part["custom_id"]: part for part in parts_of_form(form)}
    assert fields["title"].get("value", "") == draft.title
    assert fields["how"].get("value", "") == draft.how
    assert chosen(form, "kind") == [draft.kind]
    if draft.track is None:
        assert chosen(form, "track") == ["all"]


def test_every_opening_of_a_form_has_an_id_of_its_own():
    """Phones show the old text of a form whose id they know."""
    ids = {draft_forms.propose_form(EN, BEGIN).custom_id for _ in range(20)}
    assert len(ids) == 20
    assert all(form_id.startswith("propose:1:0:") for form_id in ids)
    assert draft_forms.propose_form(EN, BEGIN, draft=draft_of()).custom_id.startswith(
        "propose:1:3:"
    )
