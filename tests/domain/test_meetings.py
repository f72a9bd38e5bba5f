"""Looking meetings up, listing them, and keeping their cards up to date."""

from datetime import timedelta

import pytest

from bot.domain.factors import origins
from bot.domain.kit.errors import NotSetUp
from bot.domain.meetings import calendars, cancelling, meetings
from bot.domain.meetings.errors import MeetingNotFound
from bot.domain.membership import joining, organisation_changes, presence
from bot.domain.tracks.errors import TrackNotFound
from storage.enums import Answer, Repeat
from tests.domain import steps
from tests.domain.conftest import CARE, ELSEWHERE, EVERYWHERE, MANAGER, NOW, SCHOOL
from tests.domain.holding import DAY, WEEK, plan, say, show, times, weekly


def listed(world, now=NOW, **more):
    return world(meetings.listed, now=now, **more)


def names(page):
    return [item.occurrence.title for item in page.meetings.items]


def test_a_card_is_about_what_is_under_way_then_about_what_is_next_then_about_the_last(trial):
    view = weekly(trial, 2)
    first, second = view.shown, view.coming[0]
    assert show(trial, view.id, first.ends_at - timedelta(seconds=1)).shown.id == first.id
    after = show(trial, view.id, first.ends_at)
    assert (after.shown.id, after.coming, after.left) == (second.id, (), 1)
    last = show(trial, view.id, second.ends_at)
    assert (last.shown.id, last.shown.over, last.left) == (second.id, True, 0)


def test_ten_of_what_is_coming_are_shown_and_all_are_counted(trial):
    view = weekly(trial, 30)
    assert (len(view.coming), view.left) == (10, 30)
    third = trial(origins.meeting_at, view.coming[1].id)
    assert (third.shown.id, third.left) == (view.coming[1].id, 28)
    assert third.coming[0].id == view.coming[2].id


def test_every_time_of_a_meeting_can_be_seen_past_and_cancelled_ones_too(trial):
    view = weekly(trial, 3)
    trial(cancelling.cancel, view.id, view.coming[0].id, "", by=MANAGER)
    found = trial(meetings.times, view.id, now=NOW + 10 * DAY)
    assert [(each.over, each.cancelled) for each in found] == [
        (True, False), (False, True), (False, False),
    ]  # fmt: skip


def test_lists_are_in_order_of_time_and_have_pages(trial):
    series = weekly(trial, 10, title="Series")
    plan(trial, title="Between", when="2026-12-03 09:00")
    assert names(listed(trial)) == ["Series", "Between"], "a series is one line"
    assert [each.more for each in listed(trial).meetings.items] == [9, 0]
    trial(cancelling.cancel, series.id, series.shown.id, "", by=MANAGER)
    assert names(listed(trial)) == ["Between", "Series"], "by its next time that is held"
    assert [each.more for each in listed(trial).meetings.items] == [0, 8]
    for number in range(7):
        plan(trial, title=f"Once {number}", when="2026-12-04 09:00")
    page = listed(trial)
    assert (page.meetings.page, page.meetings.pages, page.meetings.total) == (0, 2, 9)
    assert len(names(listed(trial, page=99))) == 1
    past = listed(trial, NOW + 11 * DAY, past=True)
    assert names(past) == [*(f"Once {number}" for number in range(7)), "Between"]
    assert all(item.occurrence.over for item in past.meetings.items)


def test_a_track_s_list_holds_its_own_meetings_and_those_for_all(trial):
    plan(trial, title="Care", track=CARE)
    plan(trial, title="School", track=SCHOOL)
    plan(trial, title="All", when="2026-12-02 13:00")
    care = next(item.track for item in listed(trial).meetings.items if item.track)
    page = listed(trial, track_id=care.id)
    assert names(page) == [care.name.split()[0].replace("Health", "Care"), "All"]
    with pytest.raises(TrackNotFound):
        listed(trial, track_id=10**6)


def test_a_list_tells_how_many_are_going(trial):
    trial.join(11, trial.goteborg)
    view = weekly(trial, 2)
    say(trial, 11, view.shown.id, Answer.GOING)
    assert [item.occurrence.answers.going for item in listed(trial).meetings.items] == [1]


def test_meetings_are_suggested_by_title_and_else_by_when_they_are_next(trial):
    plan(trial, title="Later", when="2027-02-01 13:00")
    plan(trial, title="Sooner", when="2026-12-01 13:00")
    gone = plan(trial, title="Cancelled")
    trial(cancelling.cancel, gone.id, None, "", by=MANAGER)
    assert [each.title for each in trial(meetings.named, "")] == ["Sooner", "Later"]
    after = trial(meetings.named, "", now=NOW + 3 * WEEK)
    assert [each.title for each in after] == ["Later", "Sooner"]
    assert [each.title for each in trial(meetings.named, "late")] == ["Later"]


