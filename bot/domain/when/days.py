"""Which days are meant by what was said of a meeting's day."""

from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from bot.domain.when.said import NotUnderstood, OnDate, Said, SaidWeek

_DAY: Final = timedelta(days=1)
_WEEK: Final = 7
_SUNDAY: Final = 6
_HALF_A_WEEK: Final = 3
# A day without a year that is over is next year's, unless that is about as far as it is long gone.
_NEXT_YEAR_WITHIN: Final = timedelta(days=300)


class NoSuchDay(ValueError):
    """No calendar has the day."""


class WrongWeekday(ValueError):
    """The ``day`` is not the weekday that stands beside it."""

    def __init__(self, day: date, weekday: int) -> None:
        super().__init__(day, weekday)
        self.day = day
        self.weekday = weekday

    @property
    def nearest(self) -> date:
        """The day nearest to it that is the weekday."""
        apart = (self.weekday - self.day.weekday() + _HALF_A_WEEK) % _WEEK - _HALF_A_WEEK
        return self.day + apart * _DAY


def days_of(said: Said, today: date) -> list[date]:
    """The days that can be meant, perhaps gone by; none where no day was said.

    Raises:
        NotUnderstood: what was said does not go together.
        NoSuchDay: the calendar has no such day.
        WrongWeekday: the weekday and the date that were said are two days.
    """
    named = [piece for piece in (said.ahead, said.week, said.length) if piece is not None]
    if len(named) + bool(said.dates) > 1 or (said.length and said.weekday is not None):
        raise NotUnderstood
    if said.week:
        return [_in_week(said.week, said.weekday, said.which, today)]
    if not named and not said.dates:
        return [] if said.weekday is None else _weekdays(said.weekday, said.which, today)
    try:
        if said.length:
            found = [today + said.length]
        elif said.ahead is not None:
            found = [today + said.ahead * _DAY]
        else:
            found = _dates(said.dates, today)
    except (ValueError, OverflowError) as error:
        raise NoSuchDay from error
    right = [day for day in found if said.weekday in {None, day.weekday()}]
    if not right and said.weekday is not None:
        raise WrongWeekday(found[0], said.weekday)
    return right


def _dates(said: tuple[OnDate, ...], today: date) -> list[date]:
    """Those of the dates that exist.

    Raises:
        ValueError: none does.
    """
    found = []
    for one in said:
        try:
            found.append(_date(one, today))
        except ValueError:
            if one is said[-1] and not found:
                raise
    return found


def _date(said: OnDate, today: date) -> date:
    if said.year is not None:
        return date(said.year, said.month, said.day)
    years = [today + relativedelta(years=ahead) for ahead in (0, 1)]
    found = []
    for year in years:
        try:
            found.append(date(year.year, said.month, said.day))
        except ValueError:
            continue  # 29 February
    if not found:
        raise NoSuchDay
    return _ahead(found, today)


def _in_week(week: SaidWeek, weekday: int | None, which: str, today: date) -> date:
    if weekday is None or which != "coming":
        raise NotUnderstood
    if week.ahead is not None:
        monday = today - today.weekday() * _DAY
        return monday + (week.ahead * _WEEK + weekday) * _DAY
    this_year = today.isocalendar().year
    found = []
    for year in [week.year] if week.year is not None else [this_year, this_year + 1]:
        try:
            found.append(date.fromisocalendar(year, week.number, weekday + 1))
        except (ValueError, OverflowError):
            continue
    if not found:
        raise NoSuchDay
    return _ahead(found, today)


def _ahead(years: list[date], today: date) -> date:
    """Of the same day in this year and the next, the one that is meant."""
    return (
        next((day for day in years if today <= day <= today + _NEXT_YEAR_WITHIN), None)
        or (years[0])
    )


def _weekdays(weekday: int, which: str, today: date) -> list[date]:
    """The weekday that was said, and the one a week later where that can be meant too."""
    ahead = (weekday - today.weekday()) % _WEEK
    this_week = today + (weekday - today.weekday()) * _DAY
    next_week = this_week + _WEEK * _DAY
    if which == "this":
        return [this_week]
    if which == "next":
        if today.weekday() == _SUNDAY:  # for some, the week has begun today
            return [next_week, next_week + _WEEK * _DAY]
        return [this_week, next_week] if this_week > today else [next_week]
    # Of today's own name it may be today, or in a week.
    return [today, next_week] if ahead == 0 else [today + ahead * _DAY]
