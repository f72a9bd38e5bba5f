"""Organisations, as people name them, and the tracks they can be in."""

from dataclasses import dataclass

from bot.domain.kit import names, texts
from bot.domain.kit.errors import NameTooLong, TextMissing
from bot.domain.kit.people import the_programme
from bot.domain.organisations.errors import (
    OrganisationGone,
    OrganisationNotFound,
    OrganisationUnknown,
    TracksNeeded,
)
from bot.domain.tracks import tracks
from bot.domain.tracks.errors import TrackNotFound
from bot.domain.tracks.tracks import TrackView, all_of
from storage.desk import Desk
from storage.organisations import organisations
from storage.organisations.organisations import Organisation
from storage.search import stems
from storage.tracks import tracks as kept_tracks

SIZE_LIMIT = 100_000_000


def suggest(desk: Desk, typed: str, limit: int) -> list[tuple[int, str]]:
    """Ids and names of the organisations that fit what was typed, best first."""
    found = {row.id or 0: row.name for row in organisations.of_programme(desk)}
    return [(key, found[key]) for key in names.closest(typed, found, limit)]


def need(desk: Desk, said: str) -> Organisation:
    """The organisation that a person named, by its id from a list or by its name.

    Raises:
        OrganisationNotFound: there is none of exactly this name; ``like`` holds the names that
            come close.
        OrganisationUnknown: nor does any come close.
        OrganisationGone: it was removed after the person saw the list.
    """
    key = names.id_said(said)
    by_id = organisations.find(desk, key) if key is not None else None
    if by_id is not None and by_id.removed_at is None:
        return by_id
    by_name = organisations.find_named(desk, said)
    if by_name is not None:
        return by_name
    if by_id is not None:
        raise OrganisationGone(name=by_id.name)
    like = [name for _, name in suggest(desk, said, 3)] if stems.fold(said) else []
    if not like:
        raise OrganisationUnknown(name=said)
    raise OrganisationNotFound(name=said, like=", ".join(like))


def open_tracks(desk: Desk) -> tuple[TrackView, ...]:
    """The tracks that an organisation can be in, in the order they were made: none archived."""
    rows = kept_tracks.of_programme(desk)
    return tuple(tracks.view(row) for row in rows if row.archived_at is None)


def chosen_tracks(desk: Desk, said: str) -> tuple[TrackView, ...]:
    """The open tracks that were named, by name or id, between commas; the only one if none was.

    Raises:
        TracksNeeded: there are several and none was named.
        TrackNotFound, TrackMistyped: one of them is none.
    """
    there = open_tracks(desk)
    named, unknown = tracks.said_of(said, tracks.by_name(tracks.all_of(desk)))
    chosen = tuple(dict.fromkeys([*named, *(tracks.need(desk, each) for each in unknown)]))
    for track in chosen:
        if track.archived:
            raise TrackNotFound(name=track.name)
    if not chosen and len(there) > 1:
        raise TracksNeeded(names=", ".join(track.name for track in there))
    return chosen or there


def need_name(said: str) -> str:
    """A name that can be kept.

    Raises:
        TextMissing, NameTooLong: it cannot.
    """
    name = texts.clean_line(said)
    if not stems.fold(name):
        raise TextMissing
    if len(name) > texts.NAME_LIMIT:
        raise NameTooLong(limit=texts.NAME_LIMIT)
    return name


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
