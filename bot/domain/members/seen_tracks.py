"""The tracks that whoever asks sees into: to name one, and to choose one while typing."""

import re
from collections.abc import Mapping, Sequence

from bot.domain.tracks import tracks
from bot.domain.tracks.errors import TrackNotFound
from bot.domain.tracks.tracks import TrackView
from storage.desk import Desk
from storage.members import sight
from storage.search import stems


def suggest(desk: Desk, typed: str, limit: int, *, archived: bool | None = None) -> list[TrackView]:
    """As :func:`tracks.suggest`, but for those that are closed to whoever asks."""
    return tracks.suggest(desk, typed, limit, archived=archived, but=sight.hidden(desk))


def need(desk: Desk, said: str) -> TrackView:
    """The track that a person named, by its id from a list or by its name.

    Raises:
        TrackNotFound, TrackMistyped: as :func:`tracks.need`; one that is closed to them is none.
    """
    return tracks.need(desk, said, but=sight.hidden(desk))


def suggest_several(desk: Desk, typed: str, limit: int) -> list[str]:
    """Ways to go on with a list of tracks in use, of which the last is still being typed.

    Each is what would stand there: what was typed before, and one track more. A comma may part two
    tracks, or belong to the name of one.
    """
    hidden = sight.hidden(desk)
    known = tracks.by_name(each for each in tracks.in_use(desk) if each.id not in hidden)
    found: dict[str, None] = {}
    starts = [0, *(mark.end() for mark in re.finditer(f"[{tracks.SEPARATORS}]", typed))]
    for start in starts:
        before, unknown = tracks.said_of(typed[:start], known)
        if unknown:
            continue
        last = typed[start:].strip()
        for track in suggest(desk, last, limit, archived=False):
            whole = start == starts[-1] or stems.fold(track.name).startswith(stems.fold(last))
            if whole and track not in before:
                found[_listed(typed[:start].strip(), [*before, track], known)] = None
    return list(found)[:limit]


def _listed(before: str, chosen: Sequence[TrackView], known: Mapping[str, TrackView]) -> str:
    """What was typed and the last track, so that it is read as these."""
    said = [f"{before} {chosen[-1].name}".strip()]
    said += [mark.join(track.name for track in chosen) for mark in (", ", " | ")]
    return next((each for each in said if tracks.said_of(each, known)[0] == tuple(chosen)), said[0])


def find(desk: Desk, track_id: int | None) -> TrackView | None:
    """The track with this id; None where none is asked for.

    Raises:
        TrackNotFound: the programme has none with it, or it is closed to whoever asks.
    """
    if track_id is None:
        return None
    track = tracks.find(desk, track_id)
    if track is None or not sight.sees(desk, track_id):
        raise TrackNotFound(name=str(track_id))
    return track
