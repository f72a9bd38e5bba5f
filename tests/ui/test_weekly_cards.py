"""A weekly list: few lines, each with its way, and room beside reminders."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.parcels import parcel_card
from bot.domain.kit.texts import TITLE_LIMIT
from bot.domain.meetings.reminders import PERSONAL, Reminded
from bot.domain.needs.weekly_lists import LIST, WeeklyList
from bot.domain.posts.claims import MOST_THINGS, Parcel, Thing
from bot.i18n.words import Nouns, Words
from cogs.meetings.posts import reminder_part
from cogs.needs.posts import MOST, weekly_part
from storage.enums import Language, Way
from tests.ui.factories import factors, tame
from tests.ui.layouts import HERE, NOW, acting_in, all_words, buttons_of, check_fits, texts_of
from tests.ui.meetings import URL, meetings
from tests.ui.waiting import needs_of

SV = Words(Language.SV, nouns=Nouns(Language.SV, "kommun", "kommuner", "kommunen"))
EN = Words(Language.EN)
FULL = {"factors": 4, "edited": 4, "meetings": 4, "experiences": 4, "requests": 4}
words = st.sampled_from(all_words())


def weekly_of(title="Small steps", **numbers) -> WeeklyList:
    needs = needs_of(title, draft=False, **numbers)
    posted = {"channel_id": 2**63 - 1, "message_id": 2**63 - 1}
    linked = {
        kind: replace(found, shown=tuple(replace(each, **posted) for each in found.shown))
        for kind, found in (("factors", needs.factors), ("edited", needs.edited))
    }
    return WeeklyList(HERE, replace(needs, **linked), URL)


def card_of(said, *things, now=NOW):
    """The direct message that these parts make up, late by a day."""
    parts = [
        (Thing(LIST, number, {}, now - timedelta(days=1), (number,)), part)
        for number, part in enumerate(things)
    ]
    parcel = Parcel(1, HERE, Way.DIRECT, None, (7,), tuple(t for t, _ in parts), now)
    return parcel_card(said, parcel, parts, "S" * 100, now)


def lines_of(card) -> list[str]:
    return "\n".join(texts_of(card)).split("\n")


def test_it_says_what_waits_and_where_and_how_to_have_no_more_of_it():
    card = card_of(SV, weekly_part(SV, weekly_of(factors=1, meetings=1, requests=2, more=5)))
    lines = lines_of(card)
    assert "### 📌 Din vecka: det här väntar på dig" in lines
    at = lines.index("**6 faktorer saknar en röst från kommunen:**")
    assert lines[at + 1].startswith("🌱 [Small steps](https://discord.com/channels/")
    assert lines[at + 2] == "-# och 5 till"
    assert "👋 7 personer vill delta för kommunen." in lines
    assert f"💻 [Small steps]({URL})" in lines
    assert f"Allt, med knappar: **Vad väntar på mig?** på [startkortet]({URL})." in lines
    *answers, walk, none = buttons_of(card)
    assert walk == f"walk:1:{HERE}"
    assert [each.rpartition(":")[2] for each in answers] == ["going", "maybe", "cant"]
    assert none == f"weeklist:1:{HERE}"


@pytest.mark.parametrize("kind", FULL)
def test_each_kind_stands_by_itself_and_the_others_are_left_out(kind):
    text = "\n".join(texts_of(card_of(EN, weekly_part(EN, weekly_of(**{kind: 1})))))
    assert "1 " in text or kind == "meetings"
    assert "0 " not in text


def test_of_each_kind_three_are_shown_at_most():
    card = card_of(EN, weekly_part(EN, weekly_of(**FULL)))
    assert sum(name.startswith("coming:") for name in buttons_of(card)) == 3 * MOST
    assert sum("Small steps" in each for each in lines_of(card)) == 3 * MOST
    assert lines_of(card).count("-# and 1 more") == MOST


@given(words, meetings, factors, st.integers(0, MOST_THINGS - 1))
def test_it_fits_beside_as_many_reminders_as_there_may_be(said, meeting, factor, beside):
    parts = []
    for number in range(beside):
        shown = replace(meeting.shown, id=number)
        thing = Thing(PERSONAL, number, {"ahead": 1440}, NOW, (number,))
        reminded = Reminded(replace(meeting, shown=shown), "")
        parts.append(reminder_part(said, thing, reminded))
    most = MOST - (beside + 1 == MOST_THINGS)
    for title in (factor.title, "*" * TITLE_LIMIT):
        weekly = weekly_of(title, more=10**6, **FULL)
        check_fits(card_of(said, *parts, weekly_part(said, weekly, most)))


@given(words, factors)
def test_whatever_people_wrote_it_does_nothing_else(said, factor):
    hostile = card_of(said, weekly_part(said, weekly_of(factor.title, **FULL)))
    calm = card_of(said, weekly_part(said, weekly_of(tame(factor).title, **FULL)))
    found, expected = acting_in(hostile), acting_in(calm)
    assert not found - expected, found - expected
