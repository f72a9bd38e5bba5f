"""Cancelling a meeting, or one of its times."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlmodel import Session

from bot.domain.kit import texts
from bot.domain.kit.people import need_coordinator, need_programme
from bot.domain.meetings import reminders, rows, shows
from bot.domain.meetings.changes import need_changeable
from bot.domain.meetings.moves import tell_each
from bot.domain.meetings.views import MeetingView
from storage import journal
from storage.desk import Person
from storage.meetings import lists
from storage.meetings import meetings as kept
from storage.meetings.meetings import Meeting, Occurrence

REASON_LIMIT: Final = 300


def cancel(
    session: Session,
    programme_id: int,
    person: Person,
    meeting_id: int,
    occurrence_id: int | None,
    reason: str,
    *,
    now: datetime,
) -> MeetingView:
    """Cancel a meeting, or one of its times alone; what has begun of a series stays.

    Cancelling all that is left of a meeting that was never held cancels it as a whole.

    Args:
        session: the transaction.
        programme_id: the server.
        person: who cancels it.
        meeting_id: the meeting.
        occurrence_id: one of its times; None for all that are coming.
        reason: why, for those who had answered; may be empty.
        now: aware UTC.

    Raises:
        NotSetUp, CoordinatorsOnly, MeetingNotFound: as their names say.
        MeetingCancelled, MeetingOver: it was cancelled before, or is over.
    """
    programme = need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    row, time = need_changeable(session, programme_id, meeting_id, occurrence_id, now)
    _cancel(session, row, time, texts.kept(reason, REASON_LIMIT), person.id, now)
    return shows.show(session, programme, row, now, at=time)


def cancel_of_track(session: Session, programme_id: int, track_id: int, *, now: datetime) -> None:
    """Cancel what is coming of a track's own meetings: it is archived."""
    for row in lists.of_track(session, track_id):
        if row.programme_id == programme_id and kept.coming(session, row.id or 0, now, 1)[1]:
            _cancel(session, row, None, "", None, now)


def _cancel(
    session: Session,
    row: Meeting,
    time: Occurrence | None,
    reason: str,
    who: int | None,
    now: datetime,
) -> None:
    times = kept.times_of(session, row.id or 0)
    open_now = [each for each in times if each.cancelled_at is None and each.ends_at > now]
    wanted = [time] if time else open_now
    held = [each for each in times if each.cancelled_at is None and each.ends_at <= now]
    if len(wanted) == len(open_now) and (time is None or not held):
        row.cancelled_at = now
    row.sequence, row.changed_at = row.sequence + 1, now
    _mark(session, wanted, reason, row.sequence, now)
    rows.changed(session, row)
    data = {"time": time.id if time else None, "times": len(wanted)}
    journal.write(session, row.programme_id, now, who, "meeting.cancelled", row.id, **data)
    reminders.plan(session, row, note="cancelled", now=now)
    tell_each(session, [(each, None) for each in wanted], now)


def _mark(
    session: Session, times: Sequence[Occurrence], reason: str, sequence: int, now: datetime
) -> None:
    for time in times:
        time.cancelled_at, time.reason, time.sequence = now, reason, sequence
        session.add(time)
    session.flush()
