"""Nothing happens on a misreading: what is understood is shown, and asked where it is uncertain."""

from datetime import date, timedelta

import pytest

from bot.domain.meetings import changes, drafts, own_reminders, plans
from bot.domain.meetings.changes import ChangedMeeting, ChangeDraft
from bot.domain.meetings.drafts import MeetingDraftView
from bot.domain.meetings.shelf import Asked
from bot.domain.when.errors import (
    DateAmbiguous,
    DurationAmbiguous,
    RepeatEndless,
    WhenLength,
    WhenNoDay,
)
from storage.enums import Answer, Language, Repeat
from tests.domain.conftest import MANAGER, NOW, SCHOOL
from tests.domain.holding import change, plan, say, show, sketch, starts, weekly
from tests.domain.test_reminders import rows

ANNA, BO = 101, 102
HOUR = timedelta(hours=1)


@pytest.fixture
def people(trial):
    """Anna and Bo of Göteborg."""
    for member in (ANNA, BO):
        trial.join(member, trial.goteborg)
    return trial


def edit(world, meeting, occurrence=None, now=NOW, **typed):
    return world(
        changes.sketch, meeting, occurrence, typed, language=Language.EN, by=MANAGER, now=now
    )


def choose(world, asked, number):
    reading = plans.said(asked.error.readings[number])
    return world(drafts.choose, asked.draft_id, reading, by=MANAGER)


def mend(world, asked, **fields):
    return world(drafts.mend, asked.draft_id, fields, language=Language.EN, by=MANAGER)


# --- lengths


def test_the_length_is_read_from_the_times_where_none_is_given(trial):
    draft = sketch(trial, when="1 december 9-11.30")
    assert draft.meeting.shown.duration == timedelta(minutes=150)
    saved = trial(drafts.save, draft.id, by=MANAGER)
    assert saved.shown.ends_at - saved.shown.starts_at == timedelta(minutes=150)


@pytest.mark.parametrize("when", ["2026-12-01 13.00", "20261201 1300", "2026-12-01 13.00-14.00"])
def test_a_time_whose_digits_add_up_to_an_identity_number_is_a_time(trial, when):
    draft = sketch(trial, when=when)
    assert isinstance(draft, MeetingDraftView), draft


def test_an_identity_number_that_is_no_time_is_kept_nowhere(trial):
    asked = sketch(trial, when="900101-0017")
    assert "0017" not in asked.wanted.when


def test_the_same_length_twice_is_not_asked(trial):
    draft = sketch(trial, when="1 december 9-11", duration="2 h")
    assert draft.meeting.shown.duration == 2 * HOUR


@pytest.mark.parametrize(("number", "hours"), [(0, 2), (1, 3)])
def test_another_length_is_asked_and_either_can_be_chosen(trial, number, hours):
    asked = sketch(trial, when="1 december 9-11", duration="3 h")
    assert isinstance(asked.error, WhenLength)
    draft = choose(trial, asked, number)
    assert isinstance(draft, MeetingDraftView)
    assert draft.meeting.shown.duration == hours * HOUR
    assert trial(drafts.save, draft.id, by=MANAGER).shown.duration == hours * HOUR


def test_a_length_that_may_be_two_is_asked_and_mended(trial):
    asked = sketch(trial, duration="1.30h")
    assert isinstance(asked.error, DurationAmbiguous)
    assert asked.error.minutes == (90, 78)
    draft = mend(trial, asked, duration="78 min")
    assert draft.meeting.shown.duration == timedelta(minutes=78)


def test_two_days_are_two_days_of_the_calendar_when_the_clock_is_put_forward(trial):
    view = plan(trial, when="2027-03-27 09:00", duration="2 dagar")
    assert f"{view.shown.ends_at:%m-%d %R}" == "03-29 07:00", "Monday 09:00 in Stockholm"
    moved = change(trial, view.id, when="2027-10-30 09:00").meeting
    assert f"{moved.shown.ends_at:%m-%d %R}" == "11-01 08:00", "Monday 09:00 in Stockholm"


# --- series


def test_an_ambiguous_last_day_is_asked_and_mended(trial):
    asked = sketch(trial, repeat=Repeat.WEEKLY, until="1/6")
    assert isinstance(asked.error, DateAmbiguous)
    assert asked.error.days == (date(2027, 1, 6), date(2027, 6, 1))
    assert len(asked.ends) == 4
    draft = mend(trial, asked, until="2027-01-06")
    assert f"{draft.end.wall:%F}" == "2027-01-05"