def test_a_meeting_is_found_by_its_id_and_by_its_title(trial):
    view = plan(trial, title="Uppstart i Vara")
    assert trial(meetings.need, str(view.id)) == view.id
    assert trial(meetings.need, "uppstart") == view.id
    for said in ("", "Qwxz", "999999"):
        with pytest.raises(MeetingNotFound):
            trial(meetings.need, said)


def test_another_server_s_meetings_are_not_found(trial):
    with pytest.raises(NotSetUp):
        trial(meetings.listed, programme=ELSEWHERE)
    trial.set_up(ELSEWHERE)
    view = plan(trial, programme=ELSEWHERE)
    for use_case, key in (
        (origins.meeting, view.id), (origins.meeting_at, view.shown.id), (meetings.times, view.id),
    ):  # fmt: skip
        with pytest.raises(MeetingNotFound):
            trial(use_case, key)
    with pytest.raises(MeetingNotFound):
        trial(calendars.calendar, view.id)
    with pytest.raises(MeetingNotFound):
        trial(meetings.need, str(view.id))
    assert trial(meetings.named, "Kick-off") == []
    assert listed(trial).meetings.total == 0


def test_a_card_is_due_until_the_revision_that_it_shows_is_the_latest(trial):
    view = plan(trial)
    assert trial(meetings.due) == [view.id]
    trial(meetings.settled, view.id, view.revision - 1, channel_id=5, message_id=6)
    assert trial(meetings.due) == [view.id]
    trial(meetings.settled, view.id, view.revision, channel_id=5, message_id=6, done=False)
    assert trial(meetings.due) == [view.id]
    trial(meetings.settled, view.id, view.revision, channel_id=5, message_id=6, event_id=7,
          event_for=view.shown.id)  # fmt: skip
    assert trial(meetings.due) == []
    shown = show(trial, view.id)
    assert (shown.event_id, shown.event_for, shown.url.split("/")[-2:]) == (
        7, view.shown.id, ["5", "6"],
    )  # fmt: skip


def test_a_card_that_was_deleted_in_discord_is_forgotten(trial):
    view = plan(trial)
    trial(meetings.settled, view.id, view.revision, channel_id=5, message_id=6)
    trial(meetings.lost, [6], programme=ELSEWHERE)
    assert show(trial, view.id).url is not None
    trial(meetings.lost, [6])
    assert show(trial, view.id).url is None


@pytest.mark.parametrize(
    ("after", "until", "is_due"),
    [
        (-2, -1, False),
        (-1, 0, True),  # it begins
        (1, 59, False),
        (59, 60, True),  # it ends
        (60, 120, False),
        (-60, 120, True),
    ],
)
def test_a_card_follows_when_its_meeting_begins_and_ends(trial, after, until, is_due):
    view = plan(trial)
    trial(meetings.settled, view.id, view.revision)
    start = view.shown.starts_at
    trial(
        meetings.pass_time,
        EVERYWHERE,
        start + timedelta(minutes=after),
        start + timedelta(minutes=until),
    )
    assert trial(meetings.due) == ([view.id] if is_due else [])
    assert show(trial, view.id).revision == view.revision + is_due


def test_the_times_of_a_series_that_a_clock_change_skips_are_moved_on_with_it(trial):
    view = plan(trial, when="2027-03-27 02:30", repeat=Repeat.DAILY, times=3)
    shown = [view.shown, *view.coming]
    assert [f"{each.wall:%R}" for each in shown] == ["02:30", "03:30", "02:30"]
    assert not any(each.moved for each in shown)
    assert len(times(trial, view.id)) == 3


def test_a_card_follows_when_somebody_who_answered_to_it_goes_or_comes_back(trial):
    trial.join(11, trial.goteborg)
    trial.join(12, trial.goteborg)
    view, other = plan(trial), plan(trial)
    say(trial, 11, view.shown.id, Answer.GOING)

    def followed_by(work, *args, by=None):
        for each in (view, other):
            trial(meetings.settled, each.id, show(trial, each.id).revision)
        trial(work, *args, by=by)
        return trial(meetings.due)

    assert followed_by(presence.gone, [11]) == [view.id]
    assert followed_by(presence.back, [11]) == [view.id]
    assert followed_by(joining.leave, 11) == [view.id]
    assert followed_by(joining.join, 11, trial.goteborg) == [view.id]
    assert followed_by(joining.leave, 12) == []
    assert followed_by(steps.erase, 11) == [view.id]
    assert followed_by(organisation_changes.remove, "Göteborgs stad", by=MANAGER) == [
        view.id,
        other.id,
    ]
    assert show(trial, view.id).shown.answers.going == 0
