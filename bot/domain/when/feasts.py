"""Public holidays and their eves: what a day is called, and which day a name means.

Which country's they are follows from the time zone; a zone without a country has none.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from bot.domain.when.words import WORKING_DAYS, feasts, plain
from storage.enums import Language

# Holidays, and eves and half days on which people are away; no name days and no school's.
_CATEGORIES: Final = ("public", "de_facto", "optional", "half_day")
_YEARS_KEPT: Final = 64

Named = Mapping[date, frozenset[str]]  # plain names


@lru_cache
def country(zone: str) -> str | None:
    """The country that a zone (an IANA name) is of, as ISO 3166 writes it; None for no country."""
    from babel.core import get_global

    found = get_global("zone_territories").get(zone)
    return None if found in {None, "001"} else str(found)


def feast(day: date, zone: str, language: Language) -> str | None:
    """What a public holiday or an eve is called; None for any other day.

    Args:
        day: by the calendar of the zone.
        zone: an IANA name.
        language: of the name, where the country's calendar is kept in it.
    """
    names = _year(zone, day.year, language).get(day)
    return names[0] if names else None


def named(zone: str) -> dict[str, tuple[str, ...]]:
    """What each name may mean that the calendar of a zone has, in both languages.

    Returns:
        By plain name, the names of the days (one of each) that :func:`days` takes.
    """
    here = {name for year in (2026, 2027) for day in _all(zone, year).values() for name in day}
    found: dict[str, set[str]] = {name: {name} for name in here}
    for ways in feasts().values():
        if there := sorted(ways & here):
            for way in ways:
                # One name stands for all: what they are called is one day.
                found.setdefault(way, set()).difference_update(there)
                found[way].add(there[0])
    return {name: tuple(sorted(means)) for name, means in found.items()}


def days(names: Iterable[str], zone: str, years: Iterable[int]) -> list[date]:
    """The days of these years that any of the names is of, in order."""
    wanted = set(names)
    return sorted(
        day for year in years for day, there in _all(zone, year).items() if there & wanted
    )


def _all(zone: str, year: int) -> Named:
    found: dict[date, set[str]] = {}
    for language in Language:
        for day, names in _year(zone, year, language).items():
            found.setdefault(day, set()).update(map(plain, names))
    return {day: frozenset(names) for day, names in found.items()}


@lru_cache(_YEARS_KEPT)
def _year(zone: str, year: int, language: Language) -> Mapping[date, tuple[str, ...]]:
    """The names of a year's holidays and eves."""
    code = country(zone)
    if code is None:
        return {}
    import holidays

    try:
        kind = holidays.country_holidays(code)
    except NotImplementedError:  # a country without a calendar
        return {}
    spoken = next((one for one in kind.supported_languages if one.startswith(language.value)), None)
    there = holidays.country_holidays(
        code,
        years=year,
        language=spoken,
        categories=[one for one in _CATEGORIES if one in kind.supported_categories],
    )
    found = {}
    for day in there:
        names = (name.partition(" (")[0] for name in there.get_list(day))
        if kept := tuple(name for name in names if name.casefold() not in WORKING_DAYS):
            found[day] = kept
    return found
