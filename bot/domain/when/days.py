"""Which days are meant by what was said of a meeting's day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from bot.domain.when import feasts
from bot.domain.when.said import (
    DaysAhead,
    Feast,
    InMonth,
    Later,
    NotUnderstood,
    Nth,
    OnDate,
    OnDates,
    Said,
    SaidWeek,
)
from storage.enums import Language

_DAY: Final = timedelta(days=1)
_WEEK: Final = 7
_SUNDAY: Final = 6
_HALF_A_WEEK: Final = 3
_A_YEAR: Final = 12
_MONTHS_SEARCHED: Final = 3
# A day without a year that is over may be next year's; so far ahead, that is asked.
_NEXT_YEAR_WITHIN: Final = timedelta(days=300)


class NoSuchDay(ValueError):
    """No calendar has the day."""


class WrongWeekday(ValueError):
    """The ``day`` is not the weekday that stands beside it; ``others`` that can be meant are."""

    def __init__(self, day: date, weekday: int, others: Iterable[date] = ()) -> None:
        super().__init__(day, weekday)
        self.day = day
        self.weekday = weekday
        apart = (weekday - day.weekday() + _HALF_A_WEEK) % _WEEK - _HALF_A_WEEK
        self.either = sorted({day, day + apart * _DAY, *others})


@dataclass(frozen=True)
class DaysMeant:
    """Days that can be meant, perhaps gone by, in order; ``sure`` that one alone is meant.

    ``over`` is the day of this year, where it is over and the next year's is asked.
    """

    days: tuple[date, ...] = ()
    sure: bool = True
    over: date | None = None


def days_of(said: Said, today: date, zone: str, language: Language) -> DaysMeant:
    """The days that can be meant; none where no day was said.

    Args:
        said: what was said.
        today: by the calendar of the zone.
        zone: whose holidays have names, an IANA name.
        language: of the text; to some who write English, a week begins on Sunday.

    Raises:
        NotUnderstood: what was said does not go together.
        NoSuchDay: the calendar has no such day.
        WrongWeekday: the weekday and the date that were said are two days.
    """
    weekday = said.weekday
    if said.day is not None and said.which != "coming":
        raise NotUnderstood
    try:
        match said.day:
            case SaidWeek() as week:
                return _in_week(week, weekday, today, language)
            case Feast() as feast:
                return _feast(feast, weekday, today, zone)
            case None:
                return _weekdays(weekday, said.which, today, language)
            case day:
                return _by_date(day, weekday, today)
    except (NotUnderstood, WrongWeekday):
        raise
    except (ValueError, OverflowError) as error:
        raise NoSuchDay from error


def _by_date(
    day: OnDates | InMonth | Nth | DaysAhead | Later, weekday: int | None, today: date
) -> DaysMeant:
    match day:
        case OnDates(either):
            return _dates(either, weekday, today)
        case InMonth():
            return _in_month(day, weekday, today)
        case Nth():
            return _right(_nth(day, today), weekday)
        case DaysAhead(days):
            return _right(DaysMeant((today + days * _DAY,)), weekday)
        case Later():
            return _later(day, weekday, today)


def _right(found: DaysMeant, weekday: int | None) -> DaysMeant:
    """Those that are the weekday that was said.

    Raises:
        WrongWeekday: none is.
    """
    if weekday is None:
        return found
    right = tuple(day for day in found.days if day.weekday() == weekday)
    if not right:
        raise WrongWeekday(found.days[0], weekday)
    return DaysMeant(right, found.sure or len(found.days) > len(right), found.over)


def _dates(either: Sequence[OnDate], weekday: int | None, today: date) -> DaysMeant:
    """Those of the dates that exist.

    Raises:
        ValueError: none does.
        WrongWeekday: none is the weekday that was said.
    """
    found: list[DaysMeant] = []
    wrong: list[WrongWeekday] = []
    for one in either:
        try:
            found.append(_date(one, weekday, today))
        except WrongWeekday as error:
            wrong.append(error)
        except ValueError:
            continue
    if not found and wrong:
        raise wrong[0]
    if not found:
        raise NoSuchDay
    days = sorted({day for one in found for day in one.days})
    sure = len(found) + len(wrong) == 1 and found[0].sure
    # A weekday that is right for one of two dates tells which is meant.
    return DaysMeant(tuple(days), sure or bool(wrong and found[0].sure), found[0].over)


def _date(said: OnDate, weekday: int | None, today: date) -> DaysMeant:
    if said.year is not None:
        return _right(DaysMeant((date(said.year, said.month, said.day),)), weekday)
    found = []
    for ahead in (0, 1):
        try:
            found.append(date(today.year + ahead, said.month, said.day))
        except ValueError:
            continue  # 29 February
    if not found:
        raise NoSuchDay
    return _coming(found, weekday, today)


def _coming(years: list[date], weekday: int | None, today: date) -> DaysMeant:
    """Of the same day in this year and the next, the one that is meant.

    What is over is next year's; most of a year ahead, that has to be asked, unless a weekday
    tells that it is.
    """
    ahead = [day for day in years if day >= today]
    if not ahead:
        return _right(DaysMeant((years[-1],)), weekday)
    first = ahead[0]
    over = next((day for day in years if day < today), None)
    far = over is not None and first > today + _NEXT_YEAR_WITHIN
    if weekday is not None:
        right = [day for day in years if day.weekday() == weekday]
        if over in right and far:
            return DaysMeant((over,))
        if first not in right:
            raise WrongWeekday(first, weekday, (day for day in right if day >= today))
        return DaysMeant((first,))
    return DaysMeant((first,), sure=not far, over=over if far else None)


def _in_month(said: InMonth, weekday: int | None, today: date) -> DaysMeant:
    """The next day of a month that has this number; today's own may be of the next month."""
    first = today.replace(day=1)
    if said.ahead is not None:
        month = first + relativedelta(months=said.ahead)
        return _right(DaysMeant((month.replace(day=said.day),)), weekday)
    months = [first + relativedelta(months=ahead) for ahead in range(_A_YEAR)]
    found = [day for month in months if (day := _day_in(month, said.day)) and day >= today]
    if not found:
        raise NoSuchDay
    both = tuple(found[:2] if found[0] == today else found[:1])
    right = [day for day in both if weekday in {None, day.weekday()}]
    if right:
        return DaysMeant(tuple(right), sure=len(both) == 1 or weekday is not None)
    soon = found[:_MONTHS_SEARCHED]
    others = [day for day in soon if day.weekday() == weekday]
    raise WrongWeekday(both[0], int(weekday or 0), others)


