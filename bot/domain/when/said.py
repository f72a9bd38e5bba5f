"""What can be said of a meeting's start, piece by piece."""

from dataclasses import dataclass
from datetime import UTC, datetime
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
class SaidWeek:
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
    week: SaidWeek | None = None
    length: relativedelta | None = None  # from today
    sooner: relativedelta | None = None  # hours and minutes from now
    sure: bool = True  # that ``sooner`` is meant
    clocks: tuple[Clock, ...] = ()


@dataclass(frozen=True)
class Start:
    """A moment as a clock on the wall shows it.

    Attributes:
        wall: naive, in the zone.
        fold: 1 for the second of an hour that comes twice, else 0.
        zone: an IANA name.
    """

    wall: datetime
    fold: int
    zone: str

    @property
    def moment(self) -> datetime:
        """Aware UTC."""
        return self.wall.replace(tzinfo=ZoneInfo(self.zone), fold=self.fold).astimezone(UTC)

    def told(self, language: Language) -> str:
        """It in words; of an hour that comes twice also how far from UTC the clock then is."""
        said = dates.wall(language, self.wall)
        here, other = (
            self.wall.replace(tzinfo=ZoneInfo(self.zone), fold=fold)
            for fold in (self.fold, 1 - self.fold)
        )
        return said if here.utcoffset() == other.utcoffset() else f"{said} ({here:UTC%z})"
