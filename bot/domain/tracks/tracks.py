"""Tracks: a programme's lines of work, as others see them."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.kit import names
from bot.domain.tracks.errors import TrackMistyped, TrackNotFound
from storage.desk import Desk
from storage.kit.identity import exact
from storage.search import stems
from storage.tracks import tracks
from storage.tracks.tracks import Track, TrackRow

SEPARATORS = "|;,"
"""What may stand between the names of several tracks."""

_LABEL = 20
# So many names that are like what was typed are told.
_LIKE = 3


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

    @property
    def label(self) -> str:
        """What a line has room for: the name, or the first words of a long one that are its own."""
        words = re.findall(r"[^\W_]+", self.name)[: self.short.count("-") + 1]
        is_long = len(self.name) > _LABEL and "-".join(words).casefold() == self.short
        return " ".join(words) if is_long else self.name


def view(track: Track | TrackRow) -> TrackView:
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


def need(desk: Desk, said: str, but: Collection[int] = ()) -> TrackView:
    """The track that a person named, by its id from a list, by its name or by its short name.

    Args:
        said: what they wrote; a name is meant exactly.
        but: the ids of those that are not there for them.

    Raises:
        TrackNotFound: the programme has none of this name, nor any that comes close.
        TrackMistyped: nor of this name, but ``like`` holds the names that come close.
    """
    found = {track.id: track for track in all_of(desk) if track.id not in but}
    key = names.id_said(said)
    if key in found:
        return found[key]
    named = by_name(found.values()).get(exact(said))
    if named is None:
        raise not_found(said, [track.name for track in found.values()])
    return named


def by_name(tracks_: Iterable[TrackView]) -> dict[str, TrackView]:
    """Tracks by their exact names, and by their short names where no name is the same."""
    there = tuple(tracks_)
    return {exact(track.short): track for track in there} | {
        exact(track.name): track for track in there
    }


def said_of(said: str, known: Mapping[str, TrackView]) -> tuple[tuple[TrackView, ...], list[str]]:
    """The tracks that a text names between separators, and what in it names none.

    A name may hold separators itself: the longest that fits is the one that is meant.

    Args:
        said: what somebody wrote.
        known: the tracks that it may name, as :func:`by_name` gives them.
    """
    marks = [each.start() for each in re.finditer(f"[{SEPARATORS}]", said)]
    starts, ends = [0, *(mark + 1 for mark in marks)], [*marks, len(said)]
    chosen: dict[int, TrackView] = {}
    unknown: list[str] = []
    at = 0
    while at < len(starts):
        for end in range(len(ends) - 1, at - 1, -1):
            track = known.get(exact(said[starts[at] : ends[end]]))
            if track is not None:
                chosen[track.id] = track
                break
        else:
            end = at
            unknown.append(said[starts[at] : ends[at]].strip())
        at = end + 1
    return tuple(chosen.values()), list(filter(None, unknown))


def not_found(said: str, names_: Sequence[str]) -> TrackNotFound:
    """That no track is called what somebody said, with those of some names that are like it."""
    like = names.closest(said, dict(enumerate(names_)), _LIKE) if stems.fold(said) else []
    if not like:
        return TrackNotFound(name=said)
    return TrackMistyped(name=said, like=", ".join(names_[number] for number in like))
