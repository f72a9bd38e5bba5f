"""Reminders that reach each person by themselves, in the way they chose."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.domain.kit.people import the_programme
from bot.domain.meetings import reminders, rows
from bot.domain.meetings.answers import need_ahead
from bot.domain.meetings.errors import TooLateToSnooze
from bot.domain.members.errors import NotAParticipant
from bot.domain.posts import planning
from bot.domain.posts.claims import Thing
from bot.domain.posts.planning import Post
from storage.desk import Desk
from storage.enums import Answer, Reach, Way
from storage.meetings import answers
from storage.meetings import meetings as kept
from storage.meetings.answers import Invited
from storage.meetings.meetings import Meeting, Occurrence
from storage.members import participants

SNOOZE: Final = timedelta(hours=1)
_LAST_SNOOZE: Final = timedelta(minutes=10)
_CHANGE_FOR: Final = timedelta(days=3)


def remind_people(desk: Desk, thing: Thing) -> None:
    """Plan the personal reminders of a meeting, for those who are going or have not answered."""
    found = kept.find_occurrence(desk, thing.subject_id)
    if found is None or not reminders.still_true(found[0], found[1], thing, desk.now):
        return
    meeting, time = found
    concerned = [
        each
        for each in answers.invited(desk, thing.subject_id)
        if each.answer in {Answer.GOING, None} and not each.muted
    ]
    posts = _personally(
        desk,
        meeting,
        time,
        concerned,
        kind=reminders.PERSONAL,
        mark=f"{reminders.mark_of(time)}:{thing.data['ahead']}",
        data=thing.data,
        due=thing.due_at,
    )
    planning.plan(desk, posts)


def tell_moved(desk: Desk, occurrence: Occurrence, before: datetime | None) -> None:
    """Tell those who had answered that a meeting moved, or was cancelled.

    Args:
        occurrence: the time of the meeting, as it is from now on.
        before: when it began before (aware UTC); None if it was cancelled.
    """
    meeting = desk.session.get_one(Meeting, occurrence.meeting_id)
    answered = [
        each for each in answers.invited(desk, occurrence.id or 0) if each.answer is not None
    ]
    data = {"before": before.isoformat() if before else None}
    mark = f"{reminders.mark_of(occurrence)}:change:{desk.now:%Y%m%dT%H%M%S}"
    posts = _personally(
        desk,
        meeting,
        occurrence,
        answered,
        kind=reminders.CHANGE,
        mark=mark,
        data=data,
        due=desk.now,
    )
    planning.plan(desk, posts)


def snooze(desk: Desk, occurrence_id: int, member_id: int) -> datetime:
    """Remind a participant once more, in an hour or ten minutes ahead, whichever is sooner.

    Returns:
        when that is (aware UTC).

    Raises:
        NotSetUp, NotAParticipant, MeetingNotFound, MeetingCancelled, MeetingOver: as they say.
        TooLateToSnooze: the meeting begins within ten minutes.
    """
    the_programme(desk)
    meeting, time = rows.need_time(desk, occurrence_id)
    need_ahead(meeting, time, desk.now)
    if participants.current(desk, member_id) is None:
        raise NotAParticipant
    due = min(desk.now + SNOOZE, time.starts_at - _LAST_SNOOZE)
    if due <= desk.now:
        raise TooLateToSnooze(title=time.title or meeting.title)
    post = Post(
        key=f"{reminders.mark_of(time)}:snooze:{member_id}:{due:%Y%m%dT%H%M}",
        kind=reminders.PERSONAL,
        subject_id=occurrence_id,
        way=Way.DIRECT,
        due_at=due,
        expires_at=time.starts_at,
        slot=reminders.slot_of(meeting),
        member_id=member_id,
        data={"starts": reminders.starts_of(time)},
    )
    planning.plan(desk, [post])
    return due


def _personally(
    desk: Desk,
    meeting: Meeting,
    time: Occurrence,
    people: Collection[Invited],
    *,
    kind: str,
    mark: str,
    data: Mapping[str, object],
    due: datetime,
) -> Iterator[Post]:
    """A post to each of these in the way they chose; nothing to those who want none."""
    chosen = participants.choices(desk, [p.member_id for p in people])
    for each in people:
        member = chosen.get(each.member_id)
        reach = member.reach if member else Reach.DIRECT
        if reach is Reach.NOTHING or (
            kind == reminders.PERSONAL and member and not member.reminders
        ):
            continue
        yield Post(
            key=f"{mark}:{each.member_id}",
            kind=kind,
            subject_id=time.id or 0,
            way=Way.MENTION if reach is Reach.MENTION else Way.DIRECT,
            due_at=due,
            expires_at=time.starts_at if kind == reminders.PERSONAL else due + _CHANGE_FOR,
            slot=reminders.slot_of(meeting),
            member_id=each.member_id,
            data={**data, "starts": reminders.starts_of(time)},
        )
