"""Meetings as calendar files (``.ics``), as RFC 5545 and RFC 5546 want them, with their zones."""

import re
import unicodedata
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.kit.texts import clean, clean_line
from bot.domain.when.recurrence import moment_of, walls
from storage.enums import Language

if TYPE_CHECKING:
    from icalendar import Event, Timezone, TimezoneDaylight, TimezoneStandard

_NAME_LIMIT = 40


@dataclass(frozen=True, kw_only=True)
class CalendarOccurrence:
    """One meeting of a series that is not as the series says.

    Args:
        original: the time on the wall that the series gives it, naive: its name.
        wall: when it is instead, or the same, naive.
        fold: 1 where ``wall`` comes twice and the second is meant, else 0.
        duration: how long it is.
        title: what it is called.
        place: where it is; may be empty.
        link: where to join it; may be empty.
        description: its agenda; may be empty.
        cancelled: whether it does not take place; nothing else counts then.
        sequence: how many times it was changed.
    """

    original: datetime
    wall: datetime
    fold: int = 0
    duration: timedelta
    title: str
    place: str = ""
    link: str = ""
    description: str = ""
    cancelled: bool = False
    sequence: int = 0


@dataclass(frozen=True, kw_only=True)
class CalendarMeeting:
    """A meeting, or a series of them, as a calendar should hold it.

    Args:
        uid: who it is in every calendar; the same through all edits.
        zone: whose wall clock, an IANA name.
        sequence: how many times it, or any one of its series, was changed.
        changed_at: aware UTC, when that was last.
        title: what it is called.
        place: where it is; may be empty.
        link: where to join it; may be empty.
        url: the link to its card; may be empty.
        description: its agenda; may be empty.
        categories: what it belongs to, such as its programme and track.
        wall: when it, or the first, begins, naive.
        fold: 1 where ``wall`` comes twice and the second is meant, else 0.
        duration: how long it is.
        rule: as ``recurrence.rrule_of`` writes it; empty or None where it comes once.
        cancelled: whether it does not take place.
        exceptions: those of a series that are not as the series says; a single meeting has none.
    """

    uid: str
    zone: str
    sequence: int
    changed_at: datetime
    title: str
    place: str = ""
    link: str = ""
    url: str = ""
    description: str = ""
    categories: tuple[str, ...] = ()
    wall: datetime
    fold: int = 0
    duration: timedelta
    rule: str | None = None
    cancelled: bool = False
    exceptions: tuple[CalendarOccurrence, ...] = ()


def calendar_file(meeting: CalendarMeeting, *, language: Language) -> bytes:
    """A meeting's ``.ics`` file.

    A cancelled meeting says so twice: METHOD:CANCEL is what RFC 5546 asks for, but many calendars
    look at a file's method only if it came as an invitation; STATUS:CANCELLED they strike out.
    The file rings no bell: reminding is leda's part. Its length is a DURATION, for an end on the
    wall could be one of two.

    Args:
        meeting: all that is to be told of it.
        language: in which the file says it was made.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//leda//leda//{language.value.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if meeting.cancelled else "PUBLISH")
    calendar.add_component(_event(meeting))
    for exception in _apart(meeting):
        calendar.add_component(_exception(meeting, exception))
    span = list(_moments(meeting))
    for zone in calendar.get_missing_tzids():  # one, or none where all is written in UTC
        calendar.subcomponents.insert(0, timezone_of(zone, min(span), max(span)))
    written: bytes = calendar.to_ical()
    return written


def filename(title: str, day: date) -> str:
    """A name that every system takes: ``kickoff-2026-12-03.ics``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain)[:_NAME_LIMIT].strip("-")
    return f"{name or 'leda'}-{day.isoformat()}.ics"


def _event(meeting: CalendarMeeting) -> "Event":
    """The meeting, or the series with those left out that are cancelled."""
    from icalendar import vRecur

    event = _told(meeting, meeting)
    if not meeting.rule:
        event.add("dtstart", _start(meeting.wall, meeting.fold, meeting.zone))
        return event
    event.add("dtstart", _local(meeting.wall, meeting.zone))
    event.add("rrule", vRecur.from_ical(meeting.rule))
    left_out = [each.original for each in meeting.exceptions if each.cancelled]
    if left_out:
        event.add("exdate", [_local(wall, meeting.zone) for wall in sorted(left_out)])
    return event


def _exception(meeting: CalendarMeeting, exception: CalendarOccurrence) -> "Event":
    event = _told(meeting, exception)
    event.add("recurrence-id", _local(exception.original, meeting.zone))
    event.add("dtstart", _start(exception.wall, exception.fold, meeting.zone))
    return event


def _apart(meeting: CalendarMeeting) -> Iterator[CalendarOccurrence]:
    """Those of a series that need an event of their own.

    So does a first one in the second of two hours: the series itself must begin on the wall,
    which would mean the first.
    """
    if not meeting.rule:
        return
    yield from (each for each in meeting.exceptions if not each.cancelled)
    named = {each.original for each in meeting.exceptions}
    if meeting.wall not in named and _is_second(meeting.wall, meeting.fold, meeting.zone):
        yield CalendarOccurrence(
            original=meeting.wall,
            wall=meeting.wall,
            fold=meeting.fold,
            duration=meeting.duration,
            title=meeting.title,
            place=meeting.place,
            link=meeting.link,
            description=meeting.description,
        )


