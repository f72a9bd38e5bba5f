"""Archiving a track, with what has to stop then."""

from datetime import datetime

from sqlmodel import Session

from bot.domain.meetings import cancelling
from bot.domain.membership import track_changes
from bot.domain.membership.track_changes import EditedTrack
from storage.desk import Person


def archive(
    session: Session, programme_id: int, person: Person, track_id: int, *, now: datetime
) -> EditedTrack:
    """Let a track take nothing new, and cancel its meetings to come; all that it holds stays.

    Raises:
        NotSetUp, CoordinatorsOnly, TrackNotFound, TrackArchived: as for :func:`tracks.archive`.
    """
    edited = track_changes.archive(session, programme_id, person, track_id, now=now)
    cancelling.cancel_of_track(session, programme_id, track_id, now=now)
    return edited
