"""Changing, moving and cancelling meetings."""

from datetime import timedelta

import pytest

from bot.domain.kit.errors import CoordinatorsOnly, NothingToChange, TextMissing
from bot.domain.meetings import calendars, cancelling, changes, drafts, meetings, plans, reminders
from bot.domain.meetings.changes import ChangedMeeting
from bot.domain.meetings.errors import MeetingCancelled, MeetingNotFound, MeetingOver
from bot.domain.meetings.shelf import Asked
from bot.domain.when.errors import DurationUnclear, WhenPast, WhenTwice
from storage.enums import Answer, Language, Repeat
from tests.domain.conftest import CARE, ELSEWHERE, FOLLOWER, MANAGER, NOW, SCHOOL
from tests.domain.holding import DAY, TUESDAY, WEEK, change, plan, say, show, starts, times, weekly

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def told(monkeypatch):
    """What reminders are asked to tell of: which time, and when it was."""
    heard = []
    monkeypatch.setattr(
        reminders,
        "tell_moved",
        lambda _, time, before: heard.append((time.id, before)),
    )
    return heard


@pytest.fixture
def planned(monkeypatch):
    """How often reminders are planned anew, and why."""
    heard = []
    monkeypatch.setattr(
        reminders, "plan", lambda _, meeting, *, note="": heard.append((meeting.id, note))
    )
    return heard


def cancel(world, meeting, occurrence=None, reason="", now=LATER):
    return world(cancelling.cancel, meeting, occurrence, reason, by=MANAGER, now=now)


def typed(world, meeting, occurrence=None, now=NOW):
    return world(plans.typed, meeting, occurrence, by=MANAGER, now=now)


# --- what it is about


def test_a_meeting_becomes_what_was_typed_and_what_was_left_out_stays(trial):
    view = plan(trial, where="Here", agenda="Old")
    changed = change(
        trial, view.id, None, LATER, title="New", duration="2 h", agenda="Newer", reminders="none"
    )
    after = changed.meeting
    assert (after.title, after.shown.place, after.shown.agenda) == ("New", "Here", "Newer")
    assert (after.shown.duration, after.reminders) == (timedelta(hours=2), ())
    assert (changed.before.title, changed.moved, changed.told) == ("Kick-off", (), 0)
    assert after.revision == view.revision + 1
    assert after == show(trial, view.id, LATER)


def test_one_time_of_a_series_can_be_another_than_the_rest(trial):
    view = weekly(trial)
    second = view.coming[0].id
    change(trial, view.id, second, LATER, title="Visit", where="Vara", duration="3 h")
    shown = show(trial, view.id)
    assert (shown.shown.title, shown.coming[0].title, shown.coming[0].place) == (
        "Kick-off", "Visit", "Vara",
    )  # fmt: skip
    assert shown.coming[0].duration == timedelta(hours=3)
    change(trial, view.id, None, LATER, title="All", duration="30 min")
    shown = show(trial, view.id)
    assert [each.title for each in shown.coming] == ["Visit", "All", "All", "All"]
    assert [each.duration for each in shown.coming[:2]] == [
        timedelta(hours=3),
        timedelta(hours=0.5),
    ]
    change(trial, view.id, second, LATER, title="All")
    change(trial, view.id, None, LATER, title="Alike")
    assert {each.title for each in show(trial, view.id).coming} == {"Alike"}