def _told(meeting: CalendarMeeting, one: CalendarMeeting | CalendarOccurrence) -> "Event":
    """All of an event but its times."""
    from icalendar import Event

    event = Event()
    event.add("uid", meeting.uid)
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("sequence", max(meeting.sequence, one.sequence))
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    event.add("summary", clean_line(one.title))
    event.add("duration", one.duration)
    place, link = clean_line(one.place), clean_line(one.link)
    url = "".join(clean_line(meeting.url).split())
    if place or link:
        event.add("location", place or link)
    # Not every calendar shows a URL, and none has two.
    if description := "\n\n".join(filter(None, (clean(one.description), link, url))):
        event.add("description", description)
    if url:
        event.add("url", url)
    if categories := [name for each in meeting.categories if (name := clean_line(each))]:
        event.add("categories", categories)
    return event


def _start(wall: datetime, fold: int, zone: str) -> datetime:
    """A time on the wall, unless the wall would mean another one: then it is told in UTC."""
    return moment_of(wall, fold, zone) if _is_second(wall, fold, zone) else _local(wall, zone)


def _local(wall: datetime, zone: str) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0)


def _is_second(wall: datetime, fold: int, zone: str) -> bool:
    return moment_of(wall, fold, zone) != moment_of(wall, 0, zone)


def _moments(meeting: CalendarMeeting) -> Iterator[datetime]:
    """When anything in the file is, aware UTC."""
    there = walls(meeting.rule, meeting.wall, meeting.zone) if meeting.rule else [meeting.wall]
    for wall in (*there, *(each.wall for each in meeting.exceptions)):
        yield moment_of(wall, 0, meeting.zone)


_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_WEEK = 7
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class _Kind:
    """What a change of the clock does; those of one kind share an entry."""

    before: timedelta
    after: timedelta
    name: str
    summer: bool


def timezone_of(zone: str, first: datetime, last: datetime) -> "Timezone":
    """A VTIMEZONE that is right from one moment to another, and around them for a year.

    Args:
        zone: an IANA name.
        first: aware; nothing in the file is earlier.
        last: aware; nothing in the file is later.
    """
    from icalendar import Timezone

    here = ZoneInfo(zone)
    start = datetime(first.year - 1, 1, 1, tzinfo=UTC)
    changes = list(_changes(here, start, datetime(last.year + 2, 1, 1, tzinfo=UTC)))
    if not changes or changes[0] > first:
        changes.insert(0, start)  # no change has yet been seen when the first event begins
    kinds: dict[_Kind, list[datetime]] = defaultdict(list)
    for moment in changes:
        kind = _kind(here, moment)
        # A change stands in the file as the clock showed it that was about to be changed.
        kinds[kind].append((moment + kind.before).replace(tzinfo=None))
    made = Timezone()
    made.add("tzid", zone)
    for kind, onsets in kinds.items():
        made.add_component(_entry(kind, onsets, last.year + 1))
    return made


def _changes(here: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The moments, aware UTC, at which a clock is changed; never two within a day."""
    days = (start + i * _DAY for i in range((end - start).days + 1))
    for before, after in pairwise(days):
        if _shown(here, before) != _shown(here, after):
            yield _change_between(here, before, after)


def _change_between(here: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first moment of the new time, by halving."""
    old = _shown(here, before)
    while after - before > _SECOND:
        middle = before + (after - before) // _SECOND // 2 * _SECOND
        if _shown(here, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _shown(here: ZoneInfo, moment: datetime) -> tuple[timedelta, str, bool]:
    """What a clock is ahead of UTC, what its time is called, and whether it is summer time."""
    there = moment.astimezone(here)
    return there.utcoffset() or timedelta(), there.tzname() or "", bool(there.dst())


def _kind(here: ZoneInfo, moment: datetime) -> _Kind:
    return _Kind(_shown(here, moment - _SECOND)[0], *_shown(here, moment))


def _entry(kind: _Kind, onsets: list[datetime], last: int) -> "TimezoneStandard | TimezoneDaylight":
    from icalendar import TimezoneDaylight, TimezoneStandard, vRecur

    entry = TimezoneDaylight() if kind.summer else TimezoneStandard()
    entry.add("dtstart", onsets[0])
    entry.add("tzoffsetfrom", kind.before)
    entry.add("tzoffsetto", kind.after)
    entry.add("tzname", kind.name)
    if rule := _yearly(onsets, last):
        entry.add("rrule", vRecur.from_ical(rule))
    elif onsets[1:]:
        entry.add("rdate", onsets[1:])
    return entry


def _yearly(onsets: list[datetime], last: int) -> str | None:
    """The rule, as ``the last Sunday of March``, that means just these; None where none does.

    Rules go on for ever, so one that is given up before the ``last`` year is none.
    """
    first = onsets[0]
    alike = {(each.month, each.weekday(), each.time()) for each in onsets}
    years = [each.year for each in onsets]
    if len(alike) > 1 or years != list(range(first.year, last + 1)):
        return None
    if all(each.day + _WEEK > monthrange(each.year, each.month)[1] for each in onsets):
        place = -1
    elif len(places := {(each.day - 1) // _WEEK + 1 for each in onsets}) == 1:
        place = places.pop()
    else:
        return None
    return f"FREQ=YEARLY;BYMONTH={first.month};BYDAY={place}{_WEEKDAYS[first.weekday()]}"
