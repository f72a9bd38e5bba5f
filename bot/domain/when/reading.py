"""Taking apart what somebody typed for a meeting's start: which day, and what time of day.

Nothing is left over: one word that is not known, and none of it is understood.
"""

import re
from collections.abc import Callable
from typing import Final

from dateutil.relativedelta import relativedelta

from bot.domain.when import lengths, patterns
from bot.domain.when.said import Clock, NotUnderstood, OnDate, Said, SaidWeek
from bot.domain.when.words import (
    AHEAD,
    MINUTES,
    NUMBERS,
    PARTS,
    PARTS_OF_TODAY,
    TIMES,
    WEEKDAYS,
    WEEKS,
    WHICH,
    months,
    plain,
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
# "In 5 m" is in five minutes, and to some in five months.
_MAY_BE_MONTHS: Final = re.compile(r"(?:[0-9]+ ?|[\w-]+ )m\.?")

# Of a day, midnight is its start to some and its end to others.
_MIDNIGHT: Final = (Clock(0), Clock(0, days=1))
_BY_NAME: Final = {"noon": (Clock(_NOON),), "midnight": _MIDNIGHT}


def read(text: str, language: Language) -> Said:
    """What a text says.

    Args:
        text: as typed.
        language: how hours are read where the text's own words do not tell its language.

    Raises:
        NotUnderstood: not all of it could be read, or it says the same thing twice.
    """
    if len(text) > LONGEST:
        raise NotUnderstood
    return _Reader(plain(text), language).read()


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
        return self._put(week=SaidWeek(week, year), weekday=day - 1)

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
        month = months().get(word)
        if month is None:
            return False
        return self._put(dates=(OnDate(int(year) if year else None, month, int(day)),))

    def week(self, match: re.Match[str]) -> bool:
        return self._put(week=SaidWeek(int(match[1]), int(match[2]) if match[2] else None))

    def week_ahead(self, match: re.Match[str]) -> bool:
        return self._put(week=SaidWeek(ahead=WEEKS[match[1]]))

    def ahead(self, match: re.Match[str]) -> bool:
        return self._put(ahead=AHEAD[match[1]])

    def part_of_today(self, match: re.Match[str]) -> bool:
        return self._put(ahead=0) and self._put_part(PARTS_OF_TODAY[match[0]])

    def weekday(self, match: re.Match[str]) -> bool:
        which = WHICH[match[1]] if match[1] else "coming"
        return self._put(weekday=WEEKDAYS[match[2]], which=which)

    def length(self, match: re.Match[str]) -> bool:
        amounts = lengths.amounts(match[1])
        if amounts.keys() == {"minutes"}:
            sure = not _MAY_BE_MONTHS.fullmatch(match[1])
            return self._put(sooner=relativedelta(minutes=round(amounts["minutes"])), sure=sure)
        if "minutes" in amounts or any(amount.denominator > 1 for amount in amounts.values()):
            raise NotUnderstood  # "in 1 day 2 hours", "in 1.5 weeks"
        days, months_ahead = (int(amounts.get(of, 0)) for of in ("days", "months"))
        return self._put(length=relativedelta(days=days, months=months_ahead))

    # --- times of day

    def by_name(self, match: re.Match[str]) -> bool:
        return self._put_clocks(*_BY_NAME[TIMES[match[1]]])

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
        (patterns.ISO, _Reader.iso),
        (patterns.ISO_WEEK, _Reader.iso_week),
        (patterns.NUMBERS, _Reader.numbers),
        (patterns.NUMBERS_WITHOUT_YEAR, _Reader.numbers),
        (patterns.DAY_MONTH, _Reader.day_month),
        (patterns.MONTH_DAY, _Reader.month_day),
        (patterns.WEEK, _Reader.week),
        (patterns.WEEK_AHEAD, _Reader.week_ahead),
        (patterns.PART_OF_TODAY, _Reader.part_of_today),
        (patterns.AHEAD, _Reader.ahead),
        (patterns.WEEKDAY, _Reader.weekday),
        (patterns.PART, _Reader.part),
        (patterns.LENGTH, _Reader.length),
        (patterns.BY_NAME, _Reader.by_name),
        (patterns.AM_PM, _Reader.am_pm),
        (patterns.HOUR_MINUTE, _Reader.hour_minute),
        (patterns.FOUR_DIGITS, _Reader.hour_minute),
        (patterns.SPOKEN, _Reader.spoken),
        (patterns.HOUR, _Reader.hour),
        (patterns.FILLER, lambda *_: True),
    )
)
