"""Weeks, as digests have them: each ends when its digest is due, and there the next begins.

A week is known by its number in ISO 8601, in the year that this numbering counts it to.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.when.clocks import at_hour

_HUNDRED = 100
_WEEK = timedelta(weeks=1)


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
        return Week.on(self.monday + _WEEK)

    @property
    def preceding(self) -> "Week":
        """The week before."""
        return Week.on(self.monday - _WEEK)

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
