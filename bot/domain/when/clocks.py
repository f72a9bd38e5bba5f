"""Wall clocks and weeks: which moment a weekday and hour mean, and where a week ends."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_WEEK = 7
_DAY = timedelta(days=1)


def next_weekly(weekday: int, hour: int, zone: str, now: datetime) -> datetime:
    """The next moment after ``now`` at which it is this hour on this weekday.

    An hour that a clock change skips is moved on by as much as the clock is; of one that comes
    twice, the first is meant.

    Args:
        weekday: from Monday, 0.
        hour: wall-clock, 0 to 23.
        zone: an IANA name.
        now: aware.

    Returns:
        aware UTC.
    """
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    ahead = (weekday - today.weekday()) % _WEEK
    for days in (ahead, ahead + _WEEK):
        moment = at_hour(today + timedelta(days=days), hour, zone)
        if moment > now:
            break
    return moment


def at_hour(day: date, hour: int, zone: str) -> datetime:
    """The moment (aware UTC) at which it is an hour on a day, by the clock of a zone.

    An hour that a clock change skips is moved on by as much as the clock is; of one that comes
    twice, the first is meant.
    """
    # fold=0, the default, means the first of two; for a skipped hour it means "as if the
    # clock had not been changed", which on the changed clock is an hour later.
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)


def ahead_of(moment: datetime, minutes: int, zone: str) -> datetime:
    """The moment so many minutes ahead: whole days by the calendar, the rest by the clock.

    A week ahead of Tuesday 13:00 is Tuesday 13:00, though a clock change lies between; an hour
    ahead of the second 02:30 is the first.

    Args:
        moment: aware.
        minutes: at least 0.
        zone: whose calendar it is, an IANA name.

    Returns:
        aware UTC.
    """
    days, rest = divmod(timedelta(minutes=minutes), _DAY)
    return _days_from(moment, -days, zone) - rest


def end_of(moment: datetime, minutes: int, zone: str) -> datetime:
    """When something ends that begins then: whole days by the calendar, the rest by the clock.

    What takes two days from Friday 09:00 ends on Sunday at 09:00, as calendars have it.

    Args:
        moment: aware.
        minutes: at least 0.
        zone: whose calendar it is, an IANA name.

    Returns:
        aware UTC.
    """
    days, rest = divmod(timedelta(minutes=minutes), _DAY)
    return _days_from(moment, days, zone) + rest


def _days_from(moment: datetime, days: int, zone: str) -> datetime:
    """The same time on the wall, so many days later or before; within a day the moment itself."""
    if not days:
        return moment.astimezone(UTC)  # on the wall, the second of two hours would be the first
    return (moment.astimezone(ZoneInfo(zone)) + days * _DAY).astimezone(UTC)


_HUNDRED = 100
_A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, order=True)
class Week:
    """A week of ISO 8601."""

    year: int
    number: int

    @classmethod
    def of(cls, value: int) -> "Week":
        """The week that a number means, 202649: the year and its week."""
        return cls(*divmod(value, _HUNDRED))

    @classmethod
    def on(cls, day: date) -> "Week":
        """The week that a day lies in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @property
    def value(self) -> int:
        """The year and the week as one number, which grows with time: 202649."""
        return self.year * _HUNDRED + self.number

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def following(self) -> "Week":
        """The next week."""
        return Week.on(self.monday + _A_WEEK)

    @property
    def preceding(self) -> "Week":
        """The week before."""
        return Week.on(self.monday - _A_WEEK)

    def __str__(self) -> str:
        """As ISO 8601 writes it: 2026-W49."""
        return f"{self.year}-W{self.number:02}"


def ends(week: Week, weekday: int, hour: int, zone: str) -> datetime:
    """When a week's digest is due: the end of what it tells of.

    Args:
        week: which.
        weekday: from Monday, 0.
        hour: wall-clock, 0 to 23. Where a clock change skips it, it is an hour later; where it
            comes twice, the first is meant.
        zone: an IANA name.

    Returns:
        aware UTC.
    """
    return at_hour(week.monday + timedelta(days=weekday), hour, zone)


def containing(moment: datetime, weekday: int, hour: int, zone: str) -> Week:
    """The week whose digest tells of a moment (aware): the first one due after it."""
    week = Week.on(moment.date()).preceding
    while ends(week, weekday, hour, zone) <= moment:
        week = week.following
    return week
