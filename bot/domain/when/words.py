"""The words that ``when`` goes by, in Swedish and English at once, for people mix them.

They stand in ``bot/domain/when/words/when.*.txt``, but for the names of
months: those are Babel's. The words for lengths of time ("two weeks") are those of ``lengths`` too.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from storage.enums import Language

_Line = tuple[str, str, str]  # kind, meaning, one way of saying it


@cache
def _lines(language: Language) -> tuple[_Line, ...]:
    file = resources.files("bot.domain.when") / "words" / f"when.{language.value}.txt"
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


def _amounts(kind: str) -> dict[str, tuple[int, str]]:
    found = {word: means.partition(" ") for word, means in _table(kind).items()}
    return {word: (int(many), unit) for word, (many, _, unit) in found.items()}


WEEKDAYS: Final = _numbers("weekday")  # from Monday, 0
WHICH: Final = _table("which")
AHEAD: Final = _numbers("ahead")
PARTS: Final = _hours("part")
PARTS_OF_TODAY: Final = _hours("today")
WEEKS: Final = _numbers("week")
TIMES: Final = _table("time")
NUMBERS: Final = _numbers("number")
MINUTES: Final = _numbers("minutes")
COUNTS: Final = NUMBERS | _numbers("count")
TENS: Final = _numbers("tens")
UNITS: Final = _amounts("unit")
LENGTHS: Final = _amounts("length")


@cache
def words_of(language: Language) -> frozenset[str]:
    """Words by which a text is known to be of this language and not of the other."""
    by_language = {
        one: {word for _, _, said in _lines(one) for word in said.split()} for one in Language
    }
    others = set().union(*(by_language[one] for one in Language if one is not language))
    return frozenset(by_language[language] - others)


@cache
def months() -> Mapping[str, int]:
    """The names of months in Swedish and English, short and in full, and their numbers."""
    from babel import Locale

    names = {
        name.casefold().rstrip("."): number
        for language in Language
        for forms in Locale(language.value).months.values()
        for width in ("wide", "abbreviated")
        for number, name in forms[width].items()
    }
    return names | _numbers("month")


def plain(text: str) -> str:
    """Lower case, in ordinary characters, with single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return " ".join(text.translate({0x2013: "-", 0x2019: "'", 0x2212: "-"}).split())
