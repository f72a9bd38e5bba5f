"""Time zones as calendar files carry them: RFC 5545's VTIMEZONE.

icalendar can make them too, but (7.3) writes the beginning of summer time an hour late, as
03:00 instead of the 02:00 at which the clock is changed, and lists dates where many calendars
want a rule.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

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
