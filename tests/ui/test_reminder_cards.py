"""Messages of the courier's that remind of meetings: as full as they may get."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.parcels import parcel_card
from bot.domain.deliveries import MOST_PEOPLE, MOST_THINGS, Parcel, Thing
from bot.domain.reminders import CHANGE, OWN, PERSONAL, POSTED, Reminded
from cogs.meetings.reminder_cards import reminder_part
from storage.enums import Way
from tests.ui.layouts import all_words, check_fits, hostile
from tests.ui.meetings import START, meetings

words = st.sampled_from(all_words())
DUE, LATER = START - timedelta(days=1), START - timedelta(hours=1)


def card_of(said, way, kinds, meeting, text):
    things = [Thing(kind, n, {"ahead": 1440}, DUE, (n,)) for n, kind in enumerate(kinds)]
    people = tuple(range(2**62, 2**62 + (1 if way is Way.DIRECT else MOST_PEOPLE)))
    parcel = Parcel(9, meeting.programme_id, way, "forum", people, tuple(things), LATER)
    parts = []
    for thing in things:
        about = replace(meeting, shown=replace(meeting.shown, id=thing.subject_id))
        parts.append((thing, reminder_part(said, thing, Reminded(about, text, START))))
    return parcel_card(said, parcel, parts, text, LATER)


@settings(max_examples=25)
@given(words, meetings, hostile, st.sampled_from((PERSONAL, CHANGE)))
def test_as_many_late_things_as_may_come_to_one_person_together_fit(said, meeting, text, kind):
    check_fits(card_of(said, Way.DIRECT, [kind] * MOST_THINGS, meeting, text))


@settings(max_examples=25)
@given(words, meetings, hostile, st.sampled_from((POSTED, OWN, PERSONAL, CHANGE)))
def test_as_many_people_as_may_be_mentioned_fit(said, meeting, text, kind):
    check_fits(card_of(said, Way.MENTION, [kind], meeting, text))
