"""What the home card tells of today: the next meeting, and what is new to vote on."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.factors import lists
from bot.domain.factors.lists import Listing
from bot.domain.meetings import meetings
from storage.desk import Desk, Person
from storage.enums import FactorKind

_EVERYONE: Final = Person(0, frozenset(), manages_server=False)
_NEW_FOR: Final = timedelta(days=14)
_SHOWN: Final = 2


@dataclass(frozen=True)
class NextMeeting:
    """The next time that a meeting is held (aware UTC); without ``track`` it is for all."""

    title: str
    url: str | None
    starts_at: datetime
    track: str | None


@dataclass(frozen=True)
class ProposedLately:
    """A factor that was proposed lately."""

    kind: FactorKind
    title: str
    url: str | None


@dataclass(frozen=True)
class Today:
    """What everyone may know of today: nothing of closed tracks."""

    meeting: NextMeeting | None = None
    factors: tuple[ProposedLately, ...] = ()


def today(desk: Desk) -> Today:
    """The next meeting, and the newest factors that are voted on.

    Raises:
        NotSetUp: the server has no programme.
    """
    desk = replace(desk, person=_EVERYONE)
    newest = lists.listed(desk, Listing(), size=_SHOWN).factors.items
    return Today(
        meeting=_next_meeting(desk),
        factors=tuple(
            ProposedLately(each.kind, each.title, each.url)
            for each in newest
            if each.created_at > desk.now - _NEW_FOR
        ),
    )


def _next_meeting(desk: Desk) -> NextMeeting | None:
    for each in meetings.listed(desk).meetings.items:
        held = each.occurrence
        if not held.started:
            track = each.track.name if each.track else None
            return NextMeeting(held.title, each.url, held.starts_at, track)
    return None
