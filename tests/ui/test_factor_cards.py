"""What the cards and forms about factors say."""

from typing import Any

import pytest

from bot.domain.factors.counting import Standing
from bot.domain.factors.tally import TrackTally
from cogs.factors import cards, forms
from storage.enums import Choice, FactorStatus
from tests.ui.factories import SCHOOL, VOTED, factor_of, stances, tally_of
from tests.ui.layouts import all_words, buttons_of, texts_of


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
        "🟧⬜⬜⬜⬜⬜⬜⬜⬜⬜ **Shared ground in School, not yet in Care**",
        "2 of 11 organisations support it, 8 have not voted",
        "4 participants: 2 support · 1 unsure · 1 objection", "🏫 School: Shared ground",
        "🩺 Care: Divided opinions",
    ):  # fmt: skip
        assert part in text


def test_one_of_each_is_said_in_the_singular():
    alone = TrackTally(SCHOOL, Standing.SHARED_GROUND, stances(1))
    one = tally_of(
        alone, support=1, organisations_heard=1, organisations=1, stances=stances(1),
        standing=Standing.SHARED_GROUND,
    )  # fmt: skip
    text = text_of(cards.factor_card(EN, factor_of(tally=one)))
    assert "1 participant: 1 supports · 0 unsure · 0 objections" in text
    assert "**Shared ground**\n1 of 1 organisations supports it\n" in text
    assert "🏫 School:" not in text, "where there is one track it goes without saying"


def test_a_swedish_card_is_swedish_throughout():
    text = text_of(cards.factor_card(KOMMUN, factor_of(tally=VOTED)))
    for part in (
        "Ska detta vara med i vårt gemensamma resultat?", "Främjande faktor", "Hur gjorde ni?",
        "Föreslagen av <@5>, Vara kommun", "2 håller med · 1 tveksam · 1 invändning",
        "2 av 11 kommuner håller med, 8 har inte röstat",
        "Bred samsyn i School, ännu inte i Care", "🏫 School: Bred samsyn",
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


def test_an_objection_is_asked_for_its_reason():
    rows = forms.objection_form(SV, 7).to_dict()["components"]
    assert [row["component"]["custom_id"] for row in rows] == ["reason"]