def test_a_series_without_an_end_is_mended_where_it_is_asked_for(trial):
    asked = sketch(trial, repeat=Repeat.WEEKLY)
    assert isinstance(asked.error, RepeatEndless)
    assert asked.ends == (
        date(2026, 12, 31), date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30),
    )  # fmt: skip
    by_times = mend(trial, asked, times=3, until="")
    assert by_times.meeting.left == 3
    by_day = mend(trial, asked, times=None, until="2026-12-31")
    assert by_day.meeting.left == 5


def test_a_series_moved_a_week_earlier_ends_a_week_earlier(trial):
    view = plan(trial, when="2026-12-08 13:00", repeat=Repeat.WEEKLY, until="2026-12-29")
    moved = change(trial, view.id, when="2026-12-01 13:00").meeting
    assert starts(trial, view.id)[-1] == "12-22 12:00"
    assert moved.until == date(2026, 12, 22)


# --- holidays


def test_a_holiday_and_an_eve_are_named(trial):
    epiphany = sketch(trial, when="2027-01-06 13:00")
    assert [(each.day, each.name) for each in epiphany.feasts] == [(date(2027, 1, 6), "Epiphany")]
    eve = sketch(trial, when="2026-12-24 10:00")
    assert [each.name for each in eve.feasts] == ["Christmas Eve"]
    assert sketch(trial, when="2027-01-07 13:00").feasts == ()


def test_a_series_names_its_holidays_and_can_leave_them_out(trial):
    draft = sketch(trial, when="2026-12-17 13:00", repeat=Repeat.WEEKLY, times=4)
    assert [each.name for each in draft.feasts] == ["Christmas Eve", "New Year's Eve"]
    left = trial(drafts.leave_out, draft.id, language=Language.EN, by=MANAGER)
    assert (left.feasts, left.left_out, left.meeting.left) == ((), 2, 2)
    saved = trial(drafts.save, left.id, by=MANAGER)
    assert starts(trial, saved.id) == ["12-17 12:00", "01-07 12:00"]
    assert saved.times == 2


def test_the_first_of_a_series_can_be_left_out_and_not_all_of_it(trial):
    draft = sketch(trial, when="2026-12-24 13:00", repeat=Repeat.WEEKLY, times=3)
    left = trial(drafts.leave_out, draft.id, language=Language.EN, by=MANAGER)
    assert f"{left.meeting.shown.wall:%F}" == "2027-01-07"
    both = sketch(trial, when="2026-12-24 13:00", repeat=Repeat.WEEKLY, times=2)
    kept = trial(drafts.leave_out, both.id, language=Language.EN, by=MANAGER)
    assert (len(kept.feasts), kept.left_out) == (2, 0)


def test_a_zone_without_a_country_has_no_holidays(trial):
    trial.set_up(timezone="UTC")
    assert sketch(trial, when="2026-12-25 13:00").feasts == ()
    trial.set_up(timezone="Europe/Helsinki")
    assert [each.name for each in sketch(trial, when="2026-12-06 13:00").feasts] == [
        "Independence Day"
    ]


# --- changes


def test_a_change_is_shown_first_and_says_who_hears_and_whose_answers_go(people):
    view = plan(people)
    say(people, ANNA, view.shown.id, Answer.GOING)
    say(people, BO, view.shown.id, Answer.CANT)
    before = rows(people)
    near = edit(people, view.id, when="2026-12-01 15:00")
    assert (near.change.told, near.change.asked_again) == (2, 0)
    far = edit(people, view.id, when="2026-12-03 13:00")
    assert isinstance(far, ChangeDraft)
    assert (far.change.told, far.change.asked_again) == (2, 2)
    assert show(people, view.id).shown.starts_at == view.shown.starts_at
    assert show(people, view.id).shown.answers.going == 1
    assert [row.key for row in rows(people)] == [row.key for row in before]


