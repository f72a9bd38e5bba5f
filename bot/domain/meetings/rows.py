"""What is kept of meetings, found for use cases."""

from bot.domain.meetings.errors import MeetingNotFound
from storage.desk import Desk
from storage.meetings import meetings as kept
from storage.meetings.meetings import Meeting, Occurrence


def need_row(desk: Desk, meeting_id: int) -> Meeting:
    """What is kept of a meeting.

    Raises:
        MeetingNotFound: there is none with this id in this programme.
    """
    row = kept.find(desk, meeting_id)
    if row is None:
        raise MeetingNotFound
    return row


def need_time(desk: Desk, occurrence_id: int) -> tuple[Meeting, Occurrence]:
    """What is kept of one time that a meeting is held.

    Raises:
        MeetingNotFound: there is none with this id in this programme.
    """
    found = kept.find_occurrence(desk, occurrence_id)
    if found is None:
        raise MeetingNotFound
    return found[0], found[1]


def changed(desk: Desk, row: Meeting, *, due: bool = True) -> None:
    """Note that the card shows something else than before.

    Args:
        row: the meeting.
        due: whether it has yet to follow; not where a press on it is answered with it.
    """
    row.revision += 1
    row.due = row.due or due
    desk.session.add(row)
    desk.session.flush()


def next_of_series(desk: Desk, row: Meeting) -> Occurrence:
    """The first time that has not begun, by the order of the series; the last if all have."""
    found = kept.times_of(desk, row.id or 0)
    return next((time for time in found if time.starts_at > desk.now), found[-1])
