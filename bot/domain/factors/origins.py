"""The meeting that a factor came from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.domain import programmes
from bot.domain.meeting_rows import url
from bot.domain.places import FORUM
from storage import meeting_lists
from storage import programmes as kept_programmes

AFTERWARDS: Final = timedelta(hours=24)
"""How long after its end a meeting is still what people propose from."""


@dataclass(frozen=True)
class Origin:
    """A time of a meeting; ``day`` is by the meeting's clock, ``url`` leads to its card."""

    occurrence_id: int
    title: str
    day: date
    url: str | None


def here(
    session: Session, programme_id: int, channel_ids: frozenset[int], *, now: datetime
) -> int | None:
    """The time of a meeting that somebody who proposes here may come from.

    It is the latest that is under way, or ended within :data:`AFTERWARDS`: in a track's channels
    one of the track or for all, in the open forum one for all, elsewhere none.

    Args:
        session: the transaction.
        programme_id: the server.
        channel_ids: the channel (Discord ids), and for a thread the one it belongs to.
        now: aware UTC.
    """
    track_id = programmes.track_of_channel(session, programme_id, channel_ids)
    in_forum = kept_programmes.place(session, programme_id, FORUM) in channel_ids
    if track_id is None and not in_forum:
        return None
    return meeting_lists.latest_on(session, programme_id, track_id, now - AFTERWARDS, now)


def of(session: Session, occurrence_ids: Collection[int | None]) -> dict[int | None, Origin]:
    """What to say of some times at which meetings were held, by id."""
    ids = {key for key in occurrence_ids if key is not None}
    return {
        time.id: Origin(
            occurrence_id=time.id or 0,
            title=row.title if time.title is None else time.title,
            day=datetime.fromisoformat(time.wall).date(),
            url=url(row),
        )
        for row, time in (meeting_lists.times(session, ids) if ids else ())
    }
