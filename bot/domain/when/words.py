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

_FIFTH: Final = 5  # no month has a weekday more often
_OF_BOTH: Final = {"feast", "working"}  # which say nothing of the text that they stand in
_SIGNS: Final = {
    "\N{MINUS SIGN}": "-",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
}
# Who has no å on the keyboard writes "nasta lordag".
_WITHOUT_MARKS: Final = str.maketrans("åäö", "aao")
_Line = tuple[str, str, str]  # kind, meaning, one way of saying it


@cache
def _lines(language: Language) -> tuple[_Line, ...]:
    file = resources.files("bot.domain.when") / "words" / f"when.{language.value}.txt"
    lines = file.read_text("utf-8").splitlines()
    rows = [re.split(r" ?\| ?", line) for line in lines if not line.startswith("#")]
    return tuple(
        (kind, means, way)
        for kind, means, words in rows
        for word in words.split(", ")
        for way in dict.fromkeys((word, word.translate(_WITHOUT_MARKS)))
    )


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
SHORT_WEEKDAYS: Final = _numbers("short")
WHICH: Final = _table("which")
AHEAD: Final = _numbers("ahead")
PARTS: Final = _hours("part")
PARTS_OF_TODAY: Final = _hours("today")
WEEKS: Final = _numbers("week")
MONTHS_AHEAD: Final = _numbers("months")
ORDINALS: Final = _numbers("ordinal")
PLACES: Final = _numbers("place") | {word: of for word, of in ORDINALS.items() if of <= _FIFTH}
TIMES: Final = _table("time")
NUMBERS: Final = _numbers("number")
MINUTES: Final = _numbers("minutes")
COUNTS: Final = NUMBERS | _numbers("count")
TENS: Final = _numbers("tens")
WORKING_DAYS: Final = _table("working")
UNITS: Final = _amounts("unit")
AND_A_HALF: Final = _table("half")
LENGTHS: Final = _amounts("length")


# "1 1/2 timme"; without a unit of the clock behind it, 1/2 is a date.
_OF_CLOCKS: Final = "|".join(word for word, (_, of) in UNITS.items() if of == "minutes")
_HALF_IN_FIGURES: Final = re.compile(
    rf"(?<![0-9/])1/2(?= (?:{_OF_CLOCKS})(?![a-zåäö]))", re.IGNORECASE
)


@cache
def words_of(language: Language) -> frozenset[str]:
    """Words by which a text is known to be of this language and not of the other."""
    by_language = {
        one: {word for of, _, said in _lines(one) if of not in _OF_BOTH for word in said.split()}
        for one in Language
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


@cache
def feasts() -> Mapping[str, frozenset[str]]:
    """The days of the calendar that have names: what each is called, in both languages."""
    ways: dict[str, set[str]] = {}
    for language in Language:
        for of, means, word in _lines(language):
            if of == "feast":
                ways.setdefault(means, set()).add(plain(word))
    return {means: frozenset(words) for means, words in ways.items()}


def plain(text: str) -> str:
    """Lower case, in ordinary characters, with single spaces; a half in decimals."""
    text = "½".join(unicodedata.normalize("NFKC", part) for part in text.split("½"))
    text = _HALF_IN_FIGURES.sub("½", text)
    text = re.sub(r"(?<![0-9])½", "0,5", re.sub(r"([0-9]) ?½", r"\1,5", text.casefold()))
    text = "".join(_sign(c) for c in text)
    return " ".join(text.split())


def _sign(char: str) -> str:
    """A blank for any kind of it, and for what is not seen; a hyphen for any dash."""
    kind = unicodedata.category(char)
    if kind[0] in "CZ":
        return " "
    return "-" if kind == "Pd" else _SIGNS.get(char, char)
