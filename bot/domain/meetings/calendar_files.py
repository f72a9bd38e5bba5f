"""Meetings as calendar files (``.ics``), as RFC 5545 and RFC 5546 want them, with their zones.

A file holds just the times that leda holds, written so that every calendar reads them alike: by a
rule where a plain one means them, else each by itself.
"""

import re
import unicodedata
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.kit.texts import clean, clean_line
from bot.domain.when.clocks import end_of
from bot.domain.when.recurrence import moment_of, plain_rule, walls
from storage.enums import Language, Repeat

if TYPE_CHECKING:
    from icalendar import Event, Timezone, TimezoneDaylight, TimezoneStandard

_NAME_LIMIT = 40
# Whose meetings they are; nobody reads mail there, and answers belong on the card.
_ORGANIZER = "mailto:noreply@leda.invalid"


@dataclass(frozen=True, kw_only=True)
class CalendarTime:
    """One time that a meeting is held.

    Args:
        original: the time on the wall that its series gives it, naive.
        wall: when it is instead, or the same, naive.
        fold: 1 where ``wall`` comes twice and the second is meant, else 0.
        minutes: how long it is.
        title: what it is called.
        place: where it is; may be empty.
        link: where to join it; may be empty.
        description: its agenda; may be empty.
        cancelled: whether it does not take place.
        sequence: how many times it was changed.
    """

    original: datetime
    wall: datetime
    fold: int = 0
    minutes: int
    title: str
    place: str = ""
    link: str = ""
    description: str = ""
    cancelled: bool = False
    sequence: int = 0

    @property
    def told(self) -> tuple[str, str, str, str]:
        """What it says of itself."""
        return self.title, self.place, self.link, self.description


@dataclass(frozen=True, kw_only=True)
class CalendarMeeting:
    """A meeting, or a series of them, as a calendar should hold it.

    Args:
        uid: who it is in every calendar; the same through all edits.
        zone: whose wall clock, an IANA name.
        sequence: how many times it, or any one of its series, was changed.
        changed_at: aware UTC, when that was last.
        url: the link to its card; may be empty.
        categories: what it belongs to, such as its programme and track.
        repeat: how often it comes.
        usual: what its times say that were given nothing of their own; when it is counts for
            nothing.
        times: every time of it, at least one.
    """

    uid: str
    zone: str
    sequence: int
    changed_at: datetime
    url: str = ""
    categories: tuple[str, ...] = ()
    repeat: Repeat = Repeat.NONE
    usual: CalendarTime
    times: tuple[CalendarTime, ...]


