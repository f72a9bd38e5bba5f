"""Moments and spans as people write them in each language."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot.i18n.words import Words
from storage.enums import Language

_MOMENT = {Language.SV: "EEEE d MMMM 'kl.' HH:mm", Language.EN: "EEEE d MMMM 'at' HH:mm"}
_WALL = {Language.SV: "EEEE d MMMM y 'kl.' HH:mm", Language.EN: "EEEE d MMMM y 'at' HH:mm"}
_DAY = "EEEE d MMMM y"
_DATE = "d MMMM y"
_UNITS = (("week", 7 * 24 * 60), ("day", 24 * 60), ("hour", 60), ("minute", 1))


def moment(language: Language, when: datetime, zone: str) -> str:
    """A day and time: ``torsdag 3 december kl. 09:00``, ``Thursday 3 December at 09:00``.

    Args:
        language: whose words are used.
        when: aware.
        zone: an IANA name; where the clock hangs that shows the time.
    """
    from babel.dates import format_datetime

    return format_datetime(
        when.astimezone(ZoneInfo(zone)), _MOMENT[language], locale=language.value
    )


def wall(language: Language, when: datetime) -> str:
    """What a clock on the wall shows, with its year: ``torsdag 3 december 2026 kl. 09:00``.

    Args:
        language: whose words are used.
        when: naive.
    """
    from babel.dates import format_datetime

    return format_datetime(when, _WALL[language], locale=language.value)


def day(language: Language, when: date) -> str:
    """A day with its year: ``torsdag 3 december 2026``."""
    from babel.dates import format_date

    return format_date(when, _DAY, locale=language.value)


def plain_day(language: Language, when: date) -> str:
    """A day with its year, without its weekday: ``3 december 2026``, ``3 December 2026``."""
    from babel.dates import format_date

    return format_date(when, _DATE, locale=language.value)


def since(words: Words, when: datetime, zone: str) -> str:
    """From a moment (aware) on, by the clock of a zone: ``sedan 29 november kl. 20``."""
    from babel.dates import format_date

    local = when.astimezone(ZoneInfo(zone))
    clock = f"{local:%H:%M}"
    if words.language is Language.SV:
        clock = f"{local.hour}.{local:%M}" if local.minute else str(local.hour)
    day = format_date(local, "d MMMM", locale=words.language.value)
    return words("digest.since", day=day, clock=clock)


def ordinal(words: Words, number: int) -> str:
    """A place in a row: ``3rd``, ``3:e``; which ending it takes is CLDR's."""
    from babel import Locale

    form = Locale(words.language.value).ordinal_form(number)
    return words(f"ordinal.{form}", number=number)


def either(language: Language, said: Sequence[str]) -> str:
    """A choice between things: ``måndag, tisdag eller onsdag``."""
    from babel.lists import format_list

    return format_list(said, style="or", locale=language.value)


@cache
def weekday(language: Language, number: int) -> str:
    """The name of a weekday within a sentence, counted from Monday, 0."""
    from babel.dates import get_day_names

    names = get_day_names("wide", "stand-alone", locale=language.value)
    return str(names[number])


def span(words: Words, minutes: int) -> str:
    """A length of time in its largest whole unit: ``1 week``, ``90 minuter``."""
    unit, length = next(found for found in _UNITS if minutes % found[1] == 0)
    return words(f"span.{unit}", n=minutes // length)
