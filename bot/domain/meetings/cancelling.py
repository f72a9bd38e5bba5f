"""Cancelling a meeting, or one of its times."""

from collections.abc import Sequence
from typing import Final

from bot.domain.kit import texts
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.meetings import reminders, views
from bot.domain.meetings.changes import need_changeable
from bot.domain.meetings.errors import MeetingChangedMeanwhile
from bot.domain.meetings.moves import tell_each
from bot.domain.meetings.views import MeetingView
from storage import journal
from storage.desk import Desk
from storage.meetings import lists
from storage.meetings import meetings as kept
from storage.meetings.meetings import Meeting, Occurrence

REASON_LIMIT: Final = 300


def cancel(
    desk: Desk,
    meeting_id: int,
    occurrence_id: int | None,
    reason: str,
    *,
    sequence: int | None = None,
) -> MeetingView:
    """Cancel a meeting, or one of its times alone; what has begun of a series stays.

    Cancelling all that is left of a meeting that was never held cancels it as a whole.

    Args:
        meeting_id: the meeting.
        occurrence_id: one of its times; None for all that are coming.
        reason: why, for those who had answered; may be empty.
        sequence: how often it had been changed when the person saw it; None for however often.

    Raises:
        NotSetUp, CoordinatorsOnly, MeetingNotFound: as their names say.
        MeetingCancelled, MeetingOver: it was cancelled before, or is over.
        MeetingChangedMeanwhile: somebody has changed it since they saw it.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    row, time = need_changeable(desk, meeting_id, occurrence_id)
    if sequence not in {None, row.sequence}:
        raise MeetingChangedMeanwhile(title=row.title)
    _cancel(desk, row, time, texts.kept(reason, REASON_LIMIT), desk.asker.id)
    return views.show(desk, programme, row, at=time)


def cancel_of_track(desk: Desk, track_id: int) -> None:
    """Cancel what is coming of a track's own meetings: it is archived."""
    for row in lists.of_track(desk, track_id):
        if row.programme_id == desk.programme_id and kept.coming(desk, row.id or 0, 1)[1]:
            _cancel(desk, row, None, "", None)


def _cancel(
    desk: Desk, row: Meeting, time: Occurrence | None, reason: str, who: int | None
) -> None:
    times = kept.times_of(desk, row.id or 0)
    open_now = [each for each in times if each.cancelled_at is None and each.ends_at > desk.now]
    wanted = [time] if time else open_now
    held = [each for each in times if each.cancelled_at is None and each.ends_at <= desk.now]
    if len(wanted) == len(open_now) and (time is None or not held):
        row.cancelled_at = desk.now
    row.sequence, row.changed_at = row.sequence + 1, desk.now
    _mark(desk, wanted, reason, row.sequence)
    views.changed(desk, row)
    data = {"time": time.id if time else None, "times": len(wanted)}
    journal.write(
        desk.session, desk.programme_id, desk.now, who, "meeting.cancelled", row.id, **data
    )
    reminders.plan(desk, row, note="cancelled")
    tell_each(desk, [(each, None) for each in wanted])


def _mark(desk: Desk, times: Sequence[Occurrence], reason: str, sequence: int) -> None:
    for time in times:
        time.cancelled_at, time.reason, time.sequence = desk.now, reason, sequence
        desk.session.add(time)
    desk.session.flush()
