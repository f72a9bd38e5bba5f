"""Tracks in a list, with how many organisations take part in each."""

from dataclasses import dataclass

from bot.domain.kit.people import the_programme
from bot.domain.tracks.tracks import TrackView, all_of
from storage.desk import Desk
from storage.organisations import organisations


@dataclass(frozen=True)
class TrackListing:
    """A track in a list, with how many organisations take part in it."""

    track: TrackView
    organisations: int


def listed(desk: Desk) -> tuple[TrackListing, ...]:
    """The programme's tracks for a list: those in use first, each in the order it was made.

    Raises:
        NotSetUp: the server has no programme.
    """
    the_programme(desk)
    joined = organisations.memberships(desk).values()
    inside = [track_id for track_ids in joined for track_id in track_ids]
    found = [TrackListing(track, inside.count(track.id)) for track in all_of(desk)]
    return tuple(sorted(found, key=lambda listing: listing.track.archived))
