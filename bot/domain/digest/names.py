"""Which week somebody means: what weeks are called, and which there are."""

import re
from collections.abc import Iterator
from typing import Final

from bot.domain.digest import weeks
from bot.domain.digest.errors import WeekUnknown
from bot.domain.digest.weeks import Window
from bot.domain.kit.people import the_programme
from bot.domain.when.weeks import Week
from storage.desk import Desk
from storage.kit.programmes import Programme

_CHOICES: Final = 25
# Far from where dates end, by whatever clock.
_YEARS: Final = range(2000, 9999)
# A week by its number (49, v49, week 49, vecka 49), with its year before, if at all (2026-W49).
_SAID: Final = re.compile(r"(?:(\d{4})[\s-]*)?(?:v|w|week|vecka)?[\s.-]*(\d{1,2})?", re.IGNORECASE)


def weeks_named(desk: Desk, typed: str) -> list[Week]:
    """The weeks that somebody may mean who is typing, newest first, at most 25.

    The coming one is the first of all.

    Raises:
        NotSetUp: the server has no programme.
    """
    said = _SAID.fullmatch(typed.strip())
    if said is None:
        return []
    year, number = said.groups()
    found = [
        week
        for week in _all(desk, the_programme(desk))
        if (not year or week.year == int(year)) and (not number or _begins(week, number))
    ]
    if number:  # the one that is typed in full before those that begin so
        found.sort(key=lambda week: week.number != int(number))
    return found[:_CHOICES]


def week_typed(desk: Desk, typed: str) -> Week:
    """The week that somebody means: 2026-W49, or 49, v49 for the latest of this number.

    Raises:
        NotSetUp: the server has no programme.
        WeekUnknown: it is none, lies ahead, or before the programme.
    """
    said = _SAID.fullmatch(typed.strip())
    if said and said[2]:
        year, number = said.groups()
        for week in _all(desk, the_programme(desk)):
            if week.number == int(number) and (not year or week.year == int(year)):
                return week
    raise WeekUnknown(text=typed)


def need_week(value: int) -> Week:
    """The week that a number means.

    Raises:
        WeekUnknown: there is no such week, or no programme can have had it.
    """
    try:
        week = Week.on(Week.of(value).monday)
    except ValueError as error:
        raise WeekUnknown(text=str(value)) from error
    if week.year not in _YEARS:
        raise WeekUnknown(text=str(value))
    return week


def need_ended(programme: Programme, week: Week, coming: Week) -> Window:
    """What a week would have told of that is over and was never cut.

    Raises:
        WeekUnknown: it lies ahead, or before the programme.
    """
    window = weeks.nominal(programme, week)
    if window is None or week > coming:
        raise WeekUnknown(text=str(week))
    return window


def _begins(week: Week, number: str) -> bool:
    return f"{week.number}".startswith(number) or f"{week.number:02}" == number


def _all(desk: Desk, programme: Programme) -> Iterator[Week]:
    """The weeks that there are, the coming one first."""
    week, _ = weeks.coming(desk, programme)
    yield week
    while weeks.nominal(programme, week.preceding):
        week = week.preceding
        yield week
