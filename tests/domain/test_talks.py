"""How much is said where: each message counts once, on the programme's day."""

from datetime import UTC, date, datetime, timedelta
from itertools import count as numbers

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.factors import factors
from bot.domain.programme import programmes
from bot.domain.talk import messages as talks
from bot.domain.talk.messages import SaidMessage
from storage.enums import PlaceKind
from storage.talk import talk
from tests.domain.conftest import ELSEWHERE, HERE, NOW
from tests.domain.scenes import scene

FORUM, SCHOOL, THREAD = 10, 20, 30
WEEK = (date(2026, 11, 19), date(2026, 11, 26))
ALL = (FORUM, SCHOOL)
CHANNELS = numbers(100)


@scene
def people(world):
    world.set_up()
    return world


def said(number, channel=FORUM, place=None, at=NOW, **more):
    return SaidMessage(number, channel, place or channel, at, **more)


def count(world, *messages, programme=HERE):
    world(factors.heard, messages, programme=programme)


def top(world, days=WEEK, places=ALL, limit=5, programme=HERE):
    return world(talk.top, *days, places, limit, programme=programme)


def test_messages_count_where_and_on_the_day_that_they_were_written(people):
    count(people, said(1), said(2), said(3, THREAD, SCHOOL), said(4, at=NOW - timedelta(days=30)))
    assert top(people) == [(FORUM, 2), (THREAD, 1)]
    assert top(people, places=[SCHOOL]) == [(THREAD, 1)]
    assert top(people, limit=1) == [(FORUM, 2)]
    assert people(talk.total, *WEEK, ALL) == 2
    assert people(talk.total, *WEEK, [SCHOOL]) == 1
    assert top(people, places=[]) == []
    assert top(people, programme=ELSEWHERE) == []


def test_where_as_much_was_said_the_older_channel_is_first(people):
    count(people, said(1, SCHOOL), said(2, FORUM))
    assert top(people) == [(FORUM, 1), (SCHOOL, 1)]


def test_a_day_is_the_programmes_own(people):
    late = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)  # half past midnight in Stockholm
    count(people, said(1, at=late), said(2, at=late - timedelta(hours=1)))
    thursday = (WEEK[0], WEEK[0] + timedelta(days=1))
    assert top(people, thursday) == [(FORUM, 1)]


def test_what_nobody_wrote_is_passed_over_and_not_read_again(people):
    count(people, said(1), said(2, by_person=False))
    assert top(people) == [(FORUM, 1)]
    assert people(talks.heard) == {FORUM: 2}
    assert people(talks.heard_in, FORUM) == 2
    assert people(talks.heard_in, SCHOOL) == 0


def test_a_server_without_a_programme_counts_nothing(people):
    count(people, said(1), programme=ELSEWHERE)
    assert people(talks.heard, programme=ELSEWHERE) == {}


def test_a_factors_thread_counts_for_the_factor_and_others_for_none(people):
    school = people.organisation("Göteborgs stad", "School")
    people.join(5, school)
    first, second = people.factor(5, title="One"), people.factor(5, title="Two")
    for factor, thread in ((first, THREAD), (second, THREAD + 1)):
        people(factors.posted, factor.id, channel_id=SCHOOL, message_id=thread, thread_id=thread)
    count(people, said(1, THREAD, SCHOOL), said(2, THREAD, SCHOOL, by_person=False), said(3))
    count(people, said(4, THREAD, SCHOOL))
    found = [people(factors.show, each.id).discussed for each in (first, second)]
    assert found == [2, 0]


def test_it_is_counted_in_the_open_channels_of_the_programme(people):
    for slot in people(programmes.view).slots:
        if slot.kind is PlaceKind.TEXT:
            number = {"forum": 1, "coordinators": 2, "start": 3}.get(slot.key) or len(
                slot.key
            ) + slot.track_id
            people(programmes.fill, slot, number)
    tracks = (1, 2)
    counted = {len(f"{what}:1") + track for what in ("discussion", "factors") for track in tracks}
    assert people(talks.places) == {1, *counted}
    assert people(talks.places, programme=ELSEWHERE) == frozenset()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.integers(1, 30))
def test_in_whatever_parts_they_come_and_come_again_each_message_counts_once(people, data, total):
    """As history is read after restarts: parts in order, any of them twice, with what overlaps."""
    channel, at = next(CHANNELS), 0
    while at < total:
        since = data.draw(st.integers(0, at))
        at = data.draw(st.integers(at + 1, total))
        part = data.draw(st.permutations(range(since + 1, at + 1)))
        count(people, *(said(number, channel) for number in part))
    assert top(people, places=[channel]) == [(channel, total)]


def test_a_thread_that_is_gone_is_named_no_more_and_others_are(people):
    people.set_up(programme=ELSEWHERE)
    for programme in (HERE, ELSEWHERE):
        count(people, said(1, THREAD, SCHOOL), said(2, FORUM), programme=programme)
    people(talks.forget, THREAD)
    assert top(people) == [(FORUM, 1)]
    assert people(talks.heard) == {FORUM: 2}
    assert top(people, programme=ELSEWHERE) == [(FORUM, 1), (THREAD, 1)]
