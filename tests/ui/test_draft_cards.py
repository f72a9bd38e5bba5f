"""What previews and the forms of drafts say; whatever is in them, Discord takes them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.factors.drafts import DraftStart
from bot.domain.factors.keyareas import KeyAreaView
from bot.domain.factors.similar import Similar
from bot.domain.kit.texts import CONTEXT_LIMIT, EVIDENCE_LIMIT, HOW_LIMIT, NAME_LIMIT, TITLE_LIMIT
from bot.domain.tracks.tracks import TrackView
from cogs.factors import draft_cards
from cogs.factors.draft_forms import details_form, propose_form
from storage.enums import FactorKind
from tests.ui.factories import (
    CARE,
    SCHOOL,
    draft_of,
    drafts,
    factor_of,
    factors,
    names,
    tame,
    tracks,
)
from tests.ui.layouts import (
    all_words,
    buttons_of,
    check_calm,
    check_fits,
    check_form_fits,
    chosen_in,
    fields_of,
    long_hostile,
    texts_of,
)

EN, SV, _ = all_words()
BEGIN = DraftStart((SCHOOL, CARE))
words = st.sampled_from(all_words())
alike = st.lists(
    st.builds(Similar, factors, st.booleans()), max_size=3, unique_by=lambda s: s.factor.id
)


def text_of(card: Any) -> str:
    return "\n".join(texts_of(card))


def preview(said=EN, similar=(), **values: Any) -> Any:
    return draft_cards.preview_card(said, draft_of(**values), similar)


# --- the preview


def test_a_draft_with_a_problem_names_it_and_cannot_be_published():
    assert not buttons_of(preview())["publish:1:3"].get("disabled")
    card = preview(title="", problems=("draft.problem.title",))
    assert buttons_of(card)["publish:1:3"]["disabled"]
    assert "The title is empty" in text_of(card)
    assert "(no title)" in text_of(card)


def test_a_hidden_identity_number_is_said():
    assert "personnummer" in text_of(preview(SV, masked=True))
    assert "personnummer" not in text_of(preview(SV))


def test_a_preview_can_be_published_changed_added_to_and_left():
    assert [each["label"] for each in buttons_of(preview()).values()] == [
        "Publish", "Change", "Add details", "Later",
    ]  # fmt: skip
    assert list(buttons_of(preview(SV))) == [
        "publish:1:3",
        "change:1:3",
        "adddetails:1:3",
        "later:1:3",
    ]


def test_a_preview_says_for_whom_it_is_and_whose_name_is_shown():
    assert "You propose it for Vara" in text_of(preview())
    assert "Your name is not shown" in text_of(preview(discreet=True))
    assert "on behalf of Vara" in text_of(preview(on_behalf=True))
    assert "åt Vara" in text_of(preview(SV, on_behalf=True))


def test_a_preview_shows_similar_factors_each_with_its_button_where_one_may_vote():
    others = [Similar(factor_of(id=8, title="Small"), True), Similar(factor_of(id=9), False)]
    card = preview(similar=others)
    assert "Is it one of these already?" in text_of(card)
    assert "instead:1:3:8" in buttons_of(card)
    assert "instead:1:3:9" not in buttons_of(card)


@pytest.mark.parametrize("kind", FactorKind)
def test_the_gentle_question_is_put_in_words_of_the_kind(kind):
    for said in (EN, SV):
        assert said(f"draft.gentle.{kind}") in text_of(preview(said, kind=kind, question=True))
        assert said(f"draft.gentle.{kind}") not in text_of(preview(said, kind=kind))


@given(words, drafts, alike)
def test_the_preview_of_any_draft_beside_any_factors(said, draft, similar):
    similar = [] if draft.problems else similar
    calm = [replace(each, factor=tame(each.factor)) for each in similar]
    check_calm(
        draft_cards.preview_card(said, draft, similar),
        draft_cards.preview_card(said, tame(draft), calm),
    )
    check_calm(draft_cards.waiting_card(said, draft), draft_cards.waiting_card(said, tame(draft)))


@given(words, factors)
def test_the_thanks_for_any_factor(said, factor):
    calm = tame(factor)
    check_calm(draft_cards.published_card(said, factor), draft_cards.published_card(said, calm))
    check_calm(
        draft_cards.supported_card(said, factor, 3), draft_cards.supported_card(said, calm, 3)
    )


@pytest.mark.parametrize("said", all_words())
@pytest.mark.parametrize("filling", ["x", "*", "@1", "👩\u200d⚕", "å "])
@pytest.mark.parametrize("state", ["problems", "question"])
def test_the_fullest_preview_fits_and_shows_something_of_how(said, filling, state):
    def filled(limit: int) -> str:
        return (filling * limit)[:limit]

    track = TrackView(1, filled(NAME_LIMIT), "🏫", "school")
    factor = factor_of(
        title=filled(TITLE_LIMIT), how=filled(HOW_LIMIT), organisation=filled(NAME_LIMIT),
        channel_id=2**63 - 1, message_id=2**63 - 1, programme_id=2**63 - 1,
    )  # fmt: skip
    problems = tuple(f"draft.problem.{part}" for part in ("title", "how", "track"))
    draft = draft_of(
        id=2**63 - 1, title=factor.title, how=factor.how, organisation=factor.organisation,
        context=filled(CONTEXT_LIMIT), evidence=filled(EVIDENCE_LIMIT), key_area=filled(60),
        track=track, source=(2**63 - 1, 2**63 - 1), masked=True, on_behalf=True,
        kind=FactorKind.INHIBITING, programme_id=2**63 - 1,
        problems=problems if state == "problems" else (), question=state == "question",
    )  # fmt: skip
    others = [Similar(replace(factor, id=2**63 - 1 - n), may_support=True) for n in range(3)]
    card = draft_cards.preview_card(said, draft, others if state == "question" else ())
    check_fits(card)
    asked = said("how.inhibiting")
    how = next(text for text in texts_of(card) if text.startswith(f"**{asked}**"))
    assert len(how) > len(asked) + 200


# --- the form


def test_the_form_has_the_fields_that_checks_outside_the_project_know():
    fields = fields_of(propose_form(EN, BEGIN))
    assert list(fields) == ["title", "kind", "how", "track"]
    assert fields["title"]["max_length"] == 100
    assert fields["how"]["max_length"] == 1800
    assert [option["value"] for option in fields["kind"]["options"]] == ["promoting", "inhibiting"]
    assert [option["value"] for option in fields["track"]["options"]] == ["1", "2", "all"]


def test_a_track_is_asked_only_where_there_is_a_choice():
    assert "track" not in fields_of(propose_form(EN, DraftStart((SCHOOL,), all_tracks=False)))
    one = fields_of(propose_form(EN, DraftStart((SCHOOL,))))["track"]
    assert [option["value"] for option in one["options"]] == ["1", "all"]


def test_the_form_says_that_nothing_is_written_about_individuals():
    assert (
        "individual clients or patients" in fields_of(propose_form(EN, BEGIN))["how"]["description"]
    )
    assert "enskilda" in fields_of(details_form(SV, draft_of(), []))["context"]["description"]


@pytest.mark.parametrize("kind", FactorKind)
@pytest.mark.parametrize("said", [EN, SV])
def test_examples_and_the_question_fit_the_kind_as_soon_as_it_is_known(said, kind):
    first = fields_of(propose_form(said, BEGIN))
    known = fields_of(propose_form(said, BEGIN, draft=draft_of(kind=kind)))
    assert first["how"]["label"] == said("propose.field.how")
    assert known["how"]["label"] == said(f"how.{kind}")
    for field in ("title", "how"):
        assert first[field]["placeholder"] == said(f"propose.example.{field}")
        assert known[field]["placeholder"] == said(f"propose.example.{field}.{kind}")


def test_a_form_begins_with_the_track_whose_channel_one_is_in():
    assert chosen_in(propose_form(EN, BEGIN), "track") == ["1"]
    assert chosen_in(propose_form(EN, BEGIN, near=2), "track") == ["2"]
    assert chosen_in(propose_form(EN, BEGIN, near=99), "track") == ["1"]


def test_the_id_of_a_form_says_what_is_written_in_it():
    def goes_to(begin, **more: Any) -> str:
        return propose_form(EN, begin, **more).custom_id.rpartition(":")[0]

    behalf = DraftStart((SCHOOL,), organisation_id=4, organisation="Vara")
    assert goes_to(BEGIN) == "propose:1:0"
    assert goes_to(BEGIN, draft=draft_of()) == "propose:1:3"
    assert goes_to(BEGIN, source=(5, 6)) == "proposefrom:1:5:6"
    assert goes_to(behalf) == "behalf:1:4:0"
    assert goes_to(behalf, draft=draft_of()) == "behalf:1:4:3"


def test_every_opening_of_a_form_has_an_id_of_its_own():
    """Phones show the old text of a form whose id they know."""
    assert len({propose_form(EN, BEGIN).custom_id for _ in range(20)}) == 20


begins = st.builds(
    DraftStart,
    tracks=st.lists(tracks, min_size=1, max_size=24, unique_by=lambda track: track.id).map(tuple),
    draft=st.none(),
    all_tracks=st.booleans(),
    organisation_id=st.just(0) | st.integers(1, 2**63 - 1),
    organisation=names,
)


@given(words, begins, drafts, st.booleans())
def test_a_form_holds_what_any_draft_held_and_fits(said, begin, draft, kept):
    form = propose_form(said, begin, draft=draft if kept else None, source=(2**63 - 1, 2**63 - 1))
    check_form_fits(form)
    fields = fields_of(form)
    assert fields["title"].get("value", "") == (draft.title if kept else "")
    assert fields["how"].get("value", "") == (draft.how if kept else "")
    assert chosen_in(form, "kind") == [draft.kind if kept else FactorKind.PROMOTING]
    if kept and draft.track is None and begin.all_tracks:
        assert chosen_in(form, "track") == ["all"]


@given(words, begins, long_hostile(HOW_LIMIT))
def test_a_form_that_begins_with_any_message_fits(said, begin, quoted):
    form = propose_form(said, begin, quoted=quoted, source=(2**63 - 1, 2**63 - 1))
    check_form_fits(form)
    assert fields_of(form)["how"].get("value", "") == quoted


areas = st.lists(
    st.builds(KeyAreaView, st.integers(1, 2**40), names.map(lambda name: name[:60]), st.just(0)),
    max_size=24,
    unique_by=lambda area: area.id,
)


@given(words, drafts, areas)
def test_the_form_of_details_holds_what_any_draft_held_and_fits(said, draft, there):
    form = details_form(said, draft, there)
    check_form_fits(form)
    fields = fields_of(form)
    assert fields["context"].get("value", "") == draft.context
    assert fields["evidence"].get("value", "") == draft.evidence
    assert ("key_area" in fields) == bool(there)
    assert ("name" in fields) != draft.on_behalf
    if not draft.on_behalf:
        assert chosen_in(form, "name") == ["organisation" if draft.discreet else "shown"]