def _day_in(month: date, day: int) -> date | None:
    try:
        return month.replace(day=day)
    except ValueError:
        return None


def _nth(said: Nth, today: date) -> DaysMeant:
    if said.month is None:
        month = today.replace(day=1) + relativedelta(months=said.ahead)
        return DaysMeant((_place(said, month.year, month.month),))
    if said.year is not None:
        return DaysMeant((_place(said, said.year, said.month),))
    years = []
    for ahead in (0, 1):
        try:
            years.append(_place(said, today.year + ahead, said.month))
        except NoSuchDay:
            continue
    if not years:
        raise NoSuchDay
    return _coming(years, None, today)


def _place(said: Nth, year: int, month: int) -> date:
    if said.place < 0:
        end = date(year, month, 1) + relativedelta(months=1) - _DAY
        return end - (end.weekday() - said.weekday) % _WEEK * _DAY
    first = date(year, month, 1)
    found = first + ((said.weekday - first.weekday()) % _WEEK + (said.place - 1) * _WEEK) * _DAY
    if found.month != month:
        raise NoSuchDay
    return found


def _feast(said: Feast, weekday: int | None, today: date, zone: str) -> DaysMeant:
    """The next day of each name."""
    years = [today.year, today.year + 1] if said.year is None else [said.year]
    found: set[date] = set()
    sure = True
    over = None
    for name in said.names:
        there = feasts.days([name], zone, years)
        if not there:
            continue
        one = _coming(there, None, today) if said.year is None else DaysMeant(tuple(there))
        found.update(one.days)
        sure, over = sure and one.sure, one.over
    if not found:
        raise NoSuchDay
    several = len(said.names) > 1
    return _right(DaysMeant(tuple(sorted(found)), sure and not several, over), weekday)


def _later(said: Later, weekday: int | None, today: date) -> DaysMeant:
    """So long from today, or from a weekday ("a week on Tuesday").

    "In two weeks on Tuesday" is to some the Tuesday of that week, to others two weeks after the
    next Tuesday; mostly they are the same day.
    """
    if said.weekday is not None:
        if weekday is not None:
            raise NotUnderstood
        coming = today + (said.weekday - today.weekday()) % _WEEK * _DAY
        both = (coming, coming + _WEEK * _DAY) if coming == today else (coming,)
        return DaysMeant(tuple(day + said.length for day in both))
    day = today + said.length
    if weekday is None:
        return DaysMeant((day,))
    if said.length.months or said.length.years or said.length.days % _WEEK:
        return _right(DaysMeant((day,)), weekday)
    coming = today + (weekday - today.weekday()) % _WEEK * _DAY + said.length
    that_week = day + (weekday - day.weekday()) * _DAY
    return DaysMeant(tuple(sorted({coming, that_week})))


def _in_week(week: SaidWeek, weekday: int | None, today: date, language: Language) -> DaysMeant:
    if weekday is None:
        raise NotUnderstood
    if week.ahead is not None:
        monday = today + (week.ahead * _WEEK - today.weekday()) * _DAY
        return _either_week(monday + weekday * _DAY, today, language)
    this_year = today.isocalendar().year
    found = []
    for year in [week.year] if week.year is not None else [this_year, this_year + 1]:
        try:
            found.append(date.fromisocalendar(year, week.number, weekday + 1))
        except (ValueError, OverflowError):
            continue
    if not found:
        raise NoSuchDay
    return _coming(found, None, today) if week.year is None else DaysMeant(tuple(found))


def _either_week(day: date, today: date, language: Language) -> DaysMeant:
    """A day of this or a later week; in English also by weeks that begin on Sunday."""
    if language is not Language.EN or (_SUNDAY not in {day.weekday(), today.weekday()}):
        return DaysMeant((day,))
    apart = (today.weekday() == _SUNDAY) - (day.weekday() == _SUNDAY)
    either = sorted({day, day + apart * _WEEK * _DAY})
    return DaysMeant(tuple(either), sure=today.weekday() != _SUNDAY or apart == 0)


def _weekdays(weekday: int | None, which: str, today: date, language: Language) -> DaysMeant:
    """The weekday that was said, and the one a week later where that can be meant too."""
    if weekday is None:
        return DaysMeant()
    ahead = (weekday - today.weekday()) % _WEEK
    this_week = today + (weekday - today.weekday()) * _DAY
    next_week = this_week + _WEEK * _DAY
    if which == "this":
        return _either_week(this_week, today, language)
    if which == "next":
        if today.weekday() == _SUNDAY:  # for some, the week has begun today
            return DaysMeant((next_week, next_week + _WEEK * _DAY))
        return DaysMeant((this_week, next_week) if this_week > today else (next_week,))
    # Of today's own name it may be today, or in a week.
    return DaysMeant((today, next_week) if ahead == 0 else (today + ahead * _DAY,))
