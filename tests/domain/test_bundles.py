"""What is due for one person about the same time comes together, where a message can hold it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.posts import claims, planning
from bot.domain.posts.claims import ATTEMPTS, MOST_THINGS
from bot.domain.posts.planning import Note, Post
from storage.enums import Way
from storage.shards import Shards
from tests.domain.conftest import NOW

ALL = Shards(1, frozenset({0}))


def snoozed(number: int, subject_id: int) -> Post:
    due, ends = NOW + timedelta(minutes=number), NOW + timedelta(days=1)
    return Post(f"test:{number}", "meeting.personal", subject_id, Way.DIRECT, due, ends, "forum", 7)


@pytest.fixture
def claimed(world):
    world.set_up()

    def subjects(*of):
        posts = [snoozed(number, subject) for number, subject in enumerate(of)]
        world(planning.plan, posts)
        later = NOW + timedelta(minutes=len(of))
        parcels = world(claims.claim, ALL, now=later, limit=50)
        return [[thing.subject_id for thing in parcel.things] for parcel in parcels]

    return subjects


def test_no_message_is_about_the_same_meeting_twice(claimed):
    assert claimed(1, 1, 2, 1) == [[1, 2], [1], [1]]


def test_no_message_is_about_more_than_it_has_room_for(claimed):
    found = claimed(*range(MOST_THINGS + 1))
    assert [len(each) for each in found] == [MOST_THINGS, 1]


def test_what_a_courier_left_behind_comes_before_what_was_due_later(world):
    world.set_up()
    first, second = (replace(snoozed(n, n), member_id=n, key=f"{n}") for n in (1, 2))
    world(planning.plan, [first, second])
    world(claims.claim, ALL, now=NOW + timedelta(minutes=1), limit=50)
    world(claims.recover, ALL, now=NOW + timedelta(minutes=5))
    found = world(claims.claim, ALL, now=NOW + timedelta(minutes=5), limit=50)
    assert [(parcel.people, parcel.look) for parcel in found] == [((1,), True), ((2,), False)]


def test_a_leda_that_stops_again_and_again_does_not_use_up_the_attempts(world):
    world.set_up()
    world(planning.plan, [snoozed(0, 1)])
    for _ in range(2 * ATTEMPTS):
        (parcel,) = world(claims.claim, ALL, now=NOW, limit=50)
        world(claims.recover, ALL, now=NOW)
    (parcel,) = world(claims.claim, ALL, now=NOW, limit=50)
    assert parcel.look
    world(claims.later, parcel, Note.AWAY, chance=1.0)
    in_a_while = NOW + timedelta(minutes=2)
    assert world(claims.claim, ALL, now=in_a_while, limit=50)
