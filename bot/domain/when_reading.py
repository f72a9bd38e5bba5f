"""Taking apart what somebody typed for a meeting's start: which day, and what time of day.

Nothing is left over: one word that is not known, and none of it is understood.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from dateutil.relativedelta import relativedelta

from bot.domain.when_words import (
    AHEAD,
    CLOCK_UNITS,
    LENGTHS,
    MIDNIGHT,
    MINUTES,
    NOON,
    NUMBERS,
    PARTS,
    PARTS_OF_TODAY,
    WEEKDAYS,
    WEEKS,
    WHICH,
    length_named,
    month_named,
    words_of,
)
from storage.enums import Language

LONGEST: Final = 100
_MONTHS: Final = 12
_NOON: Final = 12
_DAY: Final = 24
_HOUR_LONG: Final = 60
# From this hour on, a working day's, an hour without "am" or "pm" is taken as it is written.
_CLEAR_FROM: Final = 8


class NotUnderstood(ValueError):
    """There is something in the text that no rule knows."""


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
    which: str = ""  # "next" or "this" weekday
    ahead: int | None = None  # days from today
    week: Week | None = None
    length: relativedelta | None = None  # from today
    sooner: relativedelta | None = None  # hours and minutes from now
    clocks: tuple[Clock, ...] = ()


_MIDNIGHT: Final = (Clock(0), Clock(0, days=1))


def read(text: str, language: Language) -> Said:
    """What a text says.

    Args:
        text: as typed.
        language: how hours are read where the text's own words do not tell its language.

    Raises:
        NotUnderstood: not all of it could be read, or it says the same thing twice.
    """
    return _Reader(_plain(text), language).read()


def _plain(text: str) -> str:
    """Lower case, in ordinary characters, with single spaces."""
    if len(text) > LONGEST:
        raise NotUnderstood
    text = unicodedata.normalize("NFKC", text).casefold()
    text = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return " ".join(text.translate({0x2013: "-", 0x2019: "'", 0x2212: "-"}).split())


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_END: Final = r"(?![0-9a-zåäö])"
_NOT_MORE: Final = r"(?![0-9a-zåäö]|[-:./][0-9])"
_HOUR: Final = f"({_any(NUMBERS)}|[0-9]{{1,2}})"
_TH: Final = "(?:st|nd|rd|th|:e|:a|e|a)?"
_YEAR: Final = r"(?:(?:,? |-)([0-9]{4})(?![0-9a-zåäö]|[-:./][0-9]))?"


class _Reader:
    """Goes through a text from left to right, by the first rule that fits at each place."""

    def __init__(self, text: str, language: Language) -> None:
        self._text = text
        self._found: dict[str, object] = {}
        self._hour: tuple[int, int, bool] | None = None  # as written; whether it is plain
        self._part: tuple[int, int] | None = None
        self._clocks: tuple[Clock, ...] = ()
        self._language = self._spoken(language)

    def _spoken(self, reader: Language) -> Language:
        words = set(re.findall("[a-zåäö]+", self._text))
        spoken = [language for language in Language if words & words_of(language)]
        return spoken[0] if len(spoken) == 1 else reader

    def read(self) -> Said:
        at = 0
        while at < len(self._text):
            if self._text[at] in " ,.;":
                at += 1
                continue
            at = self._next(at)
        return Said(**self._found, clocks=self._times())  # type: ignore[arg-type]

    def _next(self, at: int) -> int:
        for pattern, rule in _RULES:
            match = pattern.match(self._text, at)
            if match and rule(self, match):
                return match.end()
        raise NotUnderstood

    def _put(self, **found: object) -> bool:
        if found.keys() & self._found.keys():
            raise NotUnderstood
        self._found |= found
        return True

    # --- days

    def iso(self, match: re.Match[str]) -> bool:
        year, _, month, day = match.groups()
        self._language = Language.SV  # a 24-hour clock goes with it
        return self._put(dates=(OnDate(int(year), int(month), int(day)),))

    def iso_week(self, match: re.Match[str]) -> bool:
        year, week, day = map(int, match.groups())
        return self._put(week=Week(week, year), weekday=day - 1)

    def numbers(self, match: re.Match[str]) -> bool:
        """``3/12`` is 3 December to some and 12 March to others."""
        first, second = int(match[1]), int(match[3])
        year = int(match[4]) if match[4] else None
        both = {OnDate(year, second, first), OnDate(year, first, second)}
        dates = [date for date in both if 1 <= date.month <= _MONTHS]
        if not dates:
            raise NotUnderstood
        return self._put(dates=tuple(sorted(dates, key=lambda date: date.month, reverse=True)))

    def day_month(self, match: re.Match[str]) -> bool:
        return self._date(match[1], match[2], match[3])

    def month_day(self, match: re.Match[str]) -> bool:
        return self._date(match[2], match[1], match[3])

    def _date(self, day: str, word: str, year: str | None) -> bool:
        month = month_named(word)
        if month is None:
            return False
        return self._put(dates=(OnDate(int(year) if year else None, month, int(day)),))

    def week(self, match: re.Match[str]) -> bool:
        return self._put(week=Week(int(match[1]), int(match[2]) if match[2] else None))

    def week_ahead(self, match: re.Match[str]) -> bool:
        return self._put(week=Week(ahead=WEEKS[match[1]]))

    def ahead(self, match: re.Match[str]) -> bool:
        return self._put(ahead=AHEAD[match[1]])

    def part_of_today(self, match: re.Match[str]) -> bool:
        return self._put(ahead=0) and self._put_part(PARTS_OF_TODAY[match[0]])

    def weekday(self, match: re.Match[str]) -> bool:
        which = WHICH[match[1]] if match[1] else ""
        return self._put(weekday=WEEKDAYS[match[2]], which=which)

    def length(self, match: re.Match[str]) -> bool:
        said = f"in {LENGTHS[match[2]]}" if match[2] else f"{match[1]} {match[3]} {match[4]}"
        ahead, count, unit = said.split()
        length = length_named(ahead, count, unit)
        if length is None:
            return False
        return self._put(**{"sooner" if unit in CLOCK_UNITS else "length": length})

    # --- times of day

    def noon(self, match: re.Match[str]) -> bool:
        return self._put_clocks(Clock(_NOON))

    def midnight(self, match: re.Match[str]) -> bool:
        """Of a day, its start to some and its end to others."""
        return self._put_clocks(*_MIDNIGHT)

    def am_pm(self, match: re.Match[str]) -> bool:
        hour, minute = int(match[1]), int(match[2] or 0)
        if not 1 <= hour <= _NOON:
            raise NotUnderstood
        if hour == _NOON and match[3] == "a":  # midnight by the book, noon to many
            return self._put_clocks(Clock(0, minute), Clock(_NOON, minute))
        return self._put_clocks(Clock(hour % _NOON + (_NOON if match[3] == "p" else 0), minute))

    def hour_minute(self, match: re.Match[str]) -> bool:
        swedish = self._language is Language.SV
        return self._put_hour(int(match[1]), int(match[2]), swedish or match[1][0] == "0")

    def hour(self, match: re.Match[str]) -> bool:
        return self._put_hour(_number(match[1]), 0, match[1][0] == "0")

    def spoken(self, match: re.Match[str]) -> bool:
        """``kvart över två``, ``fem i halv tre``, ``half past two``."""
        said, direction, half, hour = match.groups()
        if said is None and half is None:
            return False
        minutes = MINUTES.get(said) or int(said) if said else 0
        back = direction in {"i", "to"}
        total = _number(hour) * _HOUR_LONG + (-minutes if back else minutes)
        total -= _HOUR_LONG // 2 if half else 0
        # "Halv ett" is half past twelve.
        total += _NOON * _HOUR_LONG if total < _HOUR_LONG else 0
        return self._put_hour(*divmod(total, _HOUR_LONG), plain=False)

    def part(self, match: re.Match[str]) -> bool:
        return self._put_part(PARTS[match[0]])

    def nothing(self, match: re.Match[str]) -> bool:
        return True

    def _put_clocks(self, *clocks: Clock) -> bool:
        if self._clocks or self._hour:
            raise NotUnderstood
        self._clocks = clocks
        return True

    def _put_hour(self, hour: int, minute: int, plain: bool) -> bool:
        if (hour, minute) == (_DAY, 0):
            return self._put_clocks(*_MIDNIGHT)
        if self._clocks or self._hour or hour >= _DAY or minute >= _HOUR_LONG:
            raise NotUnderstood
        self._hour = (hour, minute, plain)
        return True

    def _put_part(self, part: tuple[int, int]) -> bool:
        if self._part:
            raise NotUnderstood
        self._part = part
        return True

    def _times(self) -> tuple[Clock, ...]:
        """Every time of day that was meant, perhaps."""
        if self._hour is None:
            if not all(self._fits(clock.hour) for clock in self._clocks):
                raise NotUnderstood  # "2 pm in the morning"
            return self._clocks
        hour, minute, plain = self._hour
        hours = [hour] if hour > _NOON or hour == 0 else [hour % _NOON, hour % _NOON + _NOON]
        if self._part:
            hours = [found for found in hours if self._fits(found)]
            if len(hours) != 1:
                raise NotUnderstood
        elif plain or not 1 <= hour < _CLEAR_FROM:
            hours = [hour]
        return tuple(Clock(found, minute) for found in hours)

    def _fits(self, hour: int) -> bool:
        return self._part is None or self._part[0] <= hour <= self._part[1]


def _number(text: str) -> int:
    return NUMBERS.get(text) or int(text)


_Rule = Callable[[_Reader, re.Match[str]], bool]
_RULES: Final[tuple[tuple[re.Pattern[str], _Rule], ...]] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (
            rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}})(?:t(?=[0-9])|{_NOT_MORE})",
            _Reader.iso,
        ),
        (rf"([0-9]{{4}})-?w([0-9]{{2}})-?([1-7])(?:t(?=[0-9])|{_NOT_MORE})", _Reader.iso_week),
        (rf"([0-9]{{1,2}})([-/.])([0-9]{{1,2}})[-/.]([0-9]{{4}}){_NOT_MORE}", _Reader.numbers),
        (rf"([0-9]{{1,2}})(/)([0-9]{{1,2}})(){_NOT_MORE}", _Reader.numbers),
        (
            rf"([0-9]{{1,2}}){_TH}\.? ?(?:of |i )?([a-zåäö]{{3,9}}){_END}\.?{_YEAR}",
            _Reader.day_month,
        ),
        (
            rf"([a-zåäö]{{3,9}})\.? (?:the )?([0-9]{{1,2}}){_TH}{_NOT_MORE}{_YEAR}",
            _Reader.month_day,
        ),
        (rf"(?:i |in |of )?(?:vecka|v\.?|week|w) ?([0-9]{{1,2}}){_NOT_MORE}{_YEAR}", _Reader.week),
        (rf"(?:i |in |of )?({_any(WEEKS)}){_END}", _Reader.week_ahead),
        (rf"({_any(PARTS_OF_TODAY)}){_END}", _Reader.part_of_today),
        (rf"(?:the )?({_any(AHEAD)}){_END}", _Reader.ahead),
        (rf"(?:({_any(WHICH)}) )?({_any(WEEKDAYS)}){_END}", _Reader.weekday),
        (rf"(?:{_any(PARTS)}){_END}", _Reader.part),
        (
            rf"(om|in) (?:({_any(LENGTHS)})|([0-9]{{1,3}}|[a-zåäö]+) ?([a-zåäö]+)){_END}",
            _Reader.length,
        ),
        (rf"(?:12 )?(?:{_any(NOON)}){_END}", _Reader.noon),
        (rf"(?:12 )?(?:{_any(MIDNIGHT)}){_END}", _Reader.midnight),
        (rf"([0-9]{{1,2}})(?:[:.]([0-9]{{2}}))? ?([ap])(?:m|\.m\.?){_END}", _Reader.am_pm),
        (rf"([0-9]{{1,2}})[:.]([0-9]{{2}})(?::00)?{_NOT_MORE}", _Reader.hour_minute),
        (rf"(?:kl\.?|klockan|at) ?([0-9]{{2}})([0-9]{{2}}){_NOT_MORE}", _Reader.hour_minute),
        (
            rf"(?:a )?(?:({_any(MINUTES)}|[0-9]{{1,2}}) (?:minutes |minuter )?(över|i|past|to) )?(halv )?{_HOUR}{_NOT_MORE}",
            _Reader.spoken,
        ),
        (rf"{_HOUR}{_NOT_MORE}(?: o'?clock)?", _Reader.hour),
        (rf"(?:(?:on|at|the|of|den|på|klockan){_END}|kl\.?(?![a-zåäö])|@)", _Reader.nothing),
    )
)
