"""What waits for one person: as much as a message holds, each with a button, and the rest named."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kit.texts import NAME_LIMIT, TITLE_LIMIT
from bot.domain.needs.needs import SHOWN, Waiting
from bot.i18n.words import Nouns, Words
from cogs.needs.cards import needs_card
from storage.enums import Language
from tests.ui.factories import factors, tame
from tests.ui.layouts import HERE, acting_in, all_words, buttons_of, check_fits, texts_of
from tests.ui.meetings import URL
from tests.ui.waiting import needs_of, unanswered_of

SV = Words(Language.SV, nouns=Nouns(Language.SV, "kommun", "kommuner", "kommunen"))
words = st.sampled_from(all_words())
BUTTONS = {"factors": "factor", "edited": "changed", "meetings": "coming",
           "experiences": "confirm", "requests": "request"}  # fmt: skip
EACH = {"meetings": 3, "requests": 2}  # buttons


def shown_in(card) -> dict[str, int]:
    """How many of each kind a card shows."""
    names = [name.partition(":")[0] for name in buttons_of(card)]
    return {kind: names.count(mark) // EACH.get(kind, 1) for kind, mark in BUTTONS.items()}


def test_meetings_and_factors_are_named_with_what_to_do_about_them():
    card = needs_card(SV, needs_of(draft=False, factors=2, meetings=1, more=7))
    text = "\n".join(texts_of(card))
    assert "**8 träffar väntar på ditt svar:**" in text
    assert f"💻 [Small steps]({URL})\n<t:" in text
    assert "**9 faktorer saknar en röst från kommunen**; de nyaste:" in text
    assert "-# Och 7 till: `/meeting list`." in text
    assert "-# Och 7 till: `/factor list`, sorterad på" in text
    going, maybe, cant = (f"coming:1:{HERE}:{2**62}:{each}" for each in ("going", "maybe", "cant"))
    assert {going, maybe, cant, "factor:1:0", "factor:1:1"} == set(buttons_of(card))


def test_a_meeting_without_a_card_is_named_without_a_link():
    card = needs_card(
        SV, replace(needs_of(draft=False), meetings=Waiting((unanswered_of(1, url=None),), 1))
    )
    assert "💻 Kick-off\n" in "\n".join(texts_of(card))


def test_nothing_is_said_with_thanks():
    assert "Inget väntar på dig" in texts_of(needs_card(SV, needs_of(draft=False)))[0]


@pytest.mark.parametrize("more", [0, 99])
def test_every_combination_fits_and_shows_some_of_each_kind(more):
    said = "x" * TITLE_LIMIT
    for numbers in product((0, 1, SHOWN), repeat=len(BUTTONS)):
        wanted = dict(zip(BUTTONS, numbers, strict=True))
        card = needs_card(SV, needs_of(said, **wanted, more=more))
        check_fits(card)
        shown = shown_in(card)
        for kind, number in wanted.items():
            assert min(number, 1) <= shown[kind] <= number
        if sum(map(bool, numbers)) <= 2 and not more:
            assert shown == wanted or wanted["meetings"] == SHOWN


@given(words, factors, st.tuples(*[st.integers(0, SHOWN)] * 5), st.integers(0, 99))
def test_whatever_needs_somebody_is_said_calmly(said, factor, numbers, more):
    wanted = dict(zip(BUTTONS, numbers, strict=True))
    title = factor.title[:NAME_LIMIT]
    card = needs_card(said, needs_of(title, **wanted, more=more))
    calm = needs_card(said, needs_of(tame(factor).title[:NAME_LIMIT], **wanted, more=more))
    check_fits(card)
    found, expected = acting_in(card), acting_in(calm)
    assert not found - expected, found - expected
