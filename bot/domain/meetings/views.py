"""What people may see of a meeting, and making it out of what is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.kit import names
from bot.domain.kit.links import card_url
from bot.domain.kit.pages import Page
from bot.domain.meetings.errors import MeetingNotFound
from bot.domain.tracks import tracks
from bot.domain.tracks.tracks import TrackView
from bot.domain.when import recurrence
from bot.domain.when.recurrence import Rule
from storage.desk import Desk
from storage.enums import Answer, Language, MeetingKind, Repeat
from storage.kit.programmes import Programme
from storage.meetings import answers as kept_answers
from storage.meetings import meetings as kept
from storage.meetings.meetings import Meeting, Occurrence


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
    sequence: int = 0
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
    """One time that a meeting is held, in a list; ``url`` is where its card is.

    What lies ahead stands for its series: so many ``more`` times follow.
    """

    meeting_id: int
    kind: MeetingKind
    track: TrackView | None
    repeat: Repeat
    zone: str
    url: str | None
    occurrence: OccurrenceView
    more: int = 0


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


def need_row(desk: Desk, meeting_id: int) -> Meeting:
    """What is kept of a meeting.

    Raises:
        MeetingNotFound: there is none with this id in this programme.
    """
    row = kept.find(desk, meeting_id)
    if row is None:
        raise MeetingNotFound
    return row


def need_time(desk: Desk, occurrence_id: int) -> tuple[Meeting, Occurrence]:
    """What is kept of one time that a meeting is held.

    Raises:
        MeetingNotFound: there is none with this id in this programme.
    """
    found = kept.find_occurrence(desk, occurrence_id)
    if found is None:
        raise MeetingNotFound
    return found[0], found[1]


def changed(desk: Desk, row: Meeting, *, due: bool = True) -> None:
    """Note that the card shows something else than before.

    Args:
        row: the meeting.
        due: whether it has yet to follow; not where a press on it is answered with it.
    """
    row.revision += 1
    row.due = row.due or due
    desk.session.add(row)
    desk.session.flush()


def next_of_series(desk: Desk, row: Meeting) -> Occurrence:
    """The first time that has not begun, by the order of the series; the last if all have."""
    found = kept.times_of(desk, row.id or 0)
    return next((time for time in found if time.starts_at > desk.now), found[-1])


COMING = 10


def show(
    desk: Desk, programme: Programme, row: Meeting, *, at: Occurrence | None = None
) -> MeetingView:
    """A meeting, at one of its times or at the one that its card is about."""
    since = at.starts_at if at else None
    ahead, left = kept.coming(desk, row.id or 0, COMING + 1, since)
    shown = at or (ahead[0] if ahead else _last(desk, row))
    coming = [each for each in ahead if each.id != shown.id][:COMING]
    before = kept.with_minutes(desk, row.id or 0)
    view = view_of(desk, programme, row, shown, coming=coming, left=left)
    counted = counted_view(desk, row, shown)
    return replace(
        view, shown=counted, before=occurrence_view(row, before, desk.now) if before else None
    )


def view_of(
    desk: Desk,
    programme: Programme,
    row: Meeting,
    shown: Occurrence,
    *,
    coming: Sequence[Occurrence] = (),
    left: int = 1,
) -> MeetingView:
    """A meeting, kept or not, without what people answered to it."""
    track = tracks.find(desk, row.track_id) if row.track_id else None
    return MeetingView(
        id=row.id or 0,
        programme_id=programme.id,
        language=programme.language,
        title=row.title,
        kind=row.kind,
        track=track,
        zone=row.zone,
        repeat=row.repeat,
        rule=rrule(row),
        wall=datetime.fromisoformat(row.wall),
        shown=occurrence_view(row, shown, desk.now),
        coming=tuple(occurrence_view(row, each, desk.now) for each in coming),
        left=left,
        reminders=reminders_of(programme, row),
        cancelled=row.cancelled_at is not None,
        revision=row.revision,
        sequence=row.sequence,
        channel_id=row.channel_id,
        message_id=row.message_id,
        event_id=row.event_id,
        event_for=row.event_for,
        until=date.fromisoformat(row.until) if row.until else None,
        times=row.times,
    )


def counted_view(desk: Desk, row: Meeting, time: Occurrence) -> OccurrenceView:
    """One time that a meeting is held, with what people answered to it."""
    key = time.id or 0
    view = with_counts(row, time, kept_answers.counts(desk, [key])[key], desk.now)
    return replace(view, attended=kept_answers.attended(desk, key)) if view.started else view


def with_counts(
    row: Meeting, time: Occurrence, counts: Mapping[tuple[str, Answer | None], int], now: datetime
) -> OccurrenceView:
    """One time that a meeting is held, with what was counted of the answers to it."""
    total, by_organisation = answers(counts)
    view = occurrence_view(row, time, now)
    return replace(view, answers=total, by_organisation=by_organisation)


def occurrence_view(row: Meeting, time: Occurrence, now: datetime) -> OccurrenceView:
    """One time that a meeting is held, without what people answered to it."""
    return OccurrenceView(
        id=time.id or 0,
        title=row.title if time.title is None else time.title,
        place=row.place if time.place is None else time.place,
        agenda=row.agenda if time.agenda is None else time.agenda,
        wall=time.starts_at.astimezone(ZoneInfo(row.zone)).replace(tzinfo=None, fold=0),
        starts_at=time.starts_at,
        ends_at=time.ends_at,
        moved=time.wall != time.original,
        cancelled=time.cancelled_at is not None,
        started=time.starts_at <= now,
        over=time.ends_at <= now,
        summary=time.summary,
        links=time.links,
        reason=time.reason,
    )


def answers(counts: Mapping[tuple[str, Answer | None], int]) -> tuple[Answers, dict[str, Answers]]:
    """What was answered in all, and for each organisation that has answered, by its name."""
    organisations = sorted({name for name, _ in counts}, key=names.swedish_order)
    each = {
        name: Answers(
            going=counts.get((name, Answer.GOING), 0),
            maybe=counts.get((name, Answer.MAYBE), 0),
            cant=counts.get((name, Answer.CANT), 0),
            silent=counts.get((name, None), 0),
        )
        for name in organisations
    }
    total = Answers(
        going=sum(one.going for one in each.values()),
        maybe=sum(one.maybe for one in each.values()),
        cant=sum(one.cant for one in each.values()),
        silent=sum(one.silent for one in each.values()),
    )
    said = {name: one for name, one in each.items() if one.going or one.maybe or one.cant}
    return total, said


def rule_of(row: Meeting) -> Rule:
    """How a meeting comes again."""
    return Rule(row.repeat, date.fromisoformat(row.until) if row.until else None, row.times)


def rrule(row: Meeting) -> str:
    """The same as RFC 5545 writes it."""
    return recurrence.rrule_of(rule_of(row), datetime.fromisoformat(row.wall), row.zone)


def reminders_of(programme: Programme, row: Meeting) -> tuple[int, ...]:
    """Minutes ahead at which to remind of a meeting, the longest first."""
    said = programme.reminders if row.reminders is None else row.reminders
    return tuple(sorted((int(minutes) for minutes in said.split(",") if minutes), reverse=True))


def _last(desk: Desk, row: Meeting) -> Occurrence:
    """The time that a card is about when none is ahead.

    Of a meeting that was cancelled, the first that is not held; else the last that was.
    """
    times = sorted(kept.times_of(desk, row.id or 0), key=lambda time: time.starts_at)
    if row.cancelled_at is not None:
        missed = (time for time in times if time.ends_at > row.cancelled_at)
        return next(missed, times[-1])
    held = [time for time in times if time.cancelled_at is None]
    return (held or times)[-1]
