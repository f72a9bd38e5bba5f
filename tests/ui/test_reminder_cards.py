"""Reminders of meetings: whatever people wrote, they fit into a message and mention nobody else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.parcels import parcel_card
from bot.domain.meetings.reminders import CHANGE, OWN, PERSONAL, POSTED, Reminded
from bot.domain.posts.claims import MOST_THINGS, Parcel, Thing
from bot.i18n.words import Words
from cogs.meetings.posts import reminder_part
from storage.enums import Language, Way
from tests.ui.layouts import (
    HERE,
    all_words,
    buttons_of,
    check_calm,
    check_fits,
    long_hostile,
    texts_of,
)
from tests.ui.meetings import START, calm, meeting_of, meetings

EN, SV = Words(Language.EN), Words(Language.SV)
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
words = st.sampled_from(all_words())
kinds = st.sampled_from([POSTED, PERSONAL, OWN, CHANGE])
befores = st.none() | st.just(START - timedelta(days=3))


def card_of(said, reminded, kind=PERSONAL, way=Way.DIRECT, people=(7,), server="LEDA"):
    things = [Thing(kind, each, {"ahead": 1440}, NOW, (each,)) for each in range(1)]
    parcel = Parcel(1, HERE, way, "forum", people, tuple(things), NOW)
    parts = [(thing, reminder_part(said, thing, reminded)) for thing in things]
    return parcel_card(said, parcel, parts, server, NOW + timedelta(hours=1))


def text_of(card):
    return "\n".join(texts_of(card))


@given(words, meetings, kinds, long_hostile(500), befores, long_hostile(100))
def test_any_reminder_in_a_direct_message(said, meeting, kind, text, before, server):
    reminded = Reminded(meeting, text, before)
    quiet = Reminded(calm(meeting), "x", before)
    check_calm(card_of(said, reminded, kind, server=server), card_of(said, quiet, kind))


@given(words, meetings, long_hostile(500))
def test_as_many_as_a_message_takes_fit_though_all_are_late(said, meeting, text):
    """Each of another meeting, as the ledger sees to."""
    parts = []
    for number in range(MOST_THINGS):
        shown = replace(meeting.shown, id=number)
        thing = Thing(PERSONAL, number, {"ahead": 1440}, NOW, (number,))
        reminded = Reminded(replace(meeting, shown=shown), text)
        parts.append((thing, reminder_part(said, thing, reminded)))
    parcel = Parcel(1, HERE, Way.DIRECT, "forum", (7,), tuple(t for t, _ in parts), NOW)
    check_fits(parcel_card(said, parcel, parts, "S" * 100, NOW + timedelta(days=1)))


@given(words, meetings)
def test_a_hundred_people_are_mentioned_in_one_post(said, meeting):
    people = tuple(range(10**18, 10**18 + 100))
    card = card_of(said, Reminded(meeting), PERSONAL, Way.MENTION, people)
    check_fits(card)
    texts = texts_of(card)
    assert texts[-1].count("<@") == 100
    assert not texts[0].startswith("<@"), "a notification shows how a message begins"


@pytest.mark.parametrize(("said", "ahead"), [(EN, "1 day to go"), (SV, "1 dag kvar")])
def test_a_reminder_says_what_when_and_how_long_it_is_until_then(said, ahead):
    text = text_of(card_of(said, Reminded(meeting_of()), POSTED, Way.POST))
    assert ahead in text
    assert f"<t:{int(START.timestamp())}:F>" in text


def test_a_personal_one_can_be_answered_put_off_and_silenced():
    shown = buttons_of(card_of(EN, Reminded(meeting_of())))
    assert [each["label"] for each in shown.values()] == [
        "Going",
        "Maybe",
        "Can\u2019t",
        "Snooze",
        "Not for this meeting",
    ]


def test_a_cancellation_says_why():
    meeting = meeting_of()
    gone = replace(meeting, shown=replace(meeting.shown, cancelled=True, reason="Many are ill."))
    text = text_of(card_of(EN, Reminded(gone), CHANGE))
    assert "is cancelled" in text
    assert "> Many are ill." in text