def test_a_change_that_was_shown_is_made_once(people):
    view = plan(people)
    say(people, ANNA, view.shown.id, Answer.GOING)
    draft = edit(people, view.id, when="2026-12-03 13:00", title="Later")
    first = people(changes.save, draft.id, language=Language.EN, by=MANAGER)
    again = people(changes.save, draft.id, language=Language.EN, by=MANAGER)
    assert (first.told, again.told) == (1, 0)
    assert first.meeting.title == again.meeting.title == "Later"
    assert f"{again.meeting.shown.starts_at:%F %R}" == "2026-12-03 12:00"


def test_what_tells_nobody_is_made_at_once(trial):
    view = plan(trial)
    made = edit(trial, view.id, title="Renamed", agenda="Coffee.")
    assert isinstance(made, ChangedMeeting)
    assert show(trial, view.id).title == "Renamed"


def test_the_day_at_hand_comes_first(trial):
    view = plan(trial, when="2026-12-15 13:00")
    asked = edit(trial, view.id, when="14:00")
    assert isinstance(asked.error, WhenNoDay)
    assert [f"{each.wall:%m-%d %R}" for each in asked.error.readings][:2] == [
        "12-15 14:00", "11-23 14:00",
    ]  # fmt: skip
    draft = choose(trial, asked, 0)
    assert f"{draft.change.meeting.shown.wall:%m-%d %R}" == "12-15 14:00"


def test_the_day_at_hand_is_that_of_the_one_time_that_is_edited(trial):
    view = weekly(trial)
    asked = edit(trial, view.id, view.coming[1].id, when="15-17")
    assert f"{asked.error.readings[0].wall:%m-%d}" == "12-15"
    draft = choose(trial, asked, 0)
    assert draft.occurrence_id == view.coming[1].id
    assert draft.change.meeting.shown.duration == 2 * HOUR


def test_a_range_changes_the_length_and_another_is_asked(trial):
    view = plan(trial)
    draft = edit(trial, view.id, when="2026-12-01 13-15", duration="1 h")
    assert draft.change.meeting.shown.duration == 2 * HOUR
    asked = edit(trial, view.id, when="2026-12-01 13-15", duration="3 h")
    assert isinstance(asked.error, WhenLength)
    assert choose(trial, asked, 1).change.meeting.shown.duration == 3 * HOUR


def test_what_is_asked_about_a_change_is_mended_there(trial):
    view = plan(trial)
    asked = edit(trial, view.id, duration="1.30h")
    assert isinstance(asked.error, DurationAmbiguous)
    draft = mend(trial, asked, duration="90 min")
    assert draft.change.meeting.shown.duration == timedelta(minutes=90)
    assert show(trial, view.id).shown.duration == HOUR


def test_a_change_to_a_holiday_says_so(trial):
    view = plan(trial)
    draft = edit(trial, view.id, when="2027-01-06 13:00")
    assert [each.name for each in draft.feasts] == ["Epiphany"]


# --- reminders


def remind(world, when, occurrence=1):
    return world(own_reminders.sketch, occurrence, "Come.", when, language=Language.EN, by=MANAGER)


def test_a_reminder_is_shown_first_and_says_how_many_it_is_for(people):
    plan(people, reminders="none", track=SCHOOL)
    draft = remind(people, "30 november 9:00")
    assert f"{draft.at.moment:%F %R}" == "2026-11-30 08:00"
    assert draft.people == 2
    assert rows(people) == []
    due = [people(own_reminders.save, draft.id, language=Language.EN, by=MANAGER) for _ in range(2)]
    assert due == [draft.at.moment] * 2
    assert len(rows(people)) == 1


def test_a_reminder_is_asked_about_and_the_choice_is_shown(trial):
    plan(trial, reminders="none")
    asked = remind(trial, "at 9:30")
    assert isinstance(asked, Asked)
    assert f"{asked.error.readings[0].wall:%F %R}" == "2026-12-01 09:30", "the meeting's own day"
    draft = choose(trial, asked, 0)
    assert f"{draft.at.wall:%F %R}" == "2026-12-01 09:30"
    assert rows(trial) == []


def test_a_reminder_goes_by_the_clock_of_its_meeting(trial):
    plan(trial, reminders="none")
    trial.set_up(timezone="Europe/Helsinki")
    draft = remind(trial, "2026-12-01 09:00")
    assert draft.at.zone == "Europe/Stockholm"
    assert f"{draft.at.moment:%R}" == "08:00"
