"""Meetings as people type them: what is understood of it, and kept for a day until it is saved."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.domain.kit import texts
from bot.domain.kit.errors import StalePress, TextMissing
from bot.domain.kit.people import only_coordinators, the_programme
from bot.domain.meetings import views
from bot.domain.meetings.views import need_row, need_time, next_of_series
from bot.domain.tracks import tracks
from bot.domain.tracks.errors import TrackArchived
from bot.domain.when import clocks, lengths, recurrence, understanding
from bot.domain.when.errors import WhenLength, WhenPast
from bot.domain.when.recurrence import Rule
from bot.domain.when.said import Start
from bot.i18n import dates
from storage.desk import Desk
from storage.enums import Language, MeetingKind, Repeat
from storage.kit.programmes import Programme
from storage.meetings.meetings import Meeting, Occurrence

TITLE_LIMIT: Final = texts.TITLE_LIMIT
PLACE_LIMIT: Final = 300  # room for the long links of video meetings
AGENDA_LIMIT: Final = 1800
ALL_TRACKS: Final = "all"
_WALL: Final = "%Y-%m-%dT%H:%M"
_LINE_LIMIT: Final = 100
_QUARTER: Final = 3
_ENDS: Final = 4
_LINES: Final = ("title", "when", "duration", "track", "until", "reminders")


@dataclass(frozen=True)
class WantedMeeting:
    """A meeting as it was typed.

    ``track`` is a track's id or name; ``all`` or nothing for all of them. Without ``kind`` it is
    joint where it is for all, else digital. ``until`` is the last day that may have one, and
    ``times`` how many there are. ``reminders`` are the programme's where nothing is said.
    """

    title: str
    when: str
    duration: str = ""
    where: str = ""
    track: str = ""
    kind: MeetingKind | None = None
    repeat: Repeat = Repeat.NONE
    until: str = ""
    times: int | None = None
    agenda: str = ""
    reminders: str = ""


@dataclass(frozen=True)
class Plan:
    """A meeting as it was understood; ``minutes`` is how long it takes."""

    title: str
    kind: MeetingKind
    track_id: int | None
    start: Start
    minutes: int
    rule: Rule
    place: str
    agenda: str
    reminders: tuple[int, ...] | None


def cleaned(wanted: WantedMeeting) -> WantedMeeting:
    """What was typed, fit to be kept: bounded, and without identity numbers."""
    changed: dict[str, Any] = {
        name: texts.kept_line(getattr(wanted, name), _LINE_LIMIT) for name in _LINES
    }
    if understanding.reads(wanted.when):  # the digits of a time may add up to such a number
        changed["when"] = texts.clean_line(wanted.when)[:_LINE_LIMIT]
    changed["where"] = texts.kept_line(wanted.where, PLACE_LIMIT)
    changed["agenda"] = texts.kept(wanted.agenda, AGENDA_LIMIT)
    return replace(wanted, **changed)


def understand(
    desk: Desk,
    programme: Programme,
    wanted: WantedMeeting,
    language: Language,
    *,
    start: Start | None = None,
) -> Plan:
    """What was typed, understood.

    Args:
        programme: whose meeting it is.
        wanted: what was typed, cleaned.
        language: of whoever typed it.
        start: when it begins, if that was understood before.

    Raises:
        TextMissing: it has no title.
        DurationUnclear, DurationTooLong, RemindersUnclear, RemindersTooMany: as their names say.
        TrackNotFound, TrackArchived: as their names say.
        DateNotUnderstood, DateAmbiguous: the last day.
        RepeatEndless, RepeatOver and others of :func:`recurrence.check`.
        WhenPast, WhenAmbiguous and others of :func:`understanding.understand`.
        WhenLength: it was typed from when to when, and with another length.
    """
    if not wanted.title:
        raise TextMissing
    given = lengths.duration(wanted.duration) if wanted.duration else None
    reminders = lengths.reminders(wanted.reminders)
    track_id = track_of(desk, wanted.track)
    zone = programme.timezone
    start = begins(wanted.when, language, zone, start=start, now=desk.now)
    minutes = length_of(start, given, language)
    until = None
    if wanted.until:
        until = understanding.understand_day(wanted.until, language, zone, desk.now)
    rule = Rule(wanted.repeat, until, wanted.times)
    recurrence.check(rule, start.wall)
    kind = MeetingKind.JOINT if track_id is None else MeetingKind.DIGITAL
    return Plan(
        title=wanted.title,
        kind=wanted.kind or kind,
        track_id=track_id,
        start=start,
        minutes=lengths.USUAL if minutes is None else minutes,
        rule=rule,
        place=wanted.where,
        agenda=wanted.agenda,
        reminders=reminders,
    )


def begins(
    typed: str,
    language: Language,
    zone: str,
    *,
    start: Start | None = None,
    now: datetime,
    at_hand: date | None = None,
) -> Start:
    """When a meeting begins, as typed or as understood before.

    Raises:
        WhenPast, WhenAmbiguous and others of :func:`understanding.understand`.
    """
    start = start or understanding.understand(typed, language, zone, now, at_hand=at_hand)
    if start.moment <= now:
        raise WhenPast(moment=start.told(language))
    return start


def length_of(start: Start, given: int | None, language: Language) -> int | None:
    """How many minutes something takes, by its range or by what was given; None for neither.

    Raises:
        WhenLength: they are two lengths.
    """
    said = start.minutes
    if said is None or given is None or said == given:
        return given if said is None else said
    readings = [start, start.lasting(given)]
    raise WhenLength(
        said=lengths.written(said),
        given=lengths.written(given),
        options=dates.either(language, [each.told(language) for each in readings]),
        readings=readings,
    )


def track_of(desk: Desk, said: str) -> int | None:
    """The track that a meeting is of; None where it is for all.

    Raises:
        TrackNotFound, TrackArchived: as their names say.
    """
    if not said or said == ALL_TRACKS:
        there = tracks.in_use(desk)
        return there[0].id if len(there) == 1 else None
    track = tracks.need(desk, said)
    if track.archived:
        raise TrackArchived(track=track.name)
    return track.id


def said(start: Start) -> str:
    """A start in few characters, for a button to carry: ``2026-12-03T13:00/0``, ``…/0/120``."""
    length = "" if start.minutes is None else f"/{start.minutes}"
    return f"{start.wall:{_WALL}}/{start.fold}{length}"


def start_of(text: str, zone: str) -> Start:
    """The start that :func:`said` wrote.

    Raises:
        StalePress: it wrote no such text.
    """
    wall, fold, minutes = f"{text}//".split("/")[:3]
    try:
        begins = datetime.strptime(wall, _WALL)  # noqa: DTZ007
        length = int(minutes) if minutes else None
    except ValueError:
        raise StalePress from None
    if length is not None and not 0 < length <= lengths.LONGEST:
        raise StalePress  # no button of leda's says so
    return Start(begins, int(fold == "1"), zone, length)


def wall_text(wall: datetime) -> str:
    """A clock time as it is kept."""
    return f"{wall:{_WALL}}"


def rows(
    plan: Plan,
    programme_id: int,
    member_id: int,
    now: datetime,
    *,
    without: Collection[str] = (),
) -> tuple[Meeting, list[Occurrence]]:
    """The rows that a plan makes, neither kept nor numbered yet.

    Args:
        plan: the meeting.
        programme_id: whose.
        member_id: who plans it.
        now: aware UTC.
        without: the times of a series that are left out, as :func:`wall_text` writes what the
            rule says; at least one has to stay.
    """
    start, rule = plan.start, plan.rule
    every = recurrence.occurrences(start.wall, start.fold, start.zone, rule)
    there = [
        (each, 0 if number else start.fold)
        for number, each in enumerate(every)
        if wall_text(each.wall) not in without
    ]
    (first, fold), *_ = there
    meeting = Meeting(
        programme_id=programme_id,
        track_id=plan.track_id,
        title=plan.title,
        kind=plan.kind,
        zone=start.zone,
        wall=wall_text(first.wall),
        fold=fold,
        minutes=plan.minutes,
        repeat=rule.repeat,
        until=rule.until.isoformat() if rule.until else None,
        times=len(there) if rule.count else None,
        place=plan.place,
        agenda=plan.agenda,
        reminders=reminders_text(plan.reminders),
        uid="",
        created_by=member_id,
        created_at=now,
        changed_at=now,
    )
    return meeting, [
        Occurrence(
            meeting_id=0,
            original=wall_text(each.wall),
            wall=wall_text(each.wall),
            fold=fold,
            starts_at=each.moment,
            ends_at=clocks.end_of(each.moment, plan.minutes, start.zone),
        )
        for each, fold in there
    ]


def reminders_text(ahead: tuple[int, ...] | None) -> str | None:
    """Reminders as they are kept."""
    return None if ahead is None else ",".join(str(minutes) for minutes in ahead)


def typed(desk: Desk, meeting_id: int, occurrence_id: int | None) -> WantedMeeting:
    """What stands in the form that changes a meeting, or one time of it.

    Of a whole series, ``when`` is the next of its times, as the series has it.

    Raises:
        NotSetUp, CoordinatorsOnly, MeetingNotFound: as their names say.
    """
    programme = the_programme(desk)
    only_coordinators(desk)
    row = need_row(desk, meeting_id)
    time = None
    if occurrence_id is not None:
        _, time = need_time(desk, occurrence_id)
    shown = views.show(desk, programme, row, at=time).shown
    return WantedMeeting(
        title=shown.title if time else row.title,
        when=when_text(row, time or next_of_series(desk, row), whole=time is None),
        duration=lengths.written(
            row.minutes if time is None or time.minutes is None else time.minutes
        ),
        where=shown.place if time else row.place,
        track=str(row.track_id or ""),
        kind=row.kind,
        repeat=row.repeat,
        until=row.until or "",
        times=row.times,
        agenda=shown.agenda if time else row.agenda,
        reminders=lengths.written_reminders(views.reminders_of(programme, row)),
    )


def ends(now: datetime, zone: str) -> tuple[date, ...]:
    """Days that a series may end with: the last ones of this and the following quarters."""
    today = now.astimezone(ZoneInfo(zone)).date()
    quarter = today.replace(month=(today.month - 1) // _QUARTER * _QUARTER + 1, day=1)
    return tuple(
        quarter + relativedelta(months=_QUARTER * ahead, days=-1) for ahead in range(1, _ENDS + 1)
    )


def when_text(row: Meeting, time: Occurrence, *, whole: bool) -> str:
    """When a meeting is, as somebody would type it: ``2026-12-03 13:00``."""
    wall = row.wall if whole and row.repeat is Repeat.NONE else time.wall
    return (time.original if whole and row.repeat is not Repeat.NONE else wall).replace("T", " ")
