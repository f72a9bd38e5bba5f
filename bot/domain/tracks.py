"""Tracks, as others see them."""

from dataclasses import dataclass

from sqlmodel import Session

from bot.domain import names
from bot.domain.errors import TrackNotFound
from storage import tracks
from storage.tracks import Track


@dataclass(frozen=True)
class TrackView:
    """A track."""

    id: int
    name: str
    emoji: str
    short: str


def view(track: Track) -> TrackView:
    """What others may know of a track."""
    return TrackView(track.id or 0, track.name, track.emoji, track.short)


def all_of(session: Session, programme_id: int) -> tuple[TrackView, ...]:
    """The programme's tracks, in the order they were made."""
    return tuple(view(track) for track in tracks.of_programme(session, programme_id))


def suggest(session: Session, programme_id: int, typed: str, limit: int) -> list[TrackView]:
    """The tracks that fit what was typed, best first."""
    found = {track.id: track for track in all_of(session, programme_id)}
    chosen = names.closest(typed, {key: track.name for key, track in found.items()}, limit)
    return [found[key] for key in chosen]


def need(session: Session, programme_id: int, said: str) -> TrackView:
    """The track that a person named, by its id from a list or by its name.

    Raises:
        TrackNotFound: the programme has none like it.
    """
    found = {track.id: track for track in all_of(session, programme_id)}
    key = names.id_said(said)
    if key in found:
        return found[key]
    by_name = {key: track.name for key, track in found.items()}
    for track in found.values():
        if names.fold(said) in {names.fold(track.name), names.fold(track.short)}:
            return track
    chosen = names.closest(said, by_name, 1) if names.fold(said) else []
    if not chosen:
        raise TrackNotFound(name=said)
    return found[chosen[0]]
