"""Planning a meeting: what was typed, shown, asked about, saved."""

from datetime import timedelta

import pytest

from bot.domain.kit.errors import CoordinatorsOnly, NotSetUp, TextMissing
from bot.domain.meetings import drafts, meetings, plans, shelf
from bot.domain.meetings.errors import MeetingDraftGone
from bot.domain.meetings.plans import WantedMeeting
from bot.domain.meetings.shelf import Asked
from bot.domain.membership import track_changes
from bot.domain.tracks.errors import TrackArchived, TrackNotFound
from bot.domain.when.errors import (
    DateNotUnderstood,
    DurationTooLong,
    DurationUnclear,
    RemindersUnclear,
    RepeatEndless,
    RepeatTooMany,
    WhenPast,
    WhenSkipped,
    WhenTwice,
    WhenUnclear,
)
from storage.desk import Person
from storage.enums import Language, MeetingKind, Repeat
from tests.domain.conftest import CARE, ELSEWHERE, FOLLOWER, MANAGER, NOW, SCHOOL
from tests.domain.holding import TUESDAY, plan, sketch, starts, times, weekly


def choose(world, draft_id, reading, now=NOW):
    return world(drafts.choose, draft_id, reading, by=MANAGER, now=now)


def save(world, draft_id, now=NOW, person=MANAGER):
    return world(drafts.save, draft_id, by=person, now=now)


def test_a_sketch_shows_the_meeting_and_makes_nothing(trial):
    draft = sketch(trial, duration="1:30", where="Stadshuset", agenda="One\n\nTwo", track=CARE)
    assert (draft.meeting.title, draft.meeting.shown.place) == ("Kick-off", "Stadshuset")
    assert f"{draft.meeting.shown.starts_at:%F %R}" == "2026-12-01 12:00"
    assert draft.meeting.shown.duration == timedelta(minutes=90)
    assert (draft.meeting.track.name, draft.meeting.kind) == (CARE, MeetingKind.DIGITAL)
    assert draft.meeting.reminders == (10080, 1440, 60)
    assert (draft.meeting.id, draft.end.id, draft.overlaps) == (0, 0, ())
    assert trial(meetings.listed).meetings.total == 0


def test_a_meeting_without_a_track_is_for_all_and_joint(trial):
    view = plan(trial)
    assert (view.track, view.kind) == (None, MeetingKind.JOINT)
    assert sketch(trial, kind=MeetingKind.WEBCAST).meeting.kind is MeetingKind.WEBCAST
    assert plan(trial, track="all", kind=MeetingKind.WEBCAST).kind is MeetingKind.WEBCAST


def test_where_there_is_one_track_a_meeting_is_of_that(trial):
    trial(track_changes.archive, "Health", by=MANAGER)
    assert plan(trial).track.name == SCHOOL


def test_an_archived_or_unknown_track_takes_no_meeting(trial):
    trial(track_changes.archive, "Health", by=MANAGER)
    assert isinstance(sketch(trial, track=CARE).error, TrackArchived)
    assert isinstance(sketch(trial, track="Qwxz").error, TrackNotFound)


def test_a_series_is_written_down_to_its_last_time_and_keeps_its_hour(trial):
    view = plan(trial, when="2027-03-16 13:00", repeat=Repeat.WEEKLY, until="2027-04-06")
    assert starts(trial, view.id) == ["03-16 12:00", "03-23 12:00", "03-30 11:00", "04-06 11:00"]
    assert (view.left, len(view.coming), view.rule[:11]) == (4, 3, "FREQ=WEEKLY")


def test_the_last_day_may_be_said_in_words(trial):
    view = plan(trial, repeat=Repeat.DAILY, until="4 december")
    assert len(times(trial, view.id)) == 4


def test_saving_twice_makes_one_meeting(trial):
    draft = sketch(trial)
    assert save(trial, draft.id).id == save(trial, draft.id).id
    assert trial(meetings.listed).meetings.total == 1


def test_what_was_relative_when_typed_stays_where_it_was(trial):
    draft = sketch(trial, when="in 2 hours")
    saved = save(trial, draft.id, NOW + timedelta(minutes=30))
    assert saved.shown.starts_at == NOW + timedelta(hours=2)


def test_what_has_passed_before_it_is_saved_is_refused(trial):
    draft = sketch(trial, when="in 2 hours")
    with pytest.raises(WhenPast):
        save(trial, draft.id, NOW + timedelta(hours=2))


def test_an_hour_that_comes_twice_is_asked_about_and_either_can_be_chosen(trial):
    asked = sketch(trial, when="2027-10-31 02:30")
    assert isinstance(asked.error, WhenTwice)
    found = []
    for reading in asked.error.readings:
        draft = choose(trial, asked.draft_id, plans.said(reading))
        found.append(f"{draft.meeting.shown.starts_at:%R}")
    assert found == ["00:30", "01:30"]
    assert f"{save(trial, asked.draft_id).shown.starts_at:%R}" == "01:30"


