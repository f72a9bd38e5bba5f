"""Rules of reading for the day: each takes what fits its pattern (``patterns``) apart."""

import re
from contextlib import suppress
from typing import Final

from dateutil.relativedelta import relativedelta

from bot.domain.when import lengths, patterns
from bot.domain.when.hour_rules import in_figures
from bot.domain.when.hours import USUAL_MINUTES
from bot.domain.when.pieces import Piece, Text, Ways, at_hour, on_dates, one
from bot.domain.when.said import (
    DaysAhead,
    InMonth,
    Later,
    NotUnderstood,
    Nth,
    OnDate,
    OnDates,
    SaidWeek,
)
from bot.domain.when.words import (
    AHEAD,
    MONTHS_AHEAD,
    ORDINALS,
    PARTS_OF_TODAY,
    PLACES,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    WEEKS,
    WHICH,
    months,
)
from storage.enums import Language

_MONTHS: Final = 12
_CENTURY: Final = 2000
# "In 5 m" is in five minutes, and to some in five months.
_MAY_BE_MONTHS: Final = re.compile(r"(?:[0-9]+ ?|[\w-]+ )m\.?")


def _stamp(_: Text, match: re.Match[str]) -> Ways:
    return one(match, stamps=tuple(int(stamp) for stamp in match.groups() if stamp))


def _iso(_: Text, match: re.Match[str]) -> Ways | None:
    year, between, month, day = match.groups()
    if not between and (len(month) + len(day) < len("1203") or not year.startswith("20")):
        return None
    return on_dates(match, OnDate(int(year), int(month), int(day)))


def _iso_week(_: Text, match: re.Match[str]) -> Ways:
    year, week, day = map(int, match.groups())
    return one(match, day=SaidWeek(week, year), weekday=day - 1)


def _numbers(text: Text, match: re.Match[str]) -> Ways:
    """``3/12/26``: in Swedish never American; ``26-12-03`` may begin with its year."""
    first, *rest = match.groups()
    second = int(next(filter(str.isdigit, filter(None, rest))))
    dashed, said = "-" in rest, str(match[match.lastindex or 0])
    found = _day_first(text, int(first), second, _whole_year(said))
    if dashed and len(said) < len("2026") and len(first) > 1:
        found.append(OnDate(_whole_year(first), second, int(said)))
    return on_dates(match, *found)


def _numbers_without_year(text: Text, match: re.Match[str]) -> Ways:
    first, second, *years = match.groups()
    ways = on_dates(match, *_day_first(text, int(first), int(second), year_of(*years)))
    if not years[0]:
        return ways
    return [*ways, *_hour_not_year(match, 3, _day_first(text, int(first), int(second), None))]


def _day_first(text: Text, first: int, second: int, year: int | None) -> list[OnDate]:
    found = [OnDate(year, second, first)]
    if text.language is Language.EN and first != second:
        found.append(OnDate(year, first, second))
    return [date for date in found if 1 <= date.month <= _MONTHS] or found[:1]


def _dotted(text: Text, match: re.Match[str]) -> Ways | None:
    """``3.12``, a date, and ``9.10``, perhaps an hour: both, where both can be.

    It is no hour behind *den*, nor alone where it ends in a dot or nobody meets so: ``4.12``.
    """
    day, month, year = int(match[1]), int(match[2]), match[3]
    if not (1 <= month <= _MONTHS and 1 <= day <= 31):  # noqa: PLR2004
        return None
    dates = [OnDate(None, month, day)]
    if year:
        within = [OnDate(int(year), month, day)]
        return [*on_dates(match, *within), *_hour_not_year(match, 3, dates)]
    ways = on_dates(match, *dates)
    alone = match[0] == text.plain and (match[0].endswith(".") or month % USUAL_MINUTES > 0)
    if len(match[2]) > 1 and match[0][0].isdigit() and not alone:
        with suppress(NotUnderstood):
            hour = in_figures(match[1], match[2])
            ways.append((at_hour(hour), match.end()))
    return ways


def _day_month(text: Text, match: re.Match[str]) -> Ways | None:
    day, word, month, *year = match.groups()
    ways = _date(match, day, word, month, year)
    # In English, "8 december 12" may be the twelfth, at eight.
    later = text.after(match, r" ?([0-9]{1,2})(?![0-9:.]|[a-zåäö]| ?[ap]\.?m)")
    if ways and later and day and text.language is Language.EN and not any(year):
        hour, date = in_figures(day), OnDate(None, months()[month], int(later[1]))
        if hour.bare:
            ways.append((at_hour(hour) | {"day": OnDates((date,))}, later.end()))
    return ways


def _month_day(_: Text, match: re.Match[str]) -> Ways | None:
    month, day, word, *year = match.groups()
    return _date(match, day, word, month, year)


def _date(
    match: re.Match[str],
    day: str | None,
    word: str | None,
    month: str,
    year: list[str | None],
) -> Ways | None:
    number = months().get(month)
    if number is None:
        return None
    of = int(day) if day else ORDINALS[str(word)]
    ways = on_dates(match, OnDate(year_of(*year), number, of))
    if not year[0]:
        return ways
    return [*ways, *_hour_not_year(match, 4, [OnDate(None, number, of)])]


def _hour_not_year(match: re.Match[str], at: int, dates: list[OnDate]) -> Ways:
    """Of a date with four figures behind it, which may be an hour: "3 december 2030"."""
    figures = match[at]
    try:
        hour = in_figures(figures[:2], figures[2:])
    except NotUnderstood:
        return []
    return [(at_hour(hour) | {"day": OnDates(tuple(dates))}, match.end())]


