"""Reminders that reach each person by themselves, in the way they chose."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.domain.kit.people import need_programme
from bot.domain.meetings import reminders, rows
from bot.domain.meetings.answers import need_ahead
from bot.domain.meetings.errors import TooLateToSnooze
from bot.domain.members.errors import NotAParticipant
from bot.domain.posts import planning
from bot.domain.posts.claims import Thing
from bot.domain.posts.planning import Post
from storage.enums import Answer, Reach, Way
from storage.meetings import answers
from storage.meetings import meetings as kept
from storage.meetings.answers import Invited
from storage.meetings.meetings import Meeting, Occurrence
from storage.members import participants

SNOOZE: Final = timedelta(hours=1)
_LAST_SNOOZE: Final = timedelta(minutes=10)
_CHANGE_FOR: Final = timedelta(days=3)


def remind_people(session: Session, programme_id: int, thing: Thing, now: datetime) -> None:
    """Plan the personal reminders of a meeting, for those who are going or have not answered."""
    found = kept.find_occurrence(session, programme_id, thing.subject_id)
    if found is None or not reminders.still_true(found[0], found[1], thing, now):
        return
    meeting, time = found
    concerned = [
        each
        for each in answers.invited(session, thing.subject_id)
        if each.answer in {Answer.GOING, None} and not each.muted
    ]
    posts = _personally(
        session,
        meeting,
        time,
        concerned,
        kind=reminders.PERSONAL,
        mark=f"{reminders.mark_of(time)}:{thing.data['ahead']}",
        data=thing.data,
        due=thing.due_at,
    )
    planning.plan(session, programme_id, posts)


def tell_moved(
    session: Session, occurrence: Occurrence, before: datetime | None, *, now: datetime
) -> None:
    """Tell those who had answered that a meeting moved, or was cancelled.

    Args:
        session: the transaction.
        occurrence: the time of the meeting, as it is from now on.
        before: when it began before (aware UTC); None if it was cancelled.
        now: aware UTC.
    """
    meeting = session.get_one(Meeting, occurrence.meeting_id)
    answered = [
        each for each in answers.invited(session, occurrence.id or 0) if each.answer is not None
    ]
    data = {"before": before.isoformat() if before else None}
    mark = f"{reminders.mark_of(occurrence)}:change:{now:%Y%m%dT%H%M%S}"
    posts = _personally(
        session, meeting, occurrence, answered, kind=reminders.CHANGE, mark=mark, data=data, due=now
    )
    planning.plan(session, meeting.programme_id, posts)


def snooze(
    session: Session, programme_id: int, occurrence_id: int, member_id: int, *, now: datetime
) -> datetime:
    """Remind a participant once more, in an hour or ten minutes ahead, whichever is sooner.

    Returns:
        when that is (aware UTC).

    Raises:
        NotSetUp, NotAParticipant, MeetingNotFound, MeetingCancelled, MeetingOver: as they say.
        TooLateToSnooze: the meeting begins within ten minutes.
    """
    need_programme(session, programme_id)
    meeting, time = rows.need_time(session, programme_id, occurrence_id)
    need_ahead(meeting, time, now)
    if participants.current(session, programme_id, member_id) is None:
        raise NotAParticipant
    due = min(now + SNOOZE, time.starts_at - _LAST_SNOOZE)
    if due <= now:
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
    planning.plan(session, programme_id, [post])
    return due


def _personally(
    session: Session,
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
    chosen = participants.choices(session, meeting.programme_id, [p.member_id for p in people])
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