def test_the_form_holds_what_stands_and_sent_back_changes_nothing(trial):
    view = weekly(trial, where="Here", agenda="Talk", reminders="1 d, 2 h")
    for occurrence in (None, view.coming[0].id):
        said = typed(trial, view.id, occurrence)
        fields = {name: getattr(said, name) for name in changes.FIELDS}
        assert fields["reminders"] == "1 d, 2 h"
        answer = change(trial, view.id, occurrence, LATER, **fields)
        assert isinstance(answer.error, NothingToChange)
    assert typed(trial, view.id).when == TUESDAY
    assert typed(trial, view.id, view.coming[0].id).when == "2026-12-08 13:00"
    assert typed(trial, view.id, now=NOW + 9 * DAY).when == "2026-12-08 13:00"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"title": " "}, TextMissing),
        ({"duration": "long"}, DurationUnclear),
        ({"when": "2026-11-01 10:00"}, WhenPast),
        ({}, NothingToChange),
    ],
)
def test_what_cannot_be_understood_changes_nothing_and_is_kept(trial, fields, error):
    view = plan(trial)
    asked = change(trial, view.id, None, LATER, agenda="Kept", **fields) if fields else change(
        trial, view.id
    )  # fmt: skip
    assert isinstance(asked, Asked)
    assert isinstance(asked.error, error)
    assert (asked.meeting_id, show(trial, view.id)) == (view.id, view)
    wanted = trial(drafts.drafted, asked.draft_id, by=MANAGER, now=LATER)
    assert wanted.agenda == ("Kept" if fields else "")


def test_a_doubled_hour_is_asked_about_and_the_choice_makes_the_change(trial):
    view = plan(trial)
    asked = change(trial, view.id, None, LATER, when="2027-10-31 02:30", title="Late")
    assert isinstance(asked.error, WhenTwice)
    reading = plans.said(asked.error.readings[1])
    shown = trial(drafts.choose, asked.draft_id, reading, by=MANAGER, now=LATER)
    assert show(trial, view.id).title == "Kick-off", "nothing is changed yet"
    changed = trial(changes.save, shown.id, language=Language.EN, by=MANAGER, now=LATER)
    assert isinstance(changed, ChangedMeeting)
    assert (changed.meeting.title, f"{changed.meeting.shown.starts_at:%R}") == ("Late", "01:30")


def test_a_single_time_has_no_reminders_of_its_own(trial):
    view = weekly(trial)
    asked = change(trial, view.id, view.coming[0].id, LATER, reminders="5 min")
    assert isinstance(asked.error, NothingToChange)


def test_a_meeting_keeps_its_zone_when_the_programme_s_changes(trial):
    view = plan(trial)
    asked = change(trial, view.id, None, LATER, when="2027-10-31 02:30")
    trial.set_up(timezone="Europe/Helsinki")
    reading = plans.said(asked.error.readings[0])
    shown = trial(drafts.choose, asked.draft_id, reading, by=MANAGER, now=LATER)
    assert f"{shown.change.meeting.shown.starts_at:%R}" == "00:30"
    moved = change(trial, view.id, None, LATER, when="2026-12-02 13:00").meeting
    assert f"{moved.shown.starts_at:%R}" == "12:00"


# --- when it is


def test_one_time_moves_alone_and_keeps_its_place_in_the_series(trial):
    view = weekly(trial)
    changed = change(trial, view.id, view.coming[0].id, LATER, when="2026-12-17 09:00")
    assert starts(trial, view.id)[:3] == ["12-01 12:00", "12-17 08:00", "12-15 12:00"]
    assert changed.meeting.shown.moved
    assert changed.moved[0][1] - changed.moved[0][0] == 9 * DAY - timedelta(hours=4)
    assert [f"{each.starts_at:%d}" for each in show(trial, view.id).coming] == [
        "15", "17", "22", "29",
    ]  # fmt: skip


def test_a_series_moves_from_its_next_time_on_and_what_was_stays(trial):
    view = weekly(trial)
    now = NOW + 2 * WEEK
    change(trial, view.id, None, now, when="2026-12-09 15:00")
    assert starts(trial, view.id) == [
        "12-01 12:00", "12-09 14:00", "12-16 14:00", "12-23 14:00", "12-30 14:00",
    ]  # fmt: skip
    after = show(trial, view.id, now)
    assert (after.times, after.left, f"{after.wall:%d %H}") == (4, 4, "09 15")
    assert not any(each.moved for each in after.coming)


