"""Tracks in a list, with how many organisations take part in each."""

from dataclasses import dataclass

from sqlmodel import Session

from bot.domain.kit.people import need_programme
from bot.domain.tracks.tracks import TrackView, all_of
from storage.organisations import organisations


@dataclass(frozen=True)
class TrackListing:
    """A track in a list, with how many organisations take part in it."""

    track: TrackView
    organisations: int


def listed(session: Session, programme_id: int) -> tuple[TrackListing, ...]:
    """The programme's tracks for a list: those in use first, each in the order it was made.

    Raises:
        NotSetUp: the server has no programme.
    """
    need_programme(session, programme_id)
    joined = organisations.memberships(session, programme_id).values()
    inside = [track_id for track_ids in joined for track_id in track_ids]
    found = [TrackListing(track, inside.count(track.id)) for track in all_of(session, programme_id)]
    return tuple(sorted(found, key=lambda listing: listing.track.archived))
