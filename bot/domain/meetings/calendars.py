"""A meeting as a calendar file has it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.kit.links import card_url
from bot.domain.kit.people import the_programme
from bot.domain.meetings.calendar_files import CalendarMeeting, CalendarTime
from bot.domain.meetings.views import need_row
from storage.desk import Desk
from storage.meetings import meetings as kept
from storage.meetings.meetings import Meeting, Occurrence
from storage.tracks import tracks


def calendar(desk: Desk, meeting_id: int) -> CalendarMeeting:
    """A meeting as its calendar file has it, with every time of it that was ever planned.

    Raises:
        NotSetUp: the server has no programme.
        MeetingNotFound: there is none with this id in this programme.
    """
    the_programme(desk)
    row = need_row(desk, meeting_id)
    track = tracks.find(desk, row.track_id) if row.track_id else None
    times = kept.times_of(desk, meeting_id)
    return CalendarMeeting(
        uid=row.uid,
        zone=row.zone,
        sequence=row.sequence,
        changed_at=row.changed_at,
        url=card_url(row) or "",
        categories=(track.name,) if track else (),
        repeat=row.repeat,
        usual=replace(_time(row, times[0]), **_own(row)),
        times=tuple(_time(row, time) for time in times),
    )


def _own(row: Meeting) -> dict[str, Any]:
    """What a meeting says of itself."""
    place, link = _place_and_link(row.place)
    return {
        "title": row.title,
        "place": place,
        "link": link,
        "description": row.agenda,
        "minutes": row.minutes,
    }


def _time(row: Meeting, time: Occurrence) -> CalendarTime:
    place, link = _place_and_link(row.place if time.place is None else time.place)
    return CalendarTime(
        original=datetime.fromisoformat(time.original),
        wall=datetime.fromisoformat(time.wall),
        fold=time.fold,
        minutes=row.minutes if time.minutes is None else time.minutes,
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
