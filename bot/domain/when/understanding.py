"""Understanding when a meeting is to start, as people type it, and while they still do."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.domain.kit.errors import UserError
from bot.domain.when.days import NoSuchDay, WrongWeekday, days_of
from bot.domain.when.errors import (
    WhenAmbiguous,
    WhenFar,
    WhenNoDay,
    WhenNoSuchDay,
    WhenNoTime,
    WhenPast,
    WhenSkipped,
    WhenTwice,
    WhenUnclear,
    WhenWeekday,
)
from bot.domain.when.reading import read
from bot.domain.when.said import Clock, NotUnderstood, Said, Start
from bot.i18n import dates
from storage.enums import Language

# Further ahead, a typing error in the year is likelier than a plan.
FURTHEST: Final = relativedelta(years=2)
_DAY: Final = timedelta(days=1)
_WEEK: Final = 7 * _DAY


def understand(said: str, language: Language, zone: str, now: datetime) -> Start:
    """The start that somebody typed.

    Swedish and English are both understood, whatever the reader's language. A day without a year
    is its next one, if that is not most of a year ahead. Hours and minutes ("in 2 hours") pass by
    the clock, days and weeks by the calendar.

    Args:
        said: as typed.
        language: of whoever reads the errors, and of hours like ``2:30`` where the text's words
            do not tell: with a Swedish 24-hour clock it is in the night, in English unclear.
        zone: whose wall clock is meant, an IANA name.
        now: aware.

    Raises:
        WhenUnclear: it could not be read.
        WhenNoSuchDay: it is no day of the calendar.
        WhenNoTime: a day without a time of day; the hour is never guessed.
        WhenAmbiguous: it has several meanings, or (the kinds of this error) it lacks its day,
            names a weekday that its date is not, or falls into a clock change; ``readings`` holds
            what can be meant.
        WhenPast: it is over.
        WhenFar: it is more than two years ahead.
    """
    return _Understanding(said, language, zone, now).start()


class _Understanding:
    """One text on its way to a start; the order of its methods is that of the questions asked."""

    def __init__(self, text: str, language: Language, zone: str, now: datetime) -> None:
        self._text = " ".join(text.split())
        self._language = language
        self._zone = zone
        self._now = now
        self._today = now.astimezone(ZoneInfo(zone)).date()
        self._last = self._today + FURTHEST

    def start(self) -> Start:
        try:
            said = read(self._text, self._language)
            if said.sooner is not None:
                return self._soon(said)
            days = days_of(said, self._today)
        except NotUnderstood:
            raise WhenUnclear(text=self._text) from None
        except NoSuchDay:
            raise WhenNoSuchDay(text=self._text) from None
        except WrongWeekday as wrong:
            raise self._wrong_weekday(wrong, said.clocks) from None
        if not days:
            raise self._no_day(said.clocks)
        if not said.clocks:
            raise WhenNoTime(day=dates.either(self._language, [self._day(day) for day in days]))
        if min(days) > self._last:
            raise WhenFar(day=self._day(self._last))
        return self._only(_walls(days, said.clocks), sure=len(days) == 1 or not said.dates)

    def _soon(self, said: Said) -> Start:
        """Some hours and minutes from now."""
        if said.sooner is None or said != Said(sooner=said.sooner, sure=said.sure):
            raise NotUnderstood  # "in two hours on Friday"
        # By way of UTC: on a wall clock, hours would be counted as it shows them.
        moment = self._now.astimezone(UTC).replace(second=0, microsecond=0) + said.sooner
        local = moment.astimezone(ZoneInfo(self._zone))
        start = Start(local.replace(tzinfo=None, fold=0), local.fold, self._zone)
        if moment <= self._now:
            raise WhenPast(moment=start.told(self._language))
        return self._asked([start], sure=said.sure)

    def _only(self, walls: Sequence[datetime], *, sure: bool) -> Start:
        """The one start that is meant.

        Args:
            walls: what can be meant, at least one.
            sure: that one is meant if it alone is ahead.
        """
        starts = self._ahead(walls)
        if not starts:
            raise self._skipped_or_past(walls)
        return self._asked(starts, sure=sure)

    def _asked(self, starts: Sequence[Start], *, sure: bool) -> Start:
        if starts[0].wall.date() > self._last:
            raise WhenFar(day=self._day(self._last))
        if len(starts) == 1 and sure:
            return starts[0]
        options = self._told(starts)
        if len(starts) > 1 and len({start.wall for start in starts}) == 1:
            moment = dates.wall(self._language, starts[0].wall)
            raise WhenTwice(moment=moment, options=options, readings=starts)
        raise WhenAmbiguous(text=self._text, options=options, readings=starts)

    def _ahead(self, walls: Iterable[datetime]) -> list[Start]:
        """Every moment in the future at which clocks show one of these, earliest first."""
        both = [
            Start(wall, fold, self._zone) for wall in walls if self._near(wall) for fold in (0, 1)
        ]
        there = {start.moment: start for start in reversed(both) if self._shown(start) == start}
        return [there[moment] for moment in sorted(there) if moment > self._now]

    def _near(self, wall: datetime) -> bool:
        """Whether it is neither long past nor so far ahead that there are no clocks for it."""
        return self._today - _DAY <= wall.date() <= self._last + _WEEK

    def _shown(self, start: Start) -> Start:
        """What clocks show at its moment: another time than its own if that is skipped."""
        shown = start.moment.astimezone(ZoneInfo(self._zone))
        # A time that comes once is the same with either fold; it is told with 0.
        return Start(shown.replace(tzinfo=None, fold=0), shown.fold, self._zone)

    def _skipped_or_past(self, walls: Sequence[datetime]) -> UserError:
        for wall in filter(self._near, walls):
            # As if the clock had been changed already, and as if it had not been.
            around = [self._shown(Start(wall, fold, self._zone)) for fold in (1, 0)]
            if all(start.wall != wall for start in around):
                ahead = [start for start in around if start.moment > self._now]
                if ahead:
                    return WhenSkipped(
                        moment=dates.wall(self._language, wall),
                        options=self._told(ahead),
                        readings=ahead,
                    )
        return WhenPast(moment=dates.wall(self._language, max(walls)))

    def _no_day(self, clocks: Sequence[Clock]) -> UserError:
        if not clocks:
            return WhenUnclear(text=self._text)
        days = [self._today + ahead * _DAY for ahead in range(3)]
        starts = self._ahead(_walls(days, clocks))[: 2 * len({clock.hour for clock in clocks})]
        return WhenNoDay(text=self._text, options=self._told(starts), readings=starts)

    def _wrong_weekday(self, wrong: WrongWeekday, clocks: Sequence[Clock]) -> UserError:
        walls = _walls([day for day in (wrong.day, wrong.nearest) if day <= self._last], clocks)
        starts = self._ahead(walls)
        if not starts:
            return WhenUnclear(text=self._text)
        return WhenWeekday(
            day=self._day(wrong.day),
            weekday=dates.weekday(self._language, wrong.weekday),
            options=self._told(starts),
            readings=starts,
        )

    def _day(self, day: date) -> str:
        return dates.day(self._language, day)

    def _told(self, starts: Iterable[Start]) -> str:
        return dates.either(self._language, [start.told(self._language) for start in starts])


def _walls(days: Iterable[date], clocks: Iterable[Clock]) -> list[datetime]:
    clocks = tuple(clocks)
    return sorted(
        datetime.combine(day + clock.days * _DAY, time(clock.hour, clock.minute))
        for day in days
        for clock in clocks
    )


_HOURS: Final = ("09:00", "13:00", "15:00")
_BEFORE_ANYTHING: Final = ((1, 9), (1, 13), (7, 9), (7, 13))  # days from now, and the hour


def ideas(typed: str, language: Language, zone: str, now: datetime) -> list[Start]:
    """How what was typed so far is understood; each thing it may mean, if there are several.

    A day without a time of day is offered with usual ones.

    Args:
        typed: so far; nothing is answered with a few examples.
        language: of whoever types.
        zone: whose wall clock is meant, an IANA name.
        now: aware.
    """
    if not typed.strip():
        today = now.astimezone(ZoneInfo(zone)).date()
        return [
            Start(datetime.combine(today + timedelta(days=days), time(hour)), 0, zone)
            for days, hour in _BEFORE_ANYTHING
        ]
    found: list[Start] = []
    for said in (typed, *(f"{typed} {hour}" for hour in _HOURS)):
        try:
            found.append(understand(said, language, zone, now))
        except WhenNoTime:
            continue
        except WhenAmbiguous as unclear:
            found += unclear.readings
        except UserError:
            pass
        if said == typed:
            break
    return found
