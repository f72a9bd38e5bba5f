"""What people may see of a week's digest; an edition is also what is kept of it, as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.factors.counting import Standing
from bot.domain.when.clocks import Week
from storage.enums import DigestState, FactorKind, FactorStatus, Language, MeetingKind

FORUM_EDITION = 0
"""The edition for all; others are known by their track's id."""


class Section(StrEnum):
    """A part of a digest that a programme can go without, in the order in which they stand."""

    WAITING = "waiting"
    NEW = "new"
    MOVED = "moved"
    MEETINGS = "meetings"
    TALK = "talk"
    PEOPLE = "people"


@dataclass(frozen=True)
class NewFactor:
    """A factor that was published; ``how`` is the beginning of its HOW."""

    title: str
    url: str | None
    kind: FactorKind
    organisation: str
    how: str
    standing: Standing


@dataclass(frozen=True)
class Decision:
    """What became of a factor; the last of the week. ``into`` is what it was merged into.

    ``undone`` says that it was merged, and no longer is.
    """

    title: str
    url: str | None
    status: FactorStatus
    reason: str
    into: str = ""
    undone: bool = False


@dataclass(frozen=True)
class MovedFactor:
    """A factor whose standing is another at the end of the week than at its start."""

    title: str
    url: str | None
    before: Standing
    after: Standing


@dataclass(frozen=True)
class AheadMeeting:
    """A meeting that comes, or one that was cancelled during the week; it starts at aware UTC."""

    title: str
    url: str | None
    kind: MeetingKind
    starts_at: datetime
    place: str
    cancelled: bool = False


@dataclass(frozen=True)
class NewMinutes:
    """Minutes of a meeting (aware UTC); ``summary`` is their beginning."""

    title: str
    url: str | None
    starts_at: datetime
    summary: str
    links: int


@dataclass(frozen=True)
class Talked:
    """Where most was said. ``title`` is the factor's whose thread it is, empty for others."""

    channel_id: int
    title: str
    url: str
    messages: int


@dataclass(frozen=True)
class TookPart:
    """How many organisations did something, of how many there are, and how many votes were given.

    ``votes`` counts people once for each factor. ``trend`` is the votes of up to eight weeks (as
    numbers, :meth:`weeks.Week.of`), this one last.
    """

    organisations: int
    took_part: int
    votes: int
    trend: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Edition:
    """What one channel is told of a week.

    Each list holds at most five, with how many there are beside it. ``decided`` counts all
    decisions by what they led to. ``waiting_factors`` are open and lack votes to say where they
    stand, ``waiting_meetings`` are soon and lack answers.
    """

    track_id: int | None
    track: str
    waiting_factors: int = 0
    waiting_meetings: int = 0
    new: tuple[NewFactor, ...] = ()
    new_total: int = 0
    decisions: tuple[Decision, ...] = ()
    decided: Mapping[FactorStatus, int] = field(default_factory=dict)
    moved: tuple[MovedFactor, ...] = ()
    moved_total: int = 0
    ahead: tuple[AheadMeeting, ...] = ()
    ahead_total: int = 0
    minutes: tuple[NewMinutes, ...] = ()
    minutes_total: int = 0
    talk: tuple[Talked, ...] = ()
    talk_total: int = 0
    people: TookPart = field(default_factory=lambda: TookPart(0, 0, 0))
    quiet: bool = False


@dataclass(frozen=True)
class DigestView:
    """One edition of a week's digest, as it is posted.

    It tells of ``starts_at`` and later, and before ``ends_at`` (aware UTC). ``state`` is None while
    the week has yet to be cut. ``first`` says that there was none before it. ``editions`` are all
    that there are of the week: each track's id, or :data:`FORUM_EDITION`, with its name, empty for
    the forum's.
    """

    programme_id: int
    language: Language
    zone: str
    week: Week
    starts_at: datetime
    ends_at: datetime
    edition: Edition
    editions: tuple[tuple[int, str], ...]
    off: frozenset[Section] = frozenset()
    greeting: str = ""
    first: bool = False
    state: DigestState | None = None
