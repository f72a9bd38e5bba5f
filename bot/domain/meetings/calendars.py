"""A meeting as a calendar file has it."""

from datetime import datetime, timedelta

from bot.domain.kit.links import card_url
from bot.domain.kit.people import the_programme
from bot.domain.meetings import views
from bot.domain.meetings.calendar_files import CalendarMeeting, CalendarOccurrence
from bot.domain.meetings.views import need_row
from storage.desk import Desk
from storage.enums import Repeat
from storage.meetings import meetings as kept
from storage.meetings.meetings import Meeting, Occurrence
from storage.tracks import tracks


def calendar(desk: Desk, meeting_id: int) -> CalendarMeeting:
    """A meeting as its calendar file has it.

    Of a series that was moved, what was held before that is not in it.

    Raises:
        NotSetUp: the server has no programme.
        MeetingNotFound: there is none with this id in this programme.
    """
    the_programme(desk)
    row = need_row(desk, meeting_id)
    track = tracks.find(desk, row.track_id) if row.track_id else None
    place, link = _place_and_link(row.place)
    apart = kept.times_of(desk, meeting_id) if row.repeat is not Repeat.NONE else []
    return CalendarMeeting(
        uid=row.uid,
        zone=row.zone,
        sequence=row.sequence,
        changed_at=row.changed_at,
        title=row.title,
        place=place,
        link=link,
        url=card_url(row) or "",
        description=row.agenda,
        categories=(track.name,) if track else (),
        wall=datetime.fromisoformat(row.wall),
        fold=row.fold,
        duration=timedelta(minutes=row.minutes),
        rule=views.rrule(row),
        cancelled=row.cancelled_at is not None,
        exceptions=tuple(
            _occurrence(row, time)
            for time in apart
            if time.original >= row.wall and _differs(row, time)
        ),
    )


def _differs(row: Meeting, time: Occurrence) -> bool:
    """Whether a time is not as its series has it; of a cancelled one, all are alike."""
    if time.cancelled_at is not None:
        return row.cancelled_at is None
    own = (time.title, time.place, time.agenda, time.minutes)
    return time.wall != time.original or any(value is not None for value in own)


def _occurrence(row: Meeting, time: Occurrence) -> CalendarOccurrence:
    place, link = _place_and_link(row.place if time.place is None else time.place)
    return CalendarOccurrence(
        original=datetime.fromisoformat(time.original),
        wall=datetime.fromisoformat(time.wall),
        fold=time.fold,
        duration=time.ends_at - time.starts_at,
        title=row.title if time.title is None else time.title,
        place=place,
        link=link,
        description=row.agenda if time.agenda is None else time.agenda,
        cancelled=time.cancelled_at is not None,
        sequence=time.sequence,
    )


def _place_and_link(place: str) -> tuple[str, str]:
    is_link = place.lower().startswith(("http://", "https://"))
    return ("", place) if is_link else (place, "")
