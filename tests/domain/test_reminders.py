"""Reminders: which are planned, whom they reach, and what becomes of them when meetings change."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from bot.domain.kit.errors import CoordinatorsOnly, TextMissing
from bot.domain.meetings import answers, cancelling, own_reminders, reminders
from bot.domain.meetings.errors import (
    MeetingNotFound,
    MeetingOver,
    NothingToSnooze,
    TooLateToSnooze,
)
from bot.domain.meetings.shelf import Asked
from bot.domain.members import reach
from bot.domain.members.errors import NotAParticipant
from bot.domain.posts import claims, ledger
from bot.domain.posts.claims import Thing
from bot.domain.programme import settings
from bot.domain.programme.settings import SettingsPart
from bot.domain.when.errors import WhenAmbiguous, WhenPast
from storage.enums import Answer, DeliveryState, Language, Reach, Repeat, Way
from storage.posts.deliveries import Delivery
from storage.shards import Shards
from tests.domain.conftest import CARE, ELSEWHERE, FOLLOWER, MANAGER, NOW, SCHOOL
from tests.domain.holding import change, plan, say, weekly

ALL = Shards(1, frozenset({0}))
ANNA, BO, CIA, DAN = 101, 102, 103, 104
STARTS = datetime.fromisoformat("2026-12-01T12:00Z")  # 13:00 in Stockholm
WEEK_BEFORE, DAY_BEFORE, HOUR_BEFORE = (
    STARTS - timedelta(days=7), STARTS - timedelta(days=1), STARTS - timedelta(hours=1),
)  # fmt: skip


def rows(world, state=DeliveryState.PLANNED) -> list[Delivery]:
    ours = col(Delivery.kind).in_(reminders.KINDS)  # the weekly digest is planned, too
    query = select(Delivery).where(Delivery.state == state, ours)
    query = query.order_by(Delivery.due_at, Delivery.id)
    return list(world(lambda session: session.exec(query).all()))


def due_at(world) -> list[datetime]:
    return [row.due_at for row in rows(world) if row.kind == reminders.POSTED]


def fan_out(world, now=DAY_BEFORE) -> list[Delivery]:
    """The personal reminders that the day before brings."""
    for parcel in world(claims.claim, ALL, now=now, limit=100):
        if parcel.way is Way.WORK:
            here = parcel.programme_id
            world(claims.perform, parcel, reminders.remind_people, programme=here, now=now)
    return [row for row in rows(world) if row.kind == reminders.PERSONAL]


def reached(world) -> dict[int, Way]:
    found = fan_out(world)
    assert len({row.member_id for row in found}) == len(found)
    return {row.member_id: row.way for row in found}


def today(world, row, now):
    thing = Thing(row.kind, row.subject_id, row.data, row.due_at, (row.id,))
    return world(reminders.today, thing, (row.member_id,), now=now)


@pytest.fixture
def people(trial):
    """Anna and Bo of Göteborg (school), Cia of Västerås (both), Dan of Vara (care)."""
    for member, home in ((ANNA, trial.goteborg), (BO, trial.goteborg), (CIA, trial.vasteras)):
        trial.join(member, home)
    trial.join(DAN, trial.vara)
    return trial


def test_reminders_come_a_week_a_day_and_an_hour_ahead_in_the_track_or_the_forum(trial):
    plan(trial, track=SCHOOL)
    assert due_at(trial) == [WEEK_BEFORE, DAY_BEFORE, HOUR_BEFORE]
    assert {row.slot for row in rows(trial)} == {"announcements:1"}
    plan(trial, title="Joint", when="2026-12-08 13:00")
    assert {row.slot for row in rows(trial) if row.subject_id == 2} == {"forum"}


def test_what_lies_behind_at_planning_is_not_planned(trial):
    plan(trial, now=DAY_BEFORE + timedelta(seconds=1))
    assert due_at(trial) == [HOUR_BEFORE]


def test_a_meeting_can_have_reminders_of_its_own_or_none(trial):
    plan(trial, reminders="2h, 15 min")
    assert due_at(trial) == [STARTS - timedelta(hours=2), STARTS - timedelta(minutes=15)]
    plan(trial, title="Quiet", reminders="none")
    assert not [row for row in rows(trial) if row.subject_id == 2]


def test_the_programmes_reminders_can_be_changed_for_all_that_follow_them(trial):
    plan(trial)
    plan(trial, title="Own", reminders="2h")
    typed = {"reminders": "180"}
    shown = trial(settings.propose, SettingsPart.REMINDERS, typed, by=MANAGER)
    text, seen = shown_as(shown)
    trial(settings.save, SettingsPart.REMINDERS, text, seen, by=MANAGER)
    assert due_at(trial) == [STARTS - timedelta(hours=3), STARTS - timedelta(hours=2)]
    assert {row.note for row in rows(trial, DeliveryState.DROPPED)} == {"changed"}


def shown_as(shown):
    from bot.domain.programme import settings as choices

    return choices.said(shown.will, SettingsPart.REMINDERS), choices.mark(
        shown.was, SettingsPart.REMINDERS
    )


def test_a_series_has_its_reminders_at_the_same_clock_time_on_either_side_of_a_clock_change(trial):
    plan(trial, when="2027-03-23 13:00", repeat=Repeat.WEEKLY, times=2, reminders="1d, 1h")
    assert [f"{moment:%m-%d %H:%M}" for moment in due_at(trial)] == [
        "03-22 12:00", "03-23 11:00", "03-29 11:00", "03-30 10:00",
    ]  # fmt: skip


def test_moving_a_meeting_drops_its_reminders_with_a_note_and_plans_the_new_ones(trial):
    meeting = plan(trial)
    change(trial, meeting.id, when="2026-12-02 13:00")
    assert due_at(trial)[0] == WEEK_BEFORE + timedelta(days=1)
    assert {row.note for row in rows(trial, DeliveryState.DROPPED)} == {"moved"}
    change(trial, meeting.id, when="2026-12-01 13:00")
    assert due_at(trial) == [WEEK_BEFORE, DAY_BEFORE, HOUR_BEFORE]


def test_a_changed_title_moves_no_reminder(trial):
    meeting = plan(trial)
    before = [(row.id, row.due_at) for row in rows(trial)]
    change(trial, meeting.id, title="Start")
    assert [(row.id, row.due_at) for row in rows(trial)] == before


def test_cancelling_takes_all_reminders_back(trial):
    meeting = weekly(trial, 3)
    trial(cancelling.cancel, meeting.id, None, "Snow.", by=MANAGER)
    assert due_at(trial) == []
    assert {row.note for row in rows(trial, DeliveryState.DROPPED)} == {"cancelled"}


def test_the_day_before_reaches_who_is_going_or_has_not_answered_each_once(people):
    meeting = plan(people)
    for member, answer in ((ANNA, Answer.GOING), (BO, Answer.CANT), (CIA, Answer.MAYBE)):
        say(people, member, meeting.shown.id, answer)
    assert reached(people) == {ANNA: Way.DIRECT, DAN: Way.DIRECT}


def test_a_meeting_of_one_track_concerns_its_people_only(people):
    plan(people, track=CARE)
    assert reached(people) == {CIA: Way.DIRECT, DAN: Way.DIRECT}


def test_everybody_is_reached_in_the_way_they_chose_and_nobody_against_their_will(people):
    meeting = plan(people)
    people(reach.change, ANNA, reach=Reach.MENTION)
    people(reach.change, BO, reach=Reach.NOTHING)
    people(reach.change, CIA, reminders=False)
    assert reached(people) == {ANNA: Way.MENTION, DAN: Way.DIRECT}
    assert all(row.slot == "forum" for row in fan_out(people))
    assert meeting.id


def test_not_for_this_meeting_and_cannot_make_a_personal_reminder_pointless(people):
    meeting = plan(people)
    fan_out(people)
    found = {row.member_id: row for row in rows(people) if row.kind == reminders.PERSONAL}
    people(answers.mute, meeting.shown.id, ANNA, now=DAY_BEFORE)
    say(people, BO, meeting.shown.id, Answer.CANT, now=DAY_BEFORE)
    people.leave(CIA, now=DAY_BEFORE)
    wanted = {member for member, row in found.items() if today(people, row, DAY_BEFORE)}
    assert wanted == {DAN}


def arrived(world):
    """Everything that was planned went out."""

    def work(session):
        for row in session.exec(select(Delivery)).all():
            row.state = DeliveryState.SENT
            session.add(row)

    world(work)


def test_snoozing_reminds_once_more_and_later_only_while_there_is_time(people):
    meeting = plan(people)
    at = meeting.shown.id
    due = people(reminders.snooze, at, ANNA, now=DAY_BEFORE)
    assert due == DAY_BEFORE + timedelta(hours=1)
    for minutes in (0, 5, 59):
        later = DAY_BEFORE + timedelta(minutes=minutes)
        assert people(reminders.snooze, at, ANNA, now=later) == due
    assert len([row for row in rows(people) if row.kind == reminders.PERSONAL]) == 1
    people(reminders.snooze, at, CIA, now=DAY_BEFORE)
    assert len([row for row in rows(people) if row.kind == reminders.PERSONAL]) == 2
    arrived(people)
    assert people(reminders.snooze, at, ANNA, now=HOUR_BEFORE) == STARTS - timedelta(minutes=10)
    with pytest.raises(TooLateToSnooze):
        people(reminders.snooze, at, ANNA, now=STARTS - timedelta(minutes=9))
    with pytest.raises(NotAParticipant):
        people(reminders.snooze, at, 999, now=DAY_BEFORE)
    people.set_up(ELSEWHERE)
    with pytest.raises(MeetingNotFound):
        people(reminders.snooze, at, ANNA, programme=ELSEWHERE, now=DAY_BEFORE)


def test_who_cannot_come_is_promised_no_reminder(people):
    meeting = plan(people)
    say(people, ANNA, meeting.shown.id, Answer.CANT)
    people(answers.mute, meeting.shown.id, BO)
    for member in (ANNA, BO):
        with pytest.raises(NothingToSnooze):
            people(reminders.snooze, meeting.shown.id, member, now=DAY_BEFORE)
    say(people, ANNA, meeting.shown.id, Answer.MAYBE)
    assert people(reminders.snooze, meeting.shown.id, ANNA, now=DAY_BEFORE)


def reaching(world):
    """When people are to be reached."""
    return [row.due_at for row in rows(world) if row.kind == reminders.PEOPLE]


@pytest.mark.parametrize(
    ("ahead", "said", "expected"),
    [
        (timedelta(hours=20), {}, HOUR_BEFORE),
        (timedelta(days=3), {"reminders": "2 h"}, STARTS - timedelta(hours=2)),
        (timedelta(hours=20), {"reminders": "3 h, 2 h"}, STARTS - timedelta(hours=3)),
        (timedelta(days=7, hours=1), {"reminders": "7 d, 2 h"}, STARTS - timedelta(hours=2)),
        (timedelta(days=7, hours=1), {"reminders": "7 d, 3 d"}, WEEK_BEFORE),
        (timedelta(days=7, hours=1), {}, DAY_BEFORE),
    ],
)
def test_one_reminder_reaches_people_whenever_a_meeting_is_made(trial, ahead, said, expected):
    plan(trial, now=STARTS - ahead, **said)
    assert reaching(trial) == [expected]


def test_a_meeting_without_reminders_reaches_nobody(trial):
    plan(trial, reminders="none")
    assert reaching(trial) == []


def test_people_who_were_reached_are_not_reached_again_unless_it_moves(people):
    meeting = plan(people)
    assert len(fan_out(people)) == 4
    change(people, meeting.id, now=DAY_BEFORE + timedelta(hours=1), reminders="1 d, 2 h")
    assert reaching(people) == []
    change(people, meeting.id, now=DAY_BEFORE + timedelta(hours=1), when="2026-12-01 15:00")
    assert reaching(people) == [DAY_BEFORE + timedelta(hours=2)]


def test_who_had_answered_hears_what_was_and_what_is_once_each(people):
    meeting = plan(people)
    say(people, ANNA, meeting.shown.id, Answer.GOING)
    say(people, CIA, meeting.shown.id, Answer.CANT)
    change(people, meeting.id, when="2026-12-03 13:00")
    told = [row for row in rows(people) if row.kind == reminders.CHANGE]
    assert sorted(row.member_id for row in told) == [ANNA, CIA]
    said = today(people, told[0], NOW)
    assert said.before == STARTS
    assert said.meeting.shown.starts_at == STARTS + timedelta(days=2)


def test_who_had_answered_hears_that_it_is_cancelled_and_why(people):
    meeting = plan(people)
    say(people, ANNA, meeting.shown.id, Answer.GOING)
    people(cancelling.cancel, meeting.id, None, "Snow.", by=MANAGER)
    (told,) = [row for row in rows(people) if row.kind == reminders.CHANGE]
    said = today(people, told, NOW)
    assert said.before is None
    assert said.meeting.shown.reason == "Snow."


def remind(world, text="Bring a friend.", when="2026-12-01 09:00", **said):
    """Sketch a coordinator's own reminder, and plan it where it is understood."""
    wanted = {"occurrence": 1, "language": Language.EN, "by": MANAGER, **said}
    found = world(own_reminders.sketch, wanted.pop("occurrence"), text, when, **wanted)
    if isinstance(found, Asked):
        raise found.error
    return world(own_reminders.save, found.id, **wanted)


