"""What people may see of a meeting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.kit.links import card_url
from bot.domain.kit.pages import Page
from bot.domain.tracks.tracks import TrackView
from storage.enums import Answer, Language, MeetingKind, Repeat


@dataclass(frozen=True)
class Answers:
    """How many participants gave which answer; ``silent`` of those invited have given none."""

    going: int = 0
    maybe: int = 0
    cant: int = 0
    silent: int = 0


@dataclass(frozen=True)
class Named:
    """A participant by name, for coordinators: who they are, for whom, and what they said."""

    member_id: int
    organisation: str
    answer: Answer | None
    attended: bool = False


@dataclass(frozen=True)
class OccurrenceView:
    """One time that a meeting is held.

    ``wall`` is the naive clock time in the meeting's zone, ``starts_at`` and ``ends_at`` are aware
    UTC. ``moved`` says that it is not when its series has it. ``started`` it has from its start
    on, ``over`` it is from its end on. ``answers`` counts participants, ``by_organisation`` the
    same for each organisation that has answered, by name. ``reason`` is why it was cancelled, if
    that was said.
    """

    id: int
    title: str
    place: str
    agenda: str
    wall: datetime
    starts_at: datetime
    ends_at: datetime
    moved: bool = False
    cancelled: bool = False
    started: bool = False
    over: bool = False
    answers: Answers = field(default_factory=Answers)
    by_organisation: Mapping[str, Answers] = field(default_factory=dict)
    summary: str = ""
    links: str = ""
    attended: int = 0
    reason: str = ""

    @property
    def duration(self) -> timedelta:
        """How long it takes."""
        return self.ends_at - self.starts_at


@dataclass(frozen=True)
class MeetingView:
    """A meeting. Without ``track`` it is for all.

    ``shown`` is the occurrence that the card is about: the one that is under way or next, else
    the last. ``coming`` are those after it that are not cancelled, soonest first, ten at most;
    ``left`` is how many there are from ``shown`` on. ``before`` is the latest that is over and has
    minutes. ``reminders`` are minutes ahead, the longest first. ``revision`` grows with every
    change of what the card shows. ``rule`` is the RRULE, which ends ``until`` a day or after so
    many ``times``. ``event_for`` is the occurrence that Discord's event was made for. ``factors``
    is how many came from it, at any of its times.
    """

    id: int
    programme_id: int
    language: Language
    title: str
    kind: MeetingKind
    track: TrackView | None
    zone: str
    repeat: Repeat
    rule: str
    wall: datetime
    shown: OccurrenceView
    coming: tuple[OccurrenceView, ...] = ()
    left: int = 1
    before: OccurrenceView | None = None
    reminders: tuple[int, ...] = ()
    cancelled: bool = False
    revision: int = 1
    channel_id: int | None = None
    message_id: int | None = None
    event_id: int | None = None
    event_for: int | None = None
    until: date | None = None
    times: int | None = None
    factors: int = 0

    @property
    def url(self) -> str | None:
        """Where the card is, if it was posted."""
        return card_url(self)


@dataclass(frozen=True)
class ListedOccurrence:
    """One time that a meeting is held, in a list; ``url`` is where its card is."""

    meeting_id: int
    kind: MeetingKind
    track: TrackView | None
    repeat: Repeat
    zone: str
    url: str | None
    occurrence: OccurrenceView


@dataclass(frozen=True)
class MeetingPage:
    """A page of a list in order of time; of ``track`` alone if there is one, else of all.

    ``past`` ones stand latest first.
    """

    meetings: Page[ListedOccurrence]
    track: TrackView | None = None
    past: bool = False


@dataclass(frozen=True)
class Suggestion:
    """A meeting to choose while typing: when it is next, or was last, and whose clock tells it."""

    id: int
    title: str
    starts_at: datetime
    zone: str
