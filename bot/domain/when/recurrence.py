"""Rules of recurrence: on which days, and at which moments, a meeting comes again.

A rule is RFC 5545's RRULE inside, and python-dateutil solves it. The clock on the wall stays:
a meeting at 13:00 is at 13:00 in winter and in summer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from bot.domain.when.errors import (
    RepeatEndless,
    RepeatNotChosen,
    RepeatOver,
    RepeatTooMany,
    RepeatTwoEnds,
)
from storage.enums import Repeat

MOST = 200
LAST = -1
_DAYS = {Repeat.DAILY: 1, Repeat.WEEKLY: 7, Repeat.FORTNIGHTLY: 14}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEK = 7
_FOUR_WEEKS = 28
_LONGEST_MONTH = 31
_MONTHS = 12


@dataclass(frozen=True)
class Rule:
    """How often a meeting comes again, and until when.

    Args:
        repeat: how often.
        until: the last day that may have one, by the calendar of the meeting's zone.
        count: how many there are, the first included.
    """

    repeat: Repeat = Repeat.NONE
    until: date | None = None
    count: int | None = None


@dataclass(frozen=True)
class Recurrence:
    """One meeting of a series.

    Args:
        wall: what the rule says, naive: the name of the occurrence within its series, also
            where a clock change skips that time.
        moment: when it is, aware UTC.
    """

    wall: datetime
    moment: datetime


def occurrences(wall: datetime, fold: int, zone: str, rule: Rule) -> list[Recurrence]:
    """Every meeting of a series, in order, the first included.

    A time that a clock change skips is moved on by as much as the clock is (RFC 5545, 3.3.5),
    and the next one is at its usual time again. Of a time that comes twice, the first is meant;
    only the start can be the second.

    Args:
        wall: the first one's time on the wall, naive.
        fold: 1 where that time comes twice and the second is meant, else 0.
        zone: whose wall, an IANA name.
        rule: how it comes again.

    Raises:
        RepeatEndless: the rule has no end.
        RepeatTwoEnds: it has two.
        RepeatNotChosen: it has an end, and is none.
        RepeatOver: it ends before the first meeting.
        RepeatTooMany: it means more than ``MOST`` meetings.
    """
    check(rule, wall)
    first = wall.replace(tzinfo=None, fold=0)
    start = Recurrence(first, moment_of(first, fold, zone))
    if rule.repeat is Repeat.NONE:
        return [start]
    later = islice(walls(rrule_of(rule, first, zone), first, zone), 1, None)
    return [start, *(Recurrence(each, moment_of(each, 0, zone)) for each in later)]


def rrule_of(rule: Rule, wall: datetime, zone: str) -> str:
    """The rule as RFC 5545 writes it, ``FREQ=WEEKLY;INTERVAL=2;COUNT=10``; empty for none.

    An end is written in UTC, as the RFC wants it where the start has a zone.

    Args:
        rule: one that ``check`` lets pass.
        wall: the first one's time on the wall, naive.
        zone: whose wall, an IANA name.
    """
    if rule.repeat is Repeat.NONE:
        return ""
    pattern = _pattern(rule.repeat, wall.date())
    if rule.until is None:
        return f"{pattern};COUNT={rule.count}"
    end = moment_of(datetime.combine(rule.until, wall.time()), 0, zone)
    return f"{pattern};UNTIL={end:%Y%m%dT%H%M%SZ}"


def plain_rule(repeat: Repeat, wall: datetime) -> str:
    """A rule without its end that every calendar reads alike; empty where there is none.

    What comes on the 29th, the 30th or the last day of a month is told to some calendars in vain.

    Args:
        repeat: how often.
        wall: the first one's time on the wall, naive.
    """
    if repeat is Repeat.NONE or (repeat is Repeat.MONTHLY_DATE and wall.day > _FOUR_WEEKS):
        return ""
    return _pattern(repeat, wall.date())


def walls(rrule: str, wall: datetime, zone: str) -> Iterator[datetime]:
    """The times on the wall that an RRULE means, naive, the first included.

    Args:
        rrule: as ``rrule_of`` writes it.
        wall: the first one's time on the wall, naive.
        zone: whose wall, an IANA name.
    """
    from dateutil.rrule import rrulestr

    start = wall.replace(tzinfo=ZoneInfo(zone), fold=0)
    return (each.replace(tzinfo=None) for each in rrulestr(rrule, dtstart=start))


def moment_of(wall: datetime, fold: int, zone: str) -> datetime:
    """The moment, aware UTC, of a time on the wall; a skipped one is moved on with the clock."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def place_in_month(day: date) -> int:
    """The how-manieth of its weekday a day is in its month, from 1; ``LAST`` for a fifth."""
    place = (day.day - 1) // _WEEK + 1
    return place if place * _WEEK <= _FOUR_WEEKS else LAST


def check(rule: Rule, wall: datetime) -> None:
    """See that a rule can be kept; what is raised stands at ``occurrences``."""
    ends = [end for end in (rule.until, rule.count) if end is not None]
    if rule.repeat is Repeat.NONE:
        if ends:
            raise RepeatNotChosen
        return
    if not ends:
        raise RepeatEndless
    if len(ends) > 1:
        raise RepeatTwoEnds
    number = _number(rule, wall.date())
    if number < 1:
        raise RepeatOver(day=wall.date().isoformat())
    if number > MOST:
        raise RepeatTooMany(number=number, limit=MOST)


def _number(rule: Rule, start: date) -> int:
    """How many meetings a rule means; counted, not listed, for there may be millions."""
    if rule.until is None:
        return rule.count or 0
    if rule.repeat in _DAYS:
        return (rule.until - start).days // _DAYS[rule.repeat] + 1
    months = (rule.until.year - start.year) * _MONTHS + rule.until.month - start.month
    month = datetime.combine(rule.until.replace(day=1), datetime.min.time())
    last = next(walls(_pattern(rule.repeat, start), month, "UTC"))
    return months + (last.date() <= rule.until)


def _pattern(repeat: Repeat, start: date) -> str:
    """An RRULE without its end."""
    match repeat:
        case Repeat.DAILY:
            return "FREQ=DAILY"
        case Repeat.WEEKLY:
            return "FREQ=WEEKLY"
        case Repeat.FORTNIGHTLY:
            return "FREQ=WEEKLY;INTERVAL=2"
        case Repeat.MONTHLY_WEEKDAY:
            return f"FREQ=MONTHLY;BYDAY={place_in_month(start)}{_WEEKDAYS[start.weekday()]}"
        case _:
            return f"FREQ=MONTHLY;{_day_of_month(start.day)}"


def _day_of_month(day: int) -> str:
    """The same day of every month, or its last day where it is shorter.

    The RFC would leave such a month out without a word; a meeting "on the 31st" is one a month.
    """
    if day <= _FOUR_WEEKS:
        return f"BYMONTHDAY={day}"
    if day == _LONGEST_MONTH:
        return "BYMONTHDAY=-1"
    days = ",".join(str(each) for each in range(_FOUR_WEEKS, day + 1))
    return f"BYMONTHDAY={days};BYSETPOS=-1"
