"""What can be said of a meeting's start, piece by piece."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.i18n import dates
from storage.enums import Language


class NotUnderstood(ValueError):
    """There is something in a text that no rule knows, or that does not go together."""


@dataclass(frozen=True)
class OnDate:
    """A day of a month, its year perhaps left out."""

    year: int | None
    month: int
    day: int


@dataclass(frozen=True)
class OnDates:
    """What a date may mean: ``3/12`` is 3 December to some and 12 March to others."""

    either: tuple[OnDate, ...]


@dataclass(frozen=True)
class InMonth:
    """A day of a month that is not named: the next, or of the month so many months ``ahead``."""

    day: int
    ahead: int | None = None


@dataclass(frozen=True)
class Nth:
    """The how-manieth of a weekday (-1: the last) in a month, or so many months ``ahead``."""

    place: int
    weekday: int
    month: int | None = None
    year: int | None = None
    ahead: int = 0


@dataclass(frozen=True)
class DaysAhead:
    """So many days from today."""

    days: int


@dataclass(frozen=True)
class SaidWeek:
    """A numbered week of a year that may be left out, or one so many weeks ``ahead``."""

    number: int = 0
    year: int | None = None
    ahead: int | None = None


@dataclass(frozen=True)
class Later:
    """Some time from today; with ``weekday``, from that: "a week on Tuesday"."""

    length: relativedelta
    weekday: int | None = None


@dataclass(frozen=True)
class Feast:
    """A day that the calendar has a name for, perhaps several: "midsommar"."""

    names: tuple[str, ...]
    year: int | None = None


Day = OnDates | InMonth | Nth | DaysAhead | SaidWeek | Later | Feast


@dataclass(frozen=True)
class Clock:
    """A time of day; ``days`` later than the day that was said, for midnight at its end.

    Where a range was said, ``until`` is its end.
    """

    hour: int
    minute: int = 0
    days: int = 0
    until: "Clock | None" = None


@dataclass(frozen=True)
class Said:
    """What a text says, piece by piece; what it does not say is None or empty.

    Attributes:
        weekday: from Monday, 0.
        which: "next" or "this", or "coming" where neither stands before the weekday.
        sooner: hours and minutes from now.
        stamps: seconds of Unix time: a start, and perhaps an end.
        clocks: what the time of day may be, the likelier first.
        part: its first and last hour, where only a part of the day was said.
        sure: that one is meant if it alone is left to choose.
    """

    day: Day | None = None
    weekday: int | None = None
    which: str = "coming"
    sooner: relativedelta | None = None
    stamps: tuple[int, ...] = ()
    clocks: tuple[Clock, ...] = ()
    part: tuple[int, int] | None = None
    sure: bool = True


@dataclass(frozen=True)
class Start:
    """A moment as a clock on the wall shows it.

    Attributes:
        wall: naive, in the zone.
        fold: 1 for the second of an hour that comes twice, else 0.
        zone: an IANA name.
        minutes: how long it lasts, where that was said with it ("9-11").
    """

    wall: datetime
    fold: int
    zone: str
    minutes: int | None = None

    @property
    def moment(self) -> datetime:
        """Aware UTC."""
        return self.wall.replace(tzinfo=ZoneInfo(self.zone), fold=self.fold).astimezone(UTC)

    @property
    def end(self) -> "Start | None":
        """When it ends, where that was said with it."""
        if self.minutes is None:
            return None
        there = (self.moment + timedelta(minutes=self.minutes)).astimezone(ZoneInfo(self.zone))
        return Start(there.replace(tzinfo=None, fold=0), there.fold, self.zone)

    def lasting(self, minutes: int | None) -> "Start":
        """The same start of something that lasts so long; None for what was not said."""
        return replace(self, minutes=minutes)

    @property
    def typed(self) -> str:
        """It as somebody would type it, who is then not asked: ``2026-12-03 13:00-15:00``."""
        end = self.end
        both = [self, end] if end else [self]
        if any(each.apart for each in both):
            return "-".join(f"<t:{int(each.moment.timestamp())}:F>" for each in both)
        return f"{self.wall:%Y-%m-%d %H:%M}" + (f"-{end.wall:%H:%M}" if end else "")

    def told(self, language: Language) -> str:
        """It in words, with its end; of an hour that comes twice also how far from UTC it is."""
        said = dates.wall(language, self.wall) + self.apart
        end = self.end
        return said if end is None else f"{said}\N{EN DASH}{end.wall:%H:%M}{end.apart}"

    @property
    def apart(self) -> str:
        """Of an hour that comes twice, how far from UTC the clock then is; else empty."""
        here, other = (
            self.wall.replace(tzinfo=ZoneInfo(self.zone), fold=fold)
            for fold in (self.fold, 1 - self.fold)
        )
        return "" if here.utcoffset() == other.utcoffset() else f" ({here:UTC%z})"
