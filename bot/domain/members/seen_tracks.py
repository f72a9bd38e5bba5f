"""The tracks that whoever asks sees into: to name one, and to choose one while typing."""

from bot.domain.tracks import tracks
from bot.domain.tracks.errors import TrackNotFound
from bot.domain.tracks.tracks import TrackView
from storage.desk import Desk
from storage.members import sight


def suggest(desk: Desk, typed: str, limit: int, *, archived: bool | None = None) -> list[TrackView]:
    """As :func:`tracks.suggest`, but for those that are closed to whoever asks."""
    return tracks.suggest(desk, typed, limit, archived=archived, but=sight.hidden(desk))


def need(desk: Desk, said: str) -> TrackView:
    """The track that a person named, by its id from a list or by its name.

    Raises:
        TrackNotFound: the programme has none like it, or it is closed to them.
    """
    track = tracks.need(desk, said)
    if not sight.sees(desk, track.id):
        raise TrackNotFound(name=said)
    return track


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