def test_a_gap_is_asked_about_and_what_was_chosen_is_not_asked_again(trial):
    asked = sketch(trial, when="2027-03-28 02:30")
    assert isinstance(asked.error, WhenSkipped)
    reading = plans.said(asked.error.readings[0])
    draft = choose(trial, asked.draft_id, reading)
    again = sketch(trial, when="2027-03-28 02:30", title="Renamed", draft_id=draft.id)
    assert again.id == draft.id
    assert again.meeting.shown.starts_at == draft.meeting.shown.starts_at


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"title": "\u200b"}, TextMissing),
        ({"when": "some day"}, WhenUnclear),
        ({"when": "2026-11-01 13:00"}, WhenPast),
        ({"duration": "ages"}, DurationUnclear),
        ({"duration": "15 days"}, DurationTooLong),
        ({"reminders": "now and then"}, RemindersUnclear),
        ({"repeat": Repeat.DAILY}, RepeatEndless),
        ({"repeat": Repeat.DAILY, "times": 201}, RepeatTooMany),
        ({"repeat": Repeat.DAILY, "until": "eventually"}, DateNotUnderstood),
    ],
)
def test_what_cannot_be_understood_is_kept_and_told(trial, said, error):
    asked = sketch(trial, **said)
    assert isinstance(asked, Asked)
    assert type(asked.error) is error
    wanted = trial(drafts.drafted, asked.draft_id, by=MANAGER)
    assert wanted == asked.wanted
    with pytest.raises(error):
        save(trial, asked.draft_id)


def test_every_text_is_cleaned_and_bounded_and_hides_identity_numbers(trial):
    hostile = "@everyone **x** \u202e\x00 811228-9874 " + "a" * 5000
    draft = sketch(trial, title=hostile, where=hostile, agenda=hostile)
    shown = draft.meeting.shown
    for text, limit in ((shown.title, 100), (shown.place, 300), (shown.agenda, 1800)):
        assert len(text) <= limit
        assert "811228" not in text
        assert not {"\u202e", "\x00"} & set(text)
    kept = trial(drafts.drafted, draft.id, by=MANAGER)
    assert "811228" not in repr(kept)


def test_drafts_are_their_authors_for_a_day(trial):
    draft = sketch(trial)
    other = Person(77, frozenset(), manages_server=True)
    with pytest.raises(MeetingDraftGone):
        save(trial, draft.id, person=other)
    with pytest.raises(MeetingDraftGone):
        save(trial, draft.id, NOW + timedelta(hours=24, seconds=1))
    trial(shelf.forget_old, now=NOW + timedelta(hours=25))
    with pytest.raises(MeetingDraftGone):
        save(trial, draft.id)


def test_a_draft_of_another_server_is_not_found_and_a_dropped_one_is_gone(trial):
    trial.set_up(ELSEWHERE)
    draft = sketch(trial, programme=ELSEWHERE)
    with pytest.raises(MeetingDraftGone):
        save(trial, draft.id)
    here = sketch(trial)
    trial(shelf.drop, here.id, by=MANAGER)
    with pytest.raises(MeetingDraftGone):
        save(trial, here.id)


def test_only_coordinators_of_a_programme_plan_meetings(world, trial):
    wanted = WantedMeeting("Kick-off", TUESDAY)
    with pytest.raises(CoordinatorsOnly):
        trial(drafts.sketch, wanted, Language.EN, by=FOLLOWER)
    with pytest.raises(NotSetUp):
        trial(drafts.sketch, wanted, Language.EN, by=MANAGER, programme=ELSEWHERE)
    draft = sketch(trial)
    with pytest.raises(CoordinatorsOnly):
        save(trial, draft.id, person=Person(1, frozenset(), manages_server=False))


# --- what else is on


def test_meetings_that_share_people_are_named_whichever_of_their_times_meet(trial):
    for number in (11, 12, 13):
        trial.join(number, trial.vasteras)
    trial.join(21, trial.vara)
    plan(trial, title="Care", track=CARE, when="2026-12-15 13:30")
    overlaps = weekly_sketch(trial, track=SCHOOL)
    assert [(o.title, o.people, f"{o.starts_at:%d}") for o in overlaps] == [("Care", 3, "15")]
    assert set(overlaps[0].tracks) == {SCHOOL, CARE}
    assert [o.people for o in weekly_sketch(trial)] == [4]


def test_meetings_that_touch_or_share_nobody_or_are_cancelled_do_not_overlap(trial):
    plan(trial, title="After", when="2026-12-01 14:00")
    plan(trial, title="Before", when="2026-12-01 12:00")
    plan(trial, title="Care", track=CARE)
    assert sketch(trial, track=SCHOOL).overlaps == ()
    assert [o.title for o in sketch(trial, track=CARE).overlaps] == ["Care"]


def test_a_long_meeting_is_found_by_one_that_begins_days_later(trial):
    plan(trial, title="Camp", when="2026-11-29 09:00", duration="3 days")
    assert [o.title for o in sketch(trial).overlaps] == ["Camp"]


def weekly_sketch(world, **said):
    return sketch(world, repeat=Repeat.WEEKLY, times=4, **said).overlaps


def test_two_hundred_times_are_saved_in_their_order(trial):
    view = weekly(trial, 200)
    rows = times(trial, view.id)
    assert len(rows) == 200
    assert [row.starts_at for row in rows] == sorted(row.starts_at for row in rows)
