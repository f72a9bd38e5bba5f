"""What stands in the form that changes a meeting."""

from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.meetings import shows
from bot.domain.meetings.plans import WantedMeeting
from bot.domain.meetings.rows import need_row, need_time, next_of_series
from bot.domain.when import lengths
from storage.desk import Desk
from storage.enums import Repeat
from storage.meetings.meetings import Meeting, Occurrence


def typed(desk: Desk, meeting_id: int, occurrence_id: int | None) -> WantedMeeting:
    """What stands in the form that changes a meeting, or one time of it.

    Of a whole series, ``when`` is the next of its times, as the series has it.

    Raises:
        NotSetUp, CoordinatorsOnly, MeetingNotFound: as their names say.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    row = need_row(desk, meeting_id)
    time = None
    if occurrence_id is not None:
        _, time = need_time(desk, occurrence_id)
    shown = shows.show(desk, programme, row, at=time).shown
    return WantedMeeting(
        title=shown.title if time else row.title,
        when=when_text(row, time or next_of_series(desk, row), whole=time is None),
        duration=lengths.written(
            row.minutes if time is None or time.minutes is None else time.minutes
        ),
        where=shown.place if time else row.place,
        track=str(row.track_id or ""),
        kind=row.kind,
        repeat=row.repeat,
        until=row.until or "",
        times=row.times,
        agenda=shown.agenda if time else row.agenda,
        reminders=lengths.written_reminders(shows.reminders_of(programme, row)),
    )


def when_text(row: Meeting, time: Occurrence, *, whole: bool) -> str:
    """When a meeting is, as somebody would type it: ``2026-12-03 13:00``."""
    wall = row.wall if whole and row.repeat is Repeat.NONE else time.wall
    return (time.original if whole and row.repeat is not Repeat.NONE else wall).replace("T", " ")
