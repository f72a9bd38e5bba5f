"""Which meeting a factor came from, and how many came from a meeting."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.domain.kit.links import card_url
from bot.domain.kit.people import the_programme
from bot.domain.meetings import views
from bot.domain.meetings.views import MeetingView, need_row, need_time
from bot.domain.tracks import places, tracks
from bot.domain.tracks.places import FORUM
from storage.desk import Desk
from storage.factors import lists as factor_lists
from storage.kit import programmes as kept_programmes
from storage.meetings import lists

AFTERWARDS: Final = timedelta(hours=24)
"""How long after its end a meeting is still what people propose from."""


@dataclass(frozen=True)
class Origin:
    """A time of a meeting; ``day`` is by the meeting's clock, ``url`` leads to its card.

    ``within`` is its track, where that is closed: elsewhere it is not named.
    """

    occurrence_id: int
    title: str
    day: date
    url: str | None
    within: int | None = None

    def named_in(self, track_id: int | None) -> bool:
        """Whether what belongs to this track may name it, whoever reads that."""
        return self.within in {None, track_id}


def here(desk: Desk, channel_ids: frozenset[int]) -> int | None:
    """The time of a meeting that somebody who proposes here may come from.

    It is the latest that is under way, or ended within :data:`AFTERWARDS`: in a track's channels
    one of the track or for all, in the open forum one for all, elsewhere none.

    Args:
        channel_ids: the channel (Discord ids), and for a thread the one it belongs to.
    """
    track_id = places.track_of_channel(desk, channel_ids)
    in_forum = kept_programmes.place(desk, FORUM) in channel_ids
    if track_id is None and not in_forum:
        return None
    return lists.latest_on(desk, track_id, desk.now - AFTERWARDS)


def of(desk: Desk, occurrence_ids: Collection[int | None]) -> dict[int | None, Origin]:
    """What to say of some times at which meetings were held, by id."""
    ids = {key for key in occurrence_ids if key is not None}
    return {
        time.id: Origin(
            occurrence_id=time.id or 0,
            title=row.title if time.title is None else time.title,
            day=datetime.fromisoformat(time.wall).date(),
            url=card_url(row),
            within=_closed(desk, row.track_id),
        )
        for row, time in (lists.times(desk, ids) if ids else ())
    }


def _closed(desk: Desk, track_id: int | None) -> int | None:
    """A track, if it is closed."""
    track = tracks.find(desk, track_id) if track_id else None
    return track.id if track and track.closed else None


def meeting(desk: Desk, meeting_id: int) -> MeetingView:
    """A meeting, as its card has it.

    Raises:
        NotSetUp: the server has no programme.
        MeetingNotFound: there is none with this id in this programme.
    """
    programme = the_programme(desk)
    row = need_row(desk, meeting_id)
    return _with_factors(desk, views.show(desk, programme, row))


def meeting_at(desk: Desk, occurrence_id: int) -> MeetingView:
    """A meeting at one of its times, which is the one that is ``shown``.

    Raises:
        NotSetUp: the server has no programme.
        MeetingNotFound: there is none with this id in this programme.
    """
    programme = the_programme(desk)
    row, time = need_time(desk, occurrence_id)
    return _with_factors(desk, views.show(desk, programme, row, at=time))


def _with_factors(desk: Desk, view: MeetingView) -> MeetingView:
    """With how many factors came from the meeting; presses on its card do without."""
    return replace(view, factors=factor_lists.from_meeting(desk, view.id))