def test_moving_a_series_takes_those_along_that_had_moved_alone(trial):
    view = weekly(trial)
    change(trial, view.id, view.coming[0].id, LATER, when="2026-12-17 09:00")
    change(trial, view.id, None, LATER, title="Renamed")
    assert starts(trial, view.id)[1] == "12-17 08:00"
    change(trial, view.id, None, LATER, when="2026-12-01 14:00")
    assert [each[-5:] for each in starts(trial, view.id)] == ["13:00"] * 5
    assert starts(trial, view.id)[1] == "12-08 13:00"


def test_a_daily_series_can_move_onto_its_own_days_and_keeps_its_wall_clock(trial):
    view = plan(trial, when="2027-03-25 13:00", repeat=Repeat.DAILY, times=4)
    change(trial, view.id, None, LATER, when="2027-03-26 13:00")
    assert starts(trial, view.id) == ["03-26 12:00", "03-27 12:00", "03-28 11:00", "03-29 11:00"]


def test_a_time_that_was_held_before_its_turn_does_not_stand_in_the_way(trial):
    view = weekly(trial)
    second = view.coming[0].id  # of the 8th, held on the 2nd
    change(trial, view.id, second, LATER, when="2026-12-02 13:00")
    now = NOW + 10 * DAY
    change(trial, view.id, None, now, when="2026-12-08 13:00")
    assert starts(trial, view.id) == [
        "12-01 12:00", "12-02 12:00", "12-08 12:00", "12-15 12:00", "12-22 12:00",
    ]  # fmt: skip


def test_a_last_day_moves_along_and_the_rule_stays_true(trial):
    view = plan(trial, repeat=Repeat.WEEKLY, until="2026-12-22")
    changed = change(trial, view.id, None, LATER, when="2026-12-03 13:00")
    assert len(times(trial, view.id)) == 4
    assert f"{changed.meeting.until}" == "2026-12-24"


def test_a_meeting_under_way_can_be_put_off(trial):
    view = plan(trial)
    now = view.shown.starts_at + timedelta(minutes=5)
    changed = change(trial, view.id, None, now, when="2026-12-02 13:00")
    assert changed.meeting.shown.starts_at - view.shown.starts_at == DAY


# --- who hears of it


def test_those_who_had_answered_hear_of_a_move_once(trial, told):
    for member in (11, 12, 13):
        trial.join(member, trial.goteborg)
    view = weekly(trial)
    say(trial, 11, view.shown.id, Answer.GOING)
    say(trial, 12, view.coming[1].id, Answer.MAYBE)
    changed = change(trial, view.id, None, LATER, when="2026-12-03 13:00")
    assert changed.told == 2
    assert told == [
        (view.shown.id, view.shown.starts_at),
        (view.coming[1].id, view.coming[1].starts_at),
    ]


def test_a_move_by_nothing_and_other_changes_tell_nobody(trial, told, planned):
    view = weekly(trial)
    changed = change(trial, view.id, None, LATER, when="1 december 2026 kl 13", title="Other")
    assert (changed.moved, changed.told, told) == ((), 0, [])
    assert planned == [(view.id, ""), (view.id, "")]
    change(trial, view.id, None, LATER, when="2026-12-01 14:00")
    assert planned[-1] == (view.id, "moved")


def test_what_was_changed_is_noted_without_what_was_written(trial):
    view = plan(trial)
    change(trial, view.id, None, LATER, title="Very secret", when="2026-12-02 14:00")
    entry = trial.journal()[-1]
    assert (entry.kind, entry.who, entry.subject_id) == ("meeting.changed", MANAGER.id, view.id)
    assert entry.data["fields"] == ["title", "start"]
    assert "secret" not in repr(entry.data)


def test_calendars_see_that_something_changed_and_that_it_is_the_same(trial):
    view = weekly(trial, where="https://example.org/room")
    before = trial(calendars.calendar, view.id)
    change(trial, view.id, view.coming[0].id, LATER, when="2026-12-09 13:00")
    cancel(trial, view.id, view.coming[1].id)
    after = trial(calendars.calendar, view.id)
    assert after.uid == before.uid
    assert (before.sequence, after.sequence, after.changed_at) == (0, 2, LATER)
    assert (after.usual.link, after.usual.place) == ("https://example.org/room", "")
    assert [(f"{e.original:%d}", f"{e.wall:%d}", e.cancelled) for e in after.times[1:3]] == [
        ("08", "09", False), ("15", "15", True),
    ]  # fmt: skip