def test_a_coordinators_own_reminder_goes_out_at_its_time_with_its_words(trial):
    plan(trial, reminders="none")
    due = remind(trial)
    (row,) = rows(trial)
    assert (row.due_at, row.kind) == (due, reminders.OWN)
    assert due == datetime.fromisoformat("2026-12-01T08:00Z")
    assert today(trial, row, due).text == "Bring a friend."
    assert trial(reminders.own_title, row.subject_id) == "Kick-off"
    assert today(trial, row, STARTS + timedelta(hours=9)) is None


def test_a_reminder_that_makes_no_sense_is_refused_and_nothing_is_planned(trial):
    plan(trial, reminders="none")
    for error, said in (
        (TextMissing, {"text": " \n"}),
        (WhenPast, {"when": "2026-11-20 09:00"}),
        (WhenAmbiguous, {"when": "tuesday 2"}),
        (MeetingOver, {"when": "2026-12-01 15:00"}),
        (CoordinatorsOnly, {"by": FOLLOWER}),
        (MeetingNotFound, {"occurrence": 99}),
    ):
        with pytest.raises(error):
            remind(trial, **said)
    assert rows(trial) == []


def test_status_names_what_comes_by_the_meetings_title(trial):
    plan(trial, track=SCHOOL)
    titles = dict.fromkeys(reminders.KINDS, reminders.title)
    shown = trial(ledger.overview, titles)
    ours = [each for each in shown.upcoming if each.kind in titles]
    assert {each.title for each in ours} == {"Kick-off"}
    assert [each.due_at for each in ours] == [
        WEEK_BEFORE, DAY_BEFORE, DAY_BEFORE, HOUR_BEFORE,
    ]  # fmt: skip
    assert shown.troubles == ()
