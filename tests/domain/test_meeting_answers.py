"""Answers to meetings: what holds when, whose count, and who was there."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import Session

from bot.domain.factors import origins
from bot.domain.kit.errors import CoordinatorsOnly
from bot.domain.meetings import answers, cancelling, changes, meetings
from bot.domain.meetings.errors import (
    AttendanceOver,
    MeetingAhead,
    MeetingCancelled,
    MeetingElsewhere,
    MeetingNotFound,
    MeetingOver,
)
from bot.domain.meetings.views import Answers
from bot.domain.members.errors import NotAParticipant
from bot.domain.membership import answering, presence
from storage.enums import Answer
from storage.meetings import meetings as kept
from tests import desks
from tests.domain.conftest import CARE, ELSEWHERE, FOLLOWER, HERE, MANAGER, NOW, SCHOOL, World
from tests.domain.holding import DAY, WEEK, change, plan, say, show, times, weekly
from tests.domain.scenes import scene

GOING, MAYBE, CANT, OPEN = Answer.GOING, Answer.MAYBE, Answer.CANT, Answer.OPEN
LATER = NOW + timedelta(hours=1)


@scene
def joined(trial):
    """Two of Göteborg, one of Vara, one of Västerås."""
    for member, organisation in (
        (11, "goteborg"),
        (12, "goteborg"),
        (21, "vara"),
        (31, "vasteras"),
    ):
        trial.join(member, getattr(trial, organisation))
    return trial


def at(world, occurrence, now=LATER):
    return world(origins.meeting_at, occurrence, now=now).shown


def mine(world, member, occurrence):
    return world(answers.mine, occurrence, member)


def held(world, meeting, now=LATER):
    """How many are going to each time of a meeting."""
    return [at(world, time.id, now).answers.going for time in times(world, meeting)]


def test_answers_are_counted_for_all_and_by_organisation(joined):
    view = plan(joined)
    for member, choice in ((11, GOING), (12, CANT), (21, MAYBE)):
        shown = say(joined, member, view.shown.id, choice).shown
    assert shown.answers == Answers(1, 1, 1, 1)
    assert shown.by_organisation == {
        "Göteborgs stad": Answers(going=1, cant=1),
        "Vara kommun": Answers(maybe=1),
    }


def test_a_meeting_of_a_track_concerns_the_organisations_in_it(joined):
    view = plan(joined, track=CARE)
    assert view.shown.answers == Answers(silent=2)
    with pytest.raises(MeetingElsewhere):
        say(joined, 11, view.shown.id, GOING)
    assert say(joined, 31, view.shown.id, GOING).shown.answers == Answers(going=1, silent=1)


def test_the_same_again_changes_nothing_and_another_takes_its_place(joined):
    time = plan(joined).shown.id
    assert say(joined, 11, time, GOING).shown.answers.going == 1
    noted = len(joined.journal())
    assert say(joined, 11, time, GOING, LATER) is None
    assert (mine(joined, 11, time).since, len(joined.journal())) == (NOW, noted)
    assert say(joined, 11, time, CANT).shown.answers == Answers(cant=1, silent=3)


def test_an_answer_is_taken_back_by_its_own_deed_and_once(joined):
    time = plan(joined).shown.id
    assert say(joined, 11, time, OPEN) is None, "there is none"
    say(joined, 11, time, GOING)
    assert say(joined, 11, time, OPEN).shown.answers == Answers(silent=4)
    assert say(joined, 11, time, OPEN) is None
    assert mine(joined, 11, time).answer is None


def test_what_was_answered_before_comes_too_late_to_change_what_was_answered_after(joined):
    time = plan(joined).shown.id
    first, second = NOW - timedelta(seconds=2), NOW - timedelta(seconds=1)
    joined(answering.answer, time, 11, GOING, said_at=first)
    joined(answering.answer, time, 11, CANT, said_at=second)
    assert joined(answering.answer, time, 11, GOING, said_at=first) is None
    assert mine(joined, 11, time).answer is CANT


def test_going_holds_for_later_times_and_not_for_earlier_ones(joined):
    view = weekly(joined)
    say(joined, 11, view.coming[0].id, GOING)
    assert held(joined, view.id) == [0, 1, 1, 1, 1]


@pytest.mark.parametrize("choice", [MAYBE, CANT])
def test_maybe_and_cant_are_for_one_time(joined, choice):
    view = weekly(joined)
    say(joined, 11, view.shown.id, GOING)
    say(joined, 11, view.coming[1].id, choice)
    assert held(joined, view.id) == [1, 1, 0, 1, 1]


def test_taking_back_what_was_carried_ends_it_from_there_on(joined):
    view = weekly(joined)
    say(joined, 11, view.shown.id, GOING)
    assert say(joined, 11, view.coming[1].id, GOING) is None
    assert mine(joined, 11, view.coming[1].id).since == NOW, "said at an earlier time"
    shown = say(joined, 11, view.coming[1].id, OPEN).shown
    assert shown.answers == Answers(silent=4)
    assert held(joined, view.id) == [1, 1, 0, 0, 0]
    say(joined, 11, view.coming[2].id, GOING)
    assert held(joined, view.id) == [1, 1, 0, 1, 1]


def test_one_s_own_answer_is_what_holds(joined):
    view = weekly(joined)
    say(joined, 11, view.shown.id, GOING)
    time = view.coming[0].id
    assert [mine(joined, each, time).answer for each in (11, 12, 99)] == [GOING, None, None]
    say(joined, 11, time, OPEN)
    assert mine(joined, 11, time).answer is None


def test_whoever_leaves_the_organisation_or_server_does_not_count_until_they_are_back(joined):
    time = plan(joined).shown.id
    say(joined, 11, time, GOING)
    say(joined, 12, time, GOING)
    joined.leave(11)
    joined(presence.gone, [12])
    assert at(joined, time).answers == Answers(silent=2)
    joined.join(11, joined.goteborg)
    say(joined, 12, time, MAYBE)
    assert at(joined, time).answers == Answers(going=1, maybe=1, silent=2)


def test_those_who_are_no_participants_cannot_answer(joined):
    time = plan(joined).shown.id
    with pytest.raises(NotAParticipant):
        say(joined, 99, time, GOING)


def test_a_meeting_that_is_over_or_cancelled_takes_no_answers(joined):
    view = plan(joined)
    with pytest.raises(MeetingOver):
        say(joined, 11, view.shown.id, GOING, view.shown.ends_at)
    say(joined, 11, view.shown.id, GOING, view.shown.ends_at - timedelta(seconds=1))
    joined(cancelling.cancel, view.id, None, "", by=MANAGER)
    with pytest.raises(MeetingCancelled):
        say(joined, 11, view.shown.id, GOING)


def test_a_time_of_another_server_is_not_found(joined):
    joined.set_up(ELSEWHERE)
    time = plan(joined, programme=ELSEWHERE).shown.id
    for use_case in (answering.answer, answering.attend, answers.mute):
        more = [GOING] if use_case is answering.answer else []
        with pytest.raises(MeetingNotFound):
            joined(use_case, time, 11, *more)
    with pytest.raises(MeetingNotFound):
        joined(answers.people, time, by=MANAGER)
    with pytest.raises(MeetingNotFound):
        mine(joined, 11, time)


def test_coordinators_see_who_said_what_and_who_said_nothing(joined):
    time = plan(joined).shown.id
    say(joined, 12, time, CANT)
    say(joined, 31, time, GOING)
    found = joined(answers.people, time, by=MANAGER)
    assert [(each.member_id, each.answer) for each in found] == [
        (31, GOING), (12, CANT), (11, None), (21, None),
    ]  # fmt: skip
    with pytest.raises(CoordinatorsOnly):
        joined(answers.people, time, by=FOLLOWER)


def test_not_for_this_meeting_changes_no_answer(joined):
    view = plan(joined)
    say(joined, 11, view.shown.id, GOING)
    for member in (11, 12):
        joined(answers.mute, view.shown.id, member)

    def muted(session):
        time = session.get(kept.Occurrence, view.shown.id)
        return {each.member_id for each in answers.invited(desks.bare(session), time) if each.muted}

    assert joined(muted) == {11, 12}
    assert at(joined, view.shown.id).answers == Answers(going=1, silent=3)
    assert say(joined, 12, view.shown.id, MAYBE).shown.answers == Answers(1, 1, 0, 2)
    assert joined(muted) == {11, 12}


# --- having been there


def attend(world, member, occurrence, now, *, there=True):
    view = world(answering.attend, occurrence, member, now=now, there=there)
    return view and view.shown.attended


def test_being_there_is_marked_from_the_start_and_taken_back(joined):
    view = plan(joined)
    time, start = view.shown.id, view.shown.starts_at
    with pytest.raises(MeetingAhead):
        attend(joined, 11, time, start - timedelta(seconds=1))
    assert attend(joined, 11, time, start) == 1
    assert attend(joined, 12, time, start + DAY) == 2
    assert attend(joined, 11, time, start + DAY) is None, "once more changes nothing"
    assert mine(joined, 11, time).there_since == start
    assert attend(joined, 11, time, start + 2 * DAY, there=False) == 1
    assert attend(joined, 11, time, start + 2 * DAY, there=False) is None
    with pytest.raises(AttendanceOver):
        attend(joined, 11, time, view.shown.ends_at + timedelta(days=14, seconds=1))


def test_whoever_was_there_and_left_since_was_there(joined):
    view = plan(joined)
    attend(joined, 11, view.shown.id, view.shown.starts_at)
    joined.leave(11)
    assert at(joined, view.shown.id, view.shown.ends_at).attended == 1


def test_being_there_is_no_answer(joined):
    view = plan(joined)
    attend(joined, 11, view.shown.id, view.shown.starts_at)
    assert at(joined, view.shown.id).answers == Answers(silent=4)


# --- moves


def test_answers_survive_a_move_of_less_than_a_day(joined):
    view = weekly(joined)
    say(joined, 11, view.shown.id, GOING)
    change(joined, view.id, view.shown.id, LATER, when="2026-12-02 12:59")
    assert held(joined, view.id, LATER + DAY) == [1, 1, 1, 1, 1]


def test_a_move_of_a_day_asks_again_about_that_time_alone(joined):
    view = weekly(joined)
    say(joined, 11, view.shown.id, GOING)
    say(joined, 12, view.coming[0].id, MAYBE)
    change(joined, view.id, view.coming[0].id, LATER, when="2026-12-09 13:00")
    assert held(joined, view.id) == [1, 0, 1, 1, 1]
    assert at(joined, view.coming[0].id).answers == Answers(silent=4)
    say(joined, 11, view.coming[0].id, GOING, LATER + DAY)
    assert held(joined, view.id) == [1, 1, 1, 1, 1]


def test_a_series_moved_by_days_asks_all_again_and_going_carries_anew(joined):
    view = weekly(joined)
    say(joined, 11, view.shown.id, GOING)
    change(joined, view.id, None, LATER, when="2026-12-03 13:00")
    assert held(joined, view.id) == [0] * 5
    say(joined, 11, view.shown.id, GOING, LATER + timedelta(minutes=1))
    assert held(joined, view.id) == [1] * 5


# --- any history


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("say"), st.sampled_from([11, 12, 21, 31]), st.integers(0, 2),
            st.sampled_from([GOING, MAYBE, CANT, OPEN]),
        ),
        st.tuples(st.just("move"), st.integers(0, 2), st.sampled_from([2, 30, -40])),
        st.tuples(st.just("shift"), st.sampled_from([3, 50])),
        st.tuples(st.just("leave"), st.sampled_from([11, 21])),
        st.tuples(st.just("gone"), st.sampled_from([12, 31])),
    ),
    max_size=12,
)  # fmt: skip


class Plain:
    """The same rules, told plainly: every press is kept, and read from the start."""

    def __init__(self, starts):
        self.starts = list(starts)
        self.asked = [None, None, None]
        self.pressed = []  # when, who, which time, what they then said
        self.here = {11, 12, 21, 31}

    def holds(self, member, place):
        since = self.asked[place]
        fresh = [p for p in self.pressed if p[1] == member and (since is None or p[0] >= since)]
        for earlier in range(place, -1, -1):
            last = {p[2]: p[3] for p in fresh}.get(earlier)
            if last is not None and (earlier == place or last in {GOING, OPEN}):
                return None if last is OPEN else last
        return None

    def press(self, now, member, place, choice):
        self.here.add(member)
        if self.holds(member, place) is (None if choice is OPEN else choice):
            return
        # A time has one answer of each: the latest, whatever became of those before.
        self.pressed = [p for p in self.pressed if p[1:3] != (member, place)]
        self.pressed.append((now, member, place, choice))

    def move(self, now, place, hours):
        self.starts[place] += timedelta(hours=hours)
        if abs(hours) >= 24:
            self.asked[place] = now


class OneTransaction(World):
    """A world in which everything is undone in the end."""

    def __init__(self, session):
        super().__init__(session.get_bind())
        self.session = session

    def __call__(self, work, *args, now=NOW, programme=HERE, **more):
        self.session.expire_all()
        return desks.call(self.session, work, *args, now=now, programme=programme, **more)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_after_any_history_the_counts_are_those_of_a_plain_recount(steps, joined):
    groups = {11: joined.goteborg, 21: joined.vara}
    with Session(joined.engine) as session:
        check(OneTransaction(session), steps, groups)


def check(world, steps, groups):
    view = weekly(world, 3)
    ids = [time.id for time in times(world, view.id)]
    plain = Plain(time.starts_at for time in times(world, view.id))
    for number, (deed, *what) in enumerate(steps):
        now = NOW + timedelta(minutes=number + 1)
        take(world, plain, view.id, ids, (deed, *what), now=now, groups=groups)
        for place, key in enumerate(ids):
            shown = world(origins.meeting_at, key, now=now).shown
            said = Counter(plain.holds(member, place) for member in plain.here)
            assert shown.answers == Answers(said[GOING], said[MAYBE], said[CANT], said[None])
            assert shown.starts_at == plain.starts[place]
            assert sum(each.going for each in shown.by_organisation.values()) == said[GOING]


def take(world, plain, meeting, ids, step, *, now, groups):
    """One step of a history, in the program and in the plain telling of it."""
    deed, *what = step
    if deed == "say":
        member, place, choice = what
        if member not in plain.here and member in {11, 21}:
            world.join(member, groups[member])
        say(world, member, ids[place], choice, now)
        plain.press(now, member, place, choice)
    elif deed in {"move", "shift"}:
        place, hours = what if deed == "move" else (0, *what)
        wall = (plain.starts[place] + timedelta(hours=hours + 1)).strftime("%Y-%m-%d %H:%M")
        occurrence = ids[place] if deed == "move" else None
        changed = change(world, meeting, occurrence, now, when=wall)
        assert isinstance(changed, changes.ChangedMeeting), (changed, wall)
        if deed == "move":
            plain.move(now, place, hours)
        else:
            first = plain.starts[0] + timedelta(hours=hours)
            for each in range(3):
                by = first + each * WEEK - plain.starts[each]
                plain.move(now, each, by / timedelta(hours=1))
    elif deed == "leave" and what[0] in plain.here:
        world.leave(what[0], now)
        plain.here.discard(what[0])
    elif deed == "gone":
        world(presence.gone, what, now=now)
        plain.here.discard(what[0])


# --- what it costs


def test_an_answer_takes_twelve_statements_and_a_beginning(joined):
    view = weekly(joined, 30, track=SCHOOL)
    say(joined, 11, view.shown.id, GOING)
    said: list[str] = []

    def note(_connection, _cursor, statement, *_):
        said.append(statement)

    event.listen(joined.engine, "before_cursor_execute", note)
    try:
        say(joined, 12, view.coming[0].id, GOING)
    finally:
        event.remove(joined.engine, "before_cursor_execute", note)
    assert len(said) <= 13, "\n".join(said)


def test_the_revision_grows_with_each_answer_and_the_card_needs_no_other_edit(joined):
    view = plan(joined)
    joined(meetings.settled, view.id, view.revision, channel_id=5, message_id=6)
    after = say(joined, 11, view.shown.id, GOING)
    assert after.revision == view.revision + 1
    assert joined(meetings.due) == []
    assert show(joined, view.id).url.endswith("/5/6")
    assert [e.data["after"] for e in joined.journal() if e.kind == "meeting.answered"] == ["going"]
