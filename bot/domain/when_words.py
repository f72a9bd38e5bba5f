"""The words that ``when`` goes by, in Swedish and English at once, for people mix them.

They stand in ``bot/domain/words/when.*.txt``, but for months and lengths of time ("two weeks"):
those are dateparser's. It is asked about nothing else, and only in questions to which a guess would
show, for it guesses freely: "tisdag 14" is to it the year 2114, "31 april" 2031-04-25, and
"december" the 25th if today is one.
"""

import re
from datetime import datetime
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from dateutil.relativedelta import relativedelta

from storage.enums import Language

_Line = tuple[str, str, str]  # kind, meaning, one way of saying it


@cache
def _lines(language: Language) -> tuple[_Line, ...]:
    file = resources.files("bot.domain") / "words" / f"when.{language.value}.txt"
    lines = file.read_text("utf-8").splitlines()
    rows = [re.split(r" ?\| ?", line) for line in lines if not line.startswith("#")]
    return tuple((kind, means, word) for kind, means, words in rows for word in words.split(", "))


def _table(kind: str) -> dict[str, str]:
    return {
        word: means for language in Language for of, means, word in _lines(language) if of == kind
    }


def _numbers(kind: str) -> dict[str, int]:
    return {word: int(means) for word, means in _table(kind).items()}


def _hours(kind: str) -> dict[str, tuple[int, int]]:
    found = {word: means.partition("-") for word, means in _table(kind).items()}
    return {word: (int(first), int(last)) for word, (first, _, last) in found.items()}


WEEKDAYS: Final = _numbers("weekday")  # from Monday, 0
WHICH: Final = _table("which")
AHEAD: Final = _numbers("ahead")
PARTS: Final = _hours("part")
PARTS_OF_TODAY: Final = _hours("today")
WEEKS: Final = _numbers("week")
TIMES: Final = _table("time")
NUMBERS: Final = _numbers("number")
MINUTES: Final = _numbers("minutes")
LENGTHS: Final = _table("length")
CLOCK_UNITS: Final = _table("unit")


@cache
def words_of(language: Language) -> frozenset[str]:
    """Words by which a text is known to be of this language and not of the other."""
    by_language = {
        one: {word for _, _, said in _lines(one) for word in said.split()} for one in Language
    }
    others = set().union(*(by_language[one] for one in Language if one is not language))
    return frozenset(by_language[language] - others)


# Two days between which every guess differs: their month, its length, their weekday.
_BASES: Final = (datetime(2027, 1, 15, 12), datetime(2027, 2, 16, 11))  # noqa: DTZ001 - wall clocks


@lru_cache(maxsize=512)
def month_named(word: str) -> int | None:
    """The number of the month that a word names in Swedish or English, short or in full."""
    if word in WEEKDAYS or not re.fullmatch("[a-zåäö]{3,9}", word):
        return None
    found = {_parsed(f"14 {word} 2029", base) for base in _BASES}
    day = found.pop()
    if found or day is None or (day.year, day.day, day.hour) != (2029, 14, 0):
        return None
    return day.month


@lru_cache(maxsize=512)
def length_named(ahead: str, count: str, unit: str) -> relativedelta | None:
    """How long "in 2 weeks" or "om tre dagar" is; only months and years are not days and time.

    Args:
        ahead: "in" or "om".
        count: digits or a word.
        unit: a word that may be one for a length of time.
    """
    count = str(NUMBERS.get(count, count))
    if unit in WEEKDAYS:
        return None
    ends = [_parsed(f"{ahead} {count} {unit}", base) for base in _BASES]
    if None in ends:
        return None
    spans = [end - base for end, base in zip(ends, _BASES, strict=True) if end]
    if spans[0] == spans[1]:
        return relativedelta(days=spans[0].days, seconds=spans[0].seconds)
    # Not the same number of days, so it must be the same by the calendar.
    apart = {relativedelta(end, base) for end, base in zip(ends, _BASES, strict=True)}
    return apart.pop() if len(apart) == 1 else None


def _parsed(text: str, base: datetime) -> datetime | None:
    import dateparser

    return dateparser.parse(
        text,
        languages=["sv", "en"],
        settings={
            "RELATIVE_BASE": base,
            "STRICT_PARSING": True,
            "PREFER_DATES_FROM": "future",
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