# --- cancelling


def test_cancelling_one_time_leaves_the_others(trial, told):
    trial.join(11, trial.goteborg)
    view = weekly(trial)
    say(trial, 11, view.shown.id, Answer.GOING)
    at = cancel(trial, view.id, view.coming[0].id, "Snow\x00 811228-9874")
    assert at.shown.cancelled
    assert at.shown.reason == "Snow ••••••-••••"
    after = show(trial, view.id)
    assert (after.cancelled, after.left, len(after.coming)) == (False, 4, 3)
    assert told == [(view.coming[0].id, None)]
    with pytest.raises(MeetingCancelled):
        cancel(trial, view.id, view.coming[0].id)
    with pytest.raises(MeetingCancelled):
        change(trial, view.id, view.coming[0].id, title="Other")


def test_cancelling_a_series_leaves_what_was_held(trial, planned):
    view = weekly(trial)
    now = NOW + 10 * DAY
    after = cancel(trial, view.id, now=now)
    assert after.cancelled
    assert [time.cancelled_at is None for time in times(trial, view.id)] == [True] + [False] * 4
    assert after.shown.id == view.coming[0].id
    assert planned[-1] == (view.id, "cancelled")
    assert trial(meetings.listed, now=now).meetings.total == 0
    assert trial(meetings.listed, past=True, now=now).meetings.total == 1
    with pytest.raises(MeetingCancelled):
        cancel(trial, view.id, now=now)


def test_cancelling_the_only_time_of_a_meeting_cancels_it(trial):
    view = plan(trial)
    assert cancel(trial, view.id, view.shown.id).cancelled


def test_cancelling_the_last_that_is_left_ends_a_series_that_was_held(trial):
    view = weekly(trial, 2)
    now = NOW + 9 * DAY
    cancel(trial, view.id, view.coming[0].id, now=now)
    after = show(trial, view.id, now)
    assert (after.cancelled, after.shown.id) == (False, view.shown.id)


def test_a_meeting_that_is_over_can_neither_be_changed_nor_cancelled(trial):
    view = plan(trial)
    for use in (cancel, lambda *a, now: change(*a, None, now, title="Late")):
        with pytest.raises(MeetingOver):
            use(trial, view.id, now=view.shown.ends_at)


def test_an_archived_track_s_meetings_are_cancelled_and_no_others(trial):
    care, school = plan(trial, track=CARE), plan(trial, track=SCHOOL)
    track = care.track.id
    trial(cancelling.cancel_of_track, track, now=LATER)
    assert show(trial, care.id).cancelled
    assert not show(trial, school.id).cancelled
    assert trial.journal()[-1].who is None


def test_another_server_s_meetings_and_times_are_not_found(trial):
    trial.set_up(ELSEWHERE)
    there, here = plan(trial, programme=ELSEWHERE), plan(trial)
    for meeting, occurrence in (
        (there.id, None), (there.id, there.shown.id), (here.id, there.shown.id),
    ):  # fmt: skip
        with pytest.raises(MeetingNotFound):
            change(trial, meeting, occurrence, title="Mine")
        with pytest.raises(MeetingNotFound):
            cancel(trial, meeting, occurrence)
    other = plan(trial)
    with pytest.raises(MeetingNotFound):
        change(trial, here.id, other.shown.id, title="Mixed up")


def test_only_coordinators_change_and_cancel(trial):
    view = plan(trial)
    with pytest.raises(CoordinatorsOnly):
        trial(changes.change, view.id, None, {"title": "Mine"}, language=Language.EN, by=FOLLOWER)
    with pytest.raises(CoordinatorsOnly):
        trial(cancelling.cancel, view.id, None, "", by=FOLLOWER)
