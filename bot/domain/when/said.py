"""What can be said of a meeting's start, piece by piece."""

from dataclasses import dataclass

from dateutil.relativedelta import relativedelta


class NotUnderstood(ValueError):
    """There is something in a text that no rule knows, or that does not go together."""


@dataclass(frozen=True)
class OnDate:
    """A day of a month, its year perhaps left out."""

    year: int | None
    month: int
    day: int


@dataclass(frozen=True)
class Week:
    """A numbered week of a year that may be left out, or one so many weeks ``ahead``."""

    number: int = 0
    year: int | None = None
    ahead: int | None = None


@dataclass(frozen=True)
class Clock:
    """A time of day; ``days`` later than the day that was said, for midnight at its end."""

    hour: int
    minute: int = 0
    days: int = 0


@dataclass(frozen=True)
class Said:
    """What a text says, piece by piece; what it does not say is None or empty."""

    dates: tuple[OnDate, ...] = ()
    weekday: int | None = None
    which: str = "coming"  # or "next" or "this": before a weekday
    ahead: int | None = None  # days from today
    week: Week | None = None
    length: relativedelta | None = None  # from today
    sooner: relativedelta | None = None  # hours and minutes from now
    sure: bool = True  # that ``sooner`` is meant
    clocks: tuple[Clock, ...] = ()