def calendar_file(meeting: CalendarMeeting, *, language: Language) -> bytes:
    """A meeting's ``.ics`` file.

    A meeting of which nothing is left says so twice: METHOD:CANCEL is what RFC 5546 asks for, but
    many calendars look at a file's method only if it came as an invitation; STATUS:CANCELLED they
    strike out. The file rings no bell: reminding is leda's part.

    Args:
        meeting: all that is to be told of it.
        language: in which the file says it was made.
    """
    from icalendar import Calendar

    held = sorted(
        (each for each in meeting.times if not each.cancelled), key=lambda each: each.wall
    )
    gone = not held
    calendar = Calendar()
    calendar.add("prodid", f"-//leda//leda//{language.value.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if gone else "PUBLISH")
    for event in _events(meeting, held or sorted(meeting.times, key=lambda each: each.wall)):
        event.add("status", "CANCELLED" if gone else "CONFIRMED")
        calendar.add_component(event)
    span = [_moment(meeting, each) for each in meeting.times]
    for zone in calendar.get_missing_tzids():  # one, or none where all is written in UTC
        calendar.subcomponents.insert(0, timezone_of(zone, min(span), max(span)))
    written: bytes = calendar.to_ical()
    return written


def filename(title: str, day: date) -> str:
    """A name that every system takes: ``kickoff-2026-12-03.ics``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain)[:_NAME_LIMIT].strip("-")
    return f"{name or 'leda'}-{day.isoformat()}.ics"


def _events(meeting: CalendarMeeting, times: Sequence[CalendarTime]) -> "Iterator[Event]":
    """The series, and those of its times that differ from it."""
    if len(times) == 1:
        yield _alone(meeting, times[0])
    elif any(_is_odd(meeting, each) for each in times):
        yield from _in_utc(meeting, times)
    elif generated := _generated(meeting, times):
        yield from _by_rule(meeting, times, generated)
    else:
        yield from _each(meeting, times)


def _alone(meeting: CalendarMeeting, time: CalendarTime) -> "Event":
    event = _told(meeting, time)
    if _is_odd(meeting, time):
        event.add("dtstart", _moment(meeting, time))
        event.add("duration", _exact(meeting, time))
    else:
        event.add("dtstart", _local(time.wall, meeting.zone))
        event.add("duration", timedelta(minutes=time.minutes))
    return event


def _by_rule(
    meeting: CalendarMeeting, times: Sequence[CalendarTime], generated: Sequence[datetime]
) -> "Iterator[Event]":
    """A rule, without what it means beside the times, and what differs from it."""
    from icalendar import vRecur

    first, zone = generated[0], meeting.zone
    series = _usual(meeting, _local(first, zone))
    rule = f"{plain_rule(meeting.repeat, first)};COUNT={len(generated)}"
    series.add("rrule", vRecur.from_ical(rule))
    there = {each.original for each in times}
    if gone := [wall for wall in generated if wall not in there]:
        series.add("exdate", [_local(wall, zone) for wall in gone])
    yield series
    for each in times:
        if each.wall != each.original or _differs(meeting, each):
            event = _alone(meeting, each)
            event.add("recurrence-id", _local(each.original, zone))
            yield event


def _each(meeting: CalendarMeeting, times: Sequence[CalendarTime]) -> "Iterator[Event]":
    """Every time by itself, by the clock on the wall."""
    first, *others = (_local(each.wall, meeting.zone) for each in times)
    series = _usual(meeting, first)
    _add(series, others)
    yield series
    for each in times:
        if _differs(meeting, each):
            event = _alone(meeting, each)
            event.add("recurrence-id", _local(each.wall, meeting.zone))
            yield event


def _in_utc(meeting: CalendarMeeting, times: Sequence[CalendarTime]) -> "Iterator[Event]":
    """Every time by itself, in UTC: of one of them, a clock on the wall would say another."""
    first, *others = (_moment(meeting, each) for each in times)
    length = _exact(meeting, times[0])
    series = _usual(meeting, first, length)
    _add(series, others)
    yield series
    for each in times:
        if _differs(meeting, each) or _exact(meeting, each) != length:
            event = _told(meeting, each)
            event.add("dtstart", _moment(meeting, each))
            event.add("duration", _exact(meeting, each))
            event.add("recurrence-id", _moment(meeting, each))
            yield event


def _add(series: "Event", others: list[datetime]) -> None:
    """The times beside its first; to some readers, the first is one only where a rule says so."""
    from icalendar import vRecur

    series.add("rrule", vRecur.from_ical("FREQ=DAILY;COUNT=1"))
    series.add("rdate", others)


def _generated(meeting: CalendarMeeting, times: Sequence[CalendarTime]) -> list[datetime]:
    """What a plain rule means, up to the last of the times; nothing where none means them.

    A rule may mean some more, which are left out, but not more than there are.
    """
    originals = {each.original for each in times}
    first, last = min(originals), max(originals)
    rule = plain_rule(meeting.repeat, first)
    if not rule:
        return []
    most = islice(walls(rule, first, meeting.zone), 2 * len(times))
    generated = [wall for wall in most if wall <= last]
    skipped = any(_is_odd(meeting, replace(meeting.usual, wall=wall, fold=0)) for wall in generated)
    return generated if originals <= set(generated) and not skipped else []


def _usual(meeting: CalendarMeeting, start: datetime, length: timedelta | None = None) -> "Event":
    event = _told(meeting, replace(meeting.usual, sequence=meeting.sequence))
    event.add("dtstart", start)
    event.add("duration", length or timedelta(minutes=meeting.usual.minutes))
    return event


def _told(meeting: CalendarMeeting, one: CalendarTime) -> "Event":
    """All of an event but its times and its status."""
    from icalendar import Event, vCalAddress

    event = Event()
    event.add("uid", meeting.uid)
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("sequence", max(meeting.sequence, one.sequence))
    organizer = vCalAddress(_ORGANIZER)
    organizer.params["CN"] = "leda"
    event.add("organizer", organizer)
    event.add("summary", clean_line(one.title))
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


def _differs(meeting: CalendarMeeting, time: CalendarTime) -> bool:
    return time.told != meeting.usual.told or time.minutes != meeting.usual.minutes


def _is_odd(meeting: CalendarMeeting, time: CalendarTime) -> bool:
    """Whether a clock on the wall says another moment: the second of two, or one it skips."""
    moment = _moment(meeting, time)
    shown = moment.astimezone(ZoneInfo(meeting.zone)).replace(tzinfo=None, fold=0)
    return shown != time.wall or moment != moment_of(time.wall, 0, meeting.zone)


def _moment(meeting: CalendarMeeting, time: CalendarTime) -> datetime:
    return moment_of(time.wall, time.fold, meeting.zone)


def _exact(meeting: CalendarMeeting, time: CalendarTime) -> timedelta:
    """How long it is by the clock, where days of the calendar may be an hour off."""
    moment = _moment(meeting, time)
    return end_of(moment, time.minutes, meeting.zone) - moment


def _local(wall: datetime, zone: str) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0)


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
