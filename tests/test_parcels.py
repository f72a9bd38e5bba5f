"""Looking for a message that may be out already."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from bot.clocks import ClockCheck
from bot.delivery.parcels import Arrived, Unsure, find_out
from bot.domain.posts.claims import Out, Parcel, Thing
from storage.enums import Way

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PARCEL = Parcel(7, 1, Way.POST, "forum", (), (Thing("meeting.own", 1, {}, NOW, (7,)),), NOW, True)
NUMBER = PARCEL.things[0].number
US = SimpleNamespace(id=1)
WORKS = SimpleNamespace(
    client=SimpleNamespace(get_channel=lambda _: None, user=US), clock=ClockCheck(lambda: NOW)
)


class Channel:
    """One in which so many messages were written since the post was due."""

    def __init__(self, messages):
        self._messages = messages

    async def history(self, *, after, limit):
        assert after < NOW
        for message in self._messages[:limit]:
            yield message


def numbered(*numbers, mentions=()):
    parts = [SimpleNamespace(id=number) for number in numbers]
    people = [SimpleNamespace(id=person) for person in mentions]
    return SimpleNamespace(author=US, mentions=people, components=[SimpleNamespace(children=parts)])


async def test_a_post_is_known_by_the_number_of_what_it_says():
    ours = numbered(3, NUMBER)
    found = await find_out(WORKS, Channel([numbered(1), ours]), PARCEL)
    assert found == Arrived(ours, Out(frozenset({NUMBER}), frozenset()))
    assert await find_out(WORKS, Channel([numbered(NUMBER + 1)]), PARCEL) is None


async def test_of_what_mentions_people_it_is_known_whom_it_has_reached():
    parcel = replace(PARCEL, way=Way.MENTION, people=(5, 6))
    others, ours = numbered(NUMBER, mentions=[4]), numbered(NUMBER, mentions=[4, 6])
    found = await find_out(WORKS, Channel([others, ours]), parcel)
    assert found == Arrived(ours, Out(frozenset({NUMBER}), frozenset({4, 6})))
    assert await find_out(WORKS, Channel([others]), parcel) is None


def test_a_number_is_of_what_is_said_and_not_of_its_row():
    (thing,) = PARCEL.things
    assert replace(thing, ids=(8, 9)).number == NUMBER
    others = [
        replace(thing, kind="meeting.reminder"), replace(thing, subject_id=2),
        replace(thing, data={"a": 1}), replace(thing, due_at=NOW + timedelta(minutes=1)),
    ]  # fmt: skip
    assert len({NUMBER, *(each.number for each in others)}) == 5
    assert all(1_000_000 <= each.number < 2**31 for each in others)


async def test_nobody_says_that_nothing_is_out_who_has_not_seen_the_whole_channel():
    with pytest.raises(Unsure):
        await find_out(WORKS, Channel([numbered(1)] * 5000 + [numbered(NUMBER)]), PARCEL)
