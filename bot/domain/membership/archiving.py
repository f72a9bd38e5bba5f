"""Archiving a track, with what has to stop then."""

from bot.domain.meetings import cancelling
from bot.domain.membership import track_changes
from bot.domain.membership.track_changes import EditedTrack
from storage.desk import Desk


def archive(desk: Desk, track_id: int) -> EditedTrack:
    """Let a track take nothing new, and cancel its meetings to come; all that it holds stays.

    Raises:
        NotSetUp, CoordinatorsOnly, TrackNotFound, TrackArchived: as for :func:`tracks.archive`.
    """
    edited = track_changes.archive(desk, track_id)
    cancelling.cancel_of_track(desk, track_id)
    return edited
