"""Tracks: a programme's lines of work, as others see them."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.kit import names
from bot.domain.tracks.errors import TrackNotFound
from storage.desk import Desk
from storage.search import stems
from storage.tracks import tracks
from storage.tracks.tracks import Track


@dataclass(frozen=True)
class TrackView:
    """A track.

    A ``closed`` one is seen by its participants and coordinators alone; an ``archived`` one keeps
    all it holds and takes nothing new. ``discussion_days`` pass before votes on a new factor open,
    and ``voting_days`` from then until they close; 0 is at once, and never.
    """

    id: int
    name: str
    emoji: str
    short: str
    description: str = ""
    closed: bool = False
    archived: bool = False
    discussion_days: int = 0
    voting_days: int = 0


def view(track: Track) -> TrackView:
    """What others may know of a track."""
    return TrackView(
        track.id or 0,
        track.name,
        track.emoji,
        track.short,
        track.description,
        track.closed,
        track.archived_at is not None,
        track.discussion_days,
        track.voting_days,
    )


def all_of(desk: Desk) -> tuple[TrackView, ...]:
    """The programme's tracks, archived ones too, in the order they were made."""
    return tuple(view(track) for track in tracks.of_programme(desk))


def in_use(desk: Desk) -> tuple[TrackView, ...]:
    """The programme's tracks that are not archived, in the order they were made."""
    return tuple(track for track in all_of(desk) if not track.archived)


def suggest(
    desk: Desk,
    typed: str,
    limit: int,
    *,
    archived: bool | None = None,
    but: Collection[int] = (),
) -> list[TrackView]:
    """The tracks that fit what was typed, best first.

    Args:
        typed: what the person has written so far.
        limit: at most so many.
        archived: only archived ones, or only those in use; all of them if it is left out.
        but: the ids of those that are left out.
    """
    there = [track for track in all_of(desk) if track.id not in but]
    found = {track.id: track for track in there if archived in {None, track.archived}}
    chosen = names.closest(typed, {key: track.name for key, track in found.items()}, limit)
    return [found[key] for key in chosen]


def find(desk: Desk, track_id: int) -> TrackView | None:
    """A track of this programme, if there is one with this id."""
    track = tracks.find(desk, track_id)
    return view(track) if track else None


def need(desk: Desk, said: str) -> TrackView:
    """The track that a person named, by its id from a list or by its name.

    Raises:
        TrackNotFound: the programme has none like it.
    """
    found = {track.id: track for track in all_of(desk)}
    key = names.id_said(said)
    if key in found:
        return found[key]
    by_name = {key: track.name for key, track in found.items()}
    for track in found.values():
        if stems.fold(said) in {stems.fold(track.name), stems.fold(track.short)}:
            return track
    chosen = names.closest(said, by_name, 1) if stems.fold(said) else []
    if not chosen:
        raise TrackNotFound(name=said)
    return found[chosen[0]]
