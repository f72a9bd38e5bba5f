"""Archiving a track, with what has to stop then."""

from datetime import datetime

from sqlmodel import Session

from bot.domain import meeting_cancelling, tracks
from bot.domain.people import Person
from bot.domain.tracks import Edited


def archive(
    session: Session, programme_id: int, person: Person, track_id: int, *, now: datetime
) -> Edited:
    """Let a track take nothing new, and cancel its meetings to come; all that it holds stays.

    Raises:
        NotSetUp, CoordinatorsOnly, TrackNotFound, TrackArchived: as for :func:`tracks.archive`.
    """
    edited = tracks.archive(session, programme_id, person, track_id, now=now)
    meeting_cancelling.cancel_of_track(session, programme_id, track_id, now=now)
    return edited