def _in_month(_: Text, match: re.Match[str]) -> Ways:
    figures, word, alone, of = match.groups()
    day = ORDINALS[word] if word else int(figures or alone)
    return one(match, day=InMonth(day, MONTHS_AHEAD[of] if of else None))


def _weekday_day(_: Text, match: re.Match[str]) -> Ways:
    return one(match, weekday=WEEKDAYS[match[1]], day=InMonth(int(match[2])))


def _nth(_: Text, match: re.Match[str]) -> Ways | None:
    place, weekday, ahead, month, *year = match.groups()
    if month and month not in months():
        return None
    which = PLACES[place] if place in PLACES else int(place[0])
    day = WEEKDAYS[weekday]
    if ahead:
        return one(match, day=Nth(which, day, ahead=MONTHS_AHEAD[ahead]))
    return one(match, day=Nth(which, day, months()[month], year_of(*year)))


def _week(_: Text, match: re.Match[str]) -> Ways:
    return one(match, day=SaidWeek(int(match[1]), int(match[2]) if match[2] else None))


def _week_ahead(_: Text, match: re.Match[str]) -> Ways:
    return one(match, day=SaidWeek(ahead=WEEKS[match[1]]))


def _ahead(_: Text, match: re.Match[str]) -> Ways:
    return one(match, day=DaysAhead(AHEAD[match[1]]))


def _part_of_today(_: Text, match: re.Match[str]) -> Ways:
    return one(match, day=DaysAhead(0), part=PARTS_OF_TODAY[match[0]])


def _weekday(_: Text, match: re.Match[str]) -> Ways:
    which = WHICH[match[1]] if match[1] else "coming"
    return one(match, weekday=WEEKDAYS[match[2]], which=which)


def _short_weekday(text: Text, match: re.Match[str]) -> Ways | None:
    """``to 3 dec``; in English, ``on 3 dec`` is no Wednesday."""
    if text.language is not Language.SV:
        return None
    return one(match, weekday=SHORT_WEEKDAYS[match[1]], which="coming")


def _length(_: Text, match: re.Match[str]) -> Ways:
    return [
        (piece, match.end())
        for amounts in lengths.readings(match[1])
        for piece in [_later(amounts, sure=not _MAY_BE_MONTHS.fullmatch(match[1]))]
    ]


def _from_weekday(_: Text, match: re.Match[str]) -> Ways:
    said, weekday, near = match.groups()
    return one(match, day=_from(weekday, near, _days_later(said)))


def _weekday_week(_: Text, match: re.Match[str]) -> Ways:
    return one(match, day=_from(match[1], match[2], relativedelta(days=7)))


def _near_later(_: Text, match: re.Match[str]) -> Ways:
    return one(match, day=_from(None, match[1], _days_later(match[2])))


def _from(weekday: str | None, near: str | None, length: relativedelta) -> Later | DaysAhead:
    """So long from a weekday, or from today, tomorrow or the day after."""
    if near:
        return DaysAhead(AHEAD[near] + length.days)
    return Later(length, WEEKDAYS[str(weekday)])


def _days_later(said: str) -> relativedelta:
    piece = _later(lengths.amounts(said))
    if not isinstance(later := piece.get("day"), Later) or later.length.months:
        raise NotUnderstood
    return later.length


def _later(amounts: lengths.Amounts, *, sure: bool = True) -> Piece:
    """What lies so far from now: hours and minutes by the clock, or a day."""
    if amounts.keys() == {"minutes"}:
        found: Piece = {"sooner": relativedelta(minutes=round(amounts["minutes"]))}
        return found if sure else found | {"sure": False}
    if "minutes" in amounts or any(amount.denominator > 1 for amount in amounts.values()):
        raise NotUnderstood  # "in 1 day 2 hours", "in 1.5 weeks"
    days, ahead = (int(amounts.get(of, 0)) for of in ("days", "months"))
    return {"day": Later(relativedelta(days=days, months=ahead))}


def _whole_year(said: str) -> int:
    return int(said) + (_CENTURY if len(said) < len("2026") else 0)


def year_of(whole: str | None, short: str | None) -> int | None:
    """The year that was written, in four figures or in two; None for none."""
    said = whole or short
    return _whole_year(said) if said else None


DATES: Final = (
    (patterns.STAMP, _stamp),
    (patterns.ISO, _iso),
    (patterns.ISO_WEEK, _iso_week),
    (patterns.NUMBERS, _numbers),
    (patterns.NUMBERS_WITHOUT_YEAR, _numbers_without_year),
)
"""What is written in figures alone, and comes before any hours."""
DAYS: Final = (
    (patterns.NTH, _nth),
    (patterns.DAY_MONTH, _day_month),
    (patterns.MONTH_DAY, _month_day),
    (patterns.IN_MONTH, _in_month),
    (patterns.WEEKDAY_DAY, _weekday_day),
    (patterns.WEEK, _week),
    (patterns.WEEK_AHEAD, _week_ahead),
    (patterns.PART_OF_TODAY, _part_of_today),
    (patterns.WEEKDAY_WEEK, _weekday_week),
    (patterns.NEAR_LATER, _near_later),
    (patterns.AHEAD, _ahead),
    (patterns.FROM_NOW, _length),
    (patterns.FROM_WEEKDAY, _from_weekday),
    (patterns.WEEKDAY, _weekday),
    (patterns.SHORT_WEEKDAY, _short_weekday),
    (patterns.LENGTH, _length),
    (patterns.DOTTED, _dotted),
)
