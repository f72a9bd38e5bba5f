"""Which times of a meeting fall on public holidays and eves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.when.feasts import feast
from storage.enums import Language
from storage.meetings.meetings import Occurrence


@dataclass(frozen=True)
class FeastDay:
    """A day, by the calendar of a meeting, and what it is called."""

    day: date
    name: str


def on(times: Sequence[Occurrence], zone: str, language: Language) -> tuple[FeastDay, ...]:
    """The holidays and eves that times of a meeting fall on, each once, in order.

    Args:
        times: as the meeting has them.
        zone: of the meeting; it tells whose holidays they are.
        language: of their names.
    """
    return days([_day(time) for time in times], zone, language)


def days(found: Sequence[date], zone: str, language: Language) -> tuple[FeastDay, ...]:
    """The holidays and eves among days, each once, in order."""
    named = ((day, feast(day, zone, language)) for day in dict.fromkeys(found))
    return tuple(FeastDay(day, name) for day, name in named if name)


def among(times: Sequence[Occurrence], zone: str, language: Language) -> list[Occurrence]:
    """Those of the times that fall on a holiday or an eve."""
    return [time for time in times if feast(_day(time), zone, language)]


def _day(time: Occurrence) -> date:
    return datetime.fromisoformat(time.wall).date()
