"""The walk: one thing, its buttons, and what was done just now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.factors.edits import Since
from bot.domain.factors.votes import Ballot
from bot.domain.kit.errors import StalePress
from bot.domain.needs.walk import MOST, Errand, Sitting, Step
from bot.i18n.words import Nouns, Words
from cogs.needs.cards import Last, walk_card
from storage.enums import Choice, Language, Need
from tests.ui.factories import draft_of, factor_of, factors, tame
from tests.ui.layouts import HERE, acting_in, all_words, buttons_of, check_fits, texts_of
from tests.ui.waiting import request_of, told_of, unanswered_of

SV = Words(Language.SV, nouns=Nouns(Language.SV, "kommun", "kommuner", "kommunen"))
words = st.sampled_from(all_words())
BIG = 2**62
BEGUN = Sitting()


def shown_of(kind: Need, factor):
    return {
        Need.REQUEST: lambda: request_of(BIG, factor.title),
        Need.DRAFT: lambda: draft_of(title=factor.title),
        Need.MEETING: lambda: unanswered_of(1, factor.title),
        Need.EDITED: lambda: Since(factor, Ballot(Choice.OBJECT, before_edit=True), None, ()),
        Need.CONFIRM: lambda: told_of(1, factor.title),
        Need.FACTOR: lambda: factor,
        Need.STATEMENT: lambda: factor,
    }[kind]()


def step_of(kind: Need, factor, sitting=BEGUN):
    return Step(HERE, sitting, Errand(kind, BIG), shown_of(kind, factor), 1, 30)


def end_of(sitting=BEGUN, with_day=0, without_day=0):
    return Step(HERE, sitting, None, None, with_day, without_day)


def test_a_vote_stands_with_its_question_and_what_was_done_just_before():
    card = walk_card(SV, step_of(Need.FACTOR, factor_of(title="Små steg")), Last("Klart.", "x:1"))
    text = "\n".join(texts_of(card))
    assert "Klart." in text
    assert "Små steg" in text
    assert "Ska detta vara med i vårt gemensamma resultat?" in text
    assert f"1 av högst {MOST} den här gången" in text
    about = f"walkdo:1:{HERE}:factor:{BIG}"
    assert {
        f"{about}:{each}:000000" for each in ("support", "unsure", "object", "skip", "never")
    } < {*buttons_of(card)}
    assert "x:1" in buttons_of(card)


def test_a_direct_message_offers_nothing_that_opens_in_a_server_alone():
    for kind in Need:
        card = walk_card(SV, step_of(kind, factor_of()), direct=True)
        assert all(each.startswith("walk") for each in buttons_of(card))


def test_only_what_may_be_judged_can_be_left_to_others():
    for kind in Need:
        ids = buttons_of(walk_card(SV, step_of(kind, factor_of())))
        assert any(":never:" in each for each in ids) is (kind in {Need.FACTOR, Need.STATEMENT})


def test_the_end_says_what_was_done_and_how_much_more_there_is():
    text = texts_of(walk_card(SV, end_of(Sitting(votes=3, answers=1), 1, 31)))[0]
    assert text.split("\n") == [
        "**Klart för i dag.** Tack!", "Du röstade om 3 faktorer.", "Du svarade på 1 träff.",
        "-# 1 till har en dag.", "-# 31 till har ingen dag.",
    ]  # fmt: skip


def test_nothing_is_said_with_thanks():
    assert "Inget väntar på dig" in texts_of(walk_card(SV, end_of()))[0]


@pytest.mark.parametrize("text", ["", "12345", "1234567", "12345x", "١٢٣٤٥٦"])
def test_what_is_no_sitting_is_an_old_press(text):
    with pytest.raises(StalePress):
        Sitting.of(text)


@given(st.builds(Sitting, *[st.integers(0, 9)] * 6))
def test_a_sitting_survives_its_way_through_an_id(sitting):
    assert Sitting.of(str(sitting)) == sitting


@given(words, factors, st.sampled_from(Need))
def test_whatever_waits_is_said_calmly_and_fits(said, factor, kind):
    card, calm = (walk_card(said, step_of(kind, each)) for each in (factor, tame(factor)))
    check_fits(card)
    found, expected = acting_in(card), acting_in(calm)
    assert not found - expected, found - expected
