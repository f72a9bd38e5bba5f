"""Understanding when a meeting is to start, as people type it, and while they still do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.domain.kit.errors import UserError
from bot.domain.when import feasts
from bot.domain.when.days import DaysMeant, NoSuchDay, WrongWeekday, days_of
from bot.domain.when.errors import (
    DateAmbiguous,
    DateNotUnderstood,
    WhenAmbiguous,
    WhenFar,
    WhenNoDay,
    WhenNoSuchDay,
    WhenNoTime,
    WhenOver,
    WhenPartly,
    WhenPast,
    WhenSkipped,
    WhenTwice,
    WhenUnclear,
    WhenWeekday,
)
from bot.domain.when.hours import USUAL_MINUTES
from bot.domain.when.reading import Unread, read, spoken
from bot.domain.when.said import Clock, NotUnderstood, Said, Start
from bot.domain.when.words import plain
from bot.i18n import dates
from storage.enums import Language

# Further ahead, a typing error in the year is likelier than a plan.
FURTHEST: Final = relativedelta(years=2)
READINGS: Final = 4
"""How many meanings are asked about at most: a row of buttons each, with room for others."""
_DAY: Final = timedelta(days=1)
_WEEK: Final = 7 * _DAY
_USUAL_HOURS: Final = (9, 10, 13, 15, 18, 19, 20)
_LATEST: Final = 253_402_214_400  # the last day of the year 9999, in Unix time
_A_DAY: Final = 24 * 60


def understand(
    said: str, language: Language, zone: str, now: datetime, *, at_hand: date | None = None
) -> Start:
    """The start that somebody typed, and how long it lasts if they typed a range.

    Swedish and English are both understood, whatever the reader's language. A day without a year
    is its next one, if that is not most of a year ahead. Hours and minutes ("in 2 hours") pass by
    the clock, days and weeks by the calendar.

    Args:
        said: as typed.
        language: of whoever reads the errors, and of dates and ranges where the text's words do
            not tell: in Swedish ``3/12`` is never in March.
        zone: whose wall clock is meant, an IANA name.
        now: aware.
        at_hand: the day that is talked about, such as that of a meeting that is edited: of a time
            without a day, the likeliest.

    Raises:
        WhenUnclear: it could not be read; as WhenPartly, it says how much of it could.
        WhenNoSuchDay: it is no day of the calendar.
        WhenAmbiguous: it has several meanings, or (the kinds of this error) it lacks its day or
            its time, names a weekday that its date is not, or falls into a clock change;
            ``readings`` holds what can be meant.
        WhenPast: it is over.
        WhenFar: it is more than two years ahead.
    """
    return _Understanding(said, language, zone, now, at_hand).start()


def understand_day(said: str, language: Language, zone: str, now: datetime) -> date:
    """The day that somebody typed, such as the last one of a series.

    Args:
        said: as typed, without a time of day.
        language: as of :func:`understand`.
        zone: whose calendar is meant, an IANA name.
        now: aware.

    Raises:
        DateNotUnderstood: it is no day, or one that is over.
        DateAmbiguous: it may be several.
        WhenFar: it is more than two years ahead.
    """
    return _Understanding(said, language, zone, now, None).only_day()


def reads(said: str) -> bool:
    """Whether a text says a time and nothing else, whatever it means."""
    try:
        read(said, Language.SV, {})
    except Unread:
        return False
    return True


@dataclass(frozen=True)
class _Wall:
    """What a clock shows when something starts, and when it ends where that was said."""

    start: datetime
    end: datetime | None


class _Understanding:
    """One text on its way to a start; the order of its methods is that of the questions asked."""

    def __init__(
        self, text: str, language: Language, zone: str, now: datetime, at_hand: date | None
    ) -> None:
        self._text = " ".join(text.split())
        self._language = language
        self._spoken = spoken(text, language)
        self._zone = zone
        self._now = now
        self._today = now.astimezone(ZoneInfo(zone)).date()
        self._at_hand = at_hand
        self._last = self._today + FURTHEST

    def start(self) -> Start:
        found: list[Start] = []
        errors: list[UserError] = []
        for said in self._read():
            try:
                found.append(self._one(said))
            except UserError as error:
                errors.append(error)
        if not errors and len(set(found)) == 1:
            return found[0]
        asked = [error for error in errors if isinstance(error, WhenAmbiguous)]
        # Of "friday 4.12" the hour is asked, for the day is right; "friday 9.10" is an hour.
        lacking = next((error for error in asked if isinstance(error, WhenNoTime)), None)
        if lacking and not any(isinstance(error, WhenNoDay) for error in asked):
            raise lacking
        # Of "friday 10.12", the tenth is a Thursday; but who meets at 10:12?
        odd = any(start.wall.minute % USUAL_MINUTES for start in found)
        bad = WhenNoTime if odd else WhenNoTime | WhenWeekday
        good = [error for error in asked if not isinstance(error, bad)]
        if not found and not good:
            raise (asked or errors)[0]
        over = any(isinstance(error, WhenPast | WhenFar) for error in errors)
        if len(set(found)) == 1 and not good and not over:
            return found[0]
        if not found and len(good) == 1 and not over:
            raise good[0]
        readings = dict.fromkeys([*found, *(one for error in good for one in error.readings)])
        raise self._ambiguous(tuple(readings))

    def only_day(self) -> date:
        try:
            day = date.fromisoformat(self._text)
        except ValueError:
            found = self._days()
            if len(found.days) > 1 or not found.sure:
                options = dates.either(self._language, [self._day(day) for day in found.days])
                raise DateAmbiguous(
                    text=self._text, options=options, days=found.days[:READINGS]
                ) from None
            day = found.days[0]
        if day > self._last:
            raise WhenFar(day=self._day(self._last))
        return day

    def _days(self) -> DaysMeant:
        """The days from today on that the text alone can mean, at least one."""
        found: list[DaysMeant] = []
        try:
            for said in self._read():
                if said != Said(day=said.day, weekday=said.weekday, which=said.which):
                    continue
                try:
                    found.append(days_of(said, self._today, self._zone, self._spoken))
                except (NoSuchDay, NotUnderstood, WrongWeekday):
                    continue
        except WhenUnclear:
            pass
        days = sorted({day for one in found for day in one.days if day >= self._today})
        if not days:
            raise DateNotUnderstood(text=self._text)
        return DaysMeant(tuple(days), sure=all(one.sure for one in found))

    def _read(self) -> list[Said]:
        try:
            return read(self._text, self._language, {})
        except Unread as unread:
            error = unread
        # The names of days are of a library that takes its time, and are seldom needed.
        if names := feasts.named(self._zone):
            try:
                return read(self._text, self._language, names)
            except Unread as unread:
                error = unread
        raise self._unclear(error)

    def _unclear(self, unread: Unread) -> UserError:
        """What was understood of a text before the word that was not."""
        before, rest = unread.text[: unread.at].rstrip(" ,.;"), unread.text[unread.at :]
        if not before or not rest or before == plain(self._text):
            return WhenUnclear(text=self._text)
        try:
            part = _Understanding(before, self._language, self._zone, self._now, self._at_hand)
            understood = part.start().told(self._language)
        except WhenNoTime as error:
            understood = str(error.values["day"])
        except WhenNoDay:
            return WhenUnclear(text=self._text)
        except WhenAmbiguous as error:
            understood = str(error.values["options"])
        except UserError:
            return WhenUnclear(text=self._text)
        return WhenPartly(text=self._text, understood=understood, rest=rest)

    def _one(self, said: Said) -> Start:
        """The start that one way of reading the text means."""
        try:
            if said.stamps:
                return self._stamped(said)
            if said.sooner is not None:
                return self._soon(said)
            found = days_of(said, self._today, self._zone, self._spoken)
        except NotUnderstood:
            raise WhenUnclear(text=self._text) from None
        except (NoSuchDay, OverflowError):
            raise WhenNoSuchDay(text=self._text) from None
        except WrongWeekday as wrong:
            raise self._wrong_weekday(wrong, said) from None
        return self._on(found, said)

    def _on(self, found: DaysMeant, said: Said) -> Start:
        """The start on these days."""
        if not found.days:
            raise self._no_day(said.clocks)
        if min(found.days) > self._last:
            raise WhenFar(day=self._day(self._last))
        if not said.clocks:
            raise self._no_time(found, said.part)
        walls = _walls(found.days, said.clocks)
        starts = self._ahead(walls)
        if not starts:
            raise self._skipped_or_past(walls)
        if found.over and not found.sure:
            options, over = self._told(starts), self._day(found.over)
            raise WhenOver(day=over, options=options, readings=starts[:READINGS])
        return self._asked(starts, sure=found.sure and said.sure)

    def _stamped(self, said: Said) -> Start:
        """The moment of Discord's own writing, ``<t:1796385600:F>``."""
        if said != Said(stamps=said.stamps) or max(said.stamps) > _LATEST:
            raise NotUnderstood
        first, *last = (
            datetime.fromtimestamp(stamp, UTC).replace(second=0) for stamp in said.stamps
        )
        start = self._at(first)
        if not last:
            return start
        minutes = (last[0] - first) // timedelta(minutes=1)
        if not 0 < minutes <= _A_DAY:
            raise NotUnderstood
        return start.lasting(minutes)

    def _soon(self, said: Said) -> Start:
        """Some hours and minutes from now."""
        if said.sooner is None or said != Said(sooner=said.sooner, sure=said.sure):
            raise NotUnderstood  # "in two hours on Friday"
        # By way of UTC: on a wall clock, hours would be counted as it shows them.
        moment = self._now.astimezone(UTC).replace(second=0, microsecond=0) + said.sooner
        start = self._at(moment)
        return self._asked([start], sure=said.sure)

    def _at(self, moment: datetime) -> Start:
        local = moment.astimezone(ZoneInfo(self._zone))
        start = Start(local.replace(tzinfo=None, fold=0), local.fold, self._zone)
        if moment <= self._now:
            raise WhenPast(moment=start.told(self._language))
        if start.wall.date() > self._last:
            raise WhenFar(day=self._day(self._last))
        return start

    def _asked(self, starts: Sequence[Start], *, sure: bool) -> Start:
        """The one start that is meant, if ``sure`` that one is meant if it alone is ahead."""
        if min(start.wall.date() for start in starts) > self._last:
            raise WhenFar(day=self._day(self._last))
        if len(starts) == 1 and sure:
            return starts[0]
        if (
            len(starts) > 1
            and len({start.wall for start in starts}) == 1
            and starts[0].fold != (starts[-1].fold)
        ):
            moment = dates.wall(self._language, starts[0].wall)
            raise WhenTwice(moment=moment, options=self._told(starts), readings=starts[:READINGS])
        raise self._ambiguous(starts)

    def _ambiguous(self, starts: Sequence[Start]) -> WhenAmbiguous:
        starts = starts[:READINGS]
        return WhenAmbiguous(text=self._text, options=self._told(starts), readings=starts)

    def _ahead(self, walls: Iterable[_Wall]) -> list[Start]:
        """Every moment in the future at which clocks show one of these, in their order."""
        found: dict[Start, None] = {}
        for wall in walls:
            if not self._near(wall.start):
                continue
            for fold in (0, 1):
                start = Start(wall.start, fold, self._zone)
                if self._shown(start) == start and start.moment > self._now:
                    found |= dict.fromkeys(self._lasting(start, wall.end))
        return list(found)

    def _lasting(self, start: Start, end: datetime | None) -> list[Start]:
        """It with its length; with both where its end comes twice."""
        if end is None:
            return [start]
        both = [Start(end, fold, self._zone) for fold in (0, 1)]
        if self._shown(both[0]).wall != end:
            both = both[:1]  # a clock change skips it, and it is moved on with the clock
        moments = dict.fromkeys(each.moment for each in both)
        minutes = [(moment - start.moment) // timedelta(minutes=1) for moment in moments]
        return [start.lasting(length) for length in minutes if length > 0]

    def _near(self, wall: datetime) -> bool:
        """Whether it is neither long past nor so far ahead that there are no clocks for it."""
        return self._today - _DAY <= wall.date() <= self._last + _WEEK

    def _shown(self, start: Start) -> Start:
        """What clocks show at its moment: another time than its own if that is skipped."""
        shown = start.moment.astimezone(ZoneInfo(self._zone))
        # A time that comes once is the same with either fold; it is told with 0.
        return Start(shown.replace(tzinfo=None, fold=0), shown.fold, self._zone)

    def _skipped_or_past(self, walls: Sequence[_Wall]) -> UserError:
        for wall in (each.start for each in walls if self._near(each.start)):
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
        return WhenPast(moment=dates.wall(self._language, max(wall.start for wall in walls)))

    def _no_day(self, clocks: Sequence[Clock]) -> UserError:
        if not clocks:
            return WhenUnclear(text=self._text)
        days = [self._today + ahead * _DAY for ahead in range(3)]
        starts = self._ahead(_walls(days, clocks))[: 2 * len({clock.hour for clock in clocks})]
        if self._at_hand is not None:
            starts = [*self._ahead(_walls([self._at_hand], clocks)), *starts]
        starts = list(dict.fromkeys(starts))[:READINGS]
        return WhenNoDay(text=self._text, options=self._told(starts), readings=starts)

    def _no_time(self, found: DaysMeant, part: tuple[int, int] | None) -> UserError:
        days = [day for day in found.days if day >= self._today]
        if not days:
            return WhenPast(moment=self._day(found.days[-1]))
        starts = self._usual(days, part)
        said = dates.either(self._language, [self._day(day) for day in days])
        return WhenNoTime(day=said, options=self._told(starts) if starts else said, readings=starts)

    def _usual(self, days: Sequence[date], part: tuple[int, int] | None) -> list[Start]:
        """Usual hours of each of these days, for which no time of day was said."""
        first, last = part or (0, _USUAL_HOURS[3])
        clocks = [Clock(hour) for hour in _USUAL_HOURS if first <= hour <= last]
        each = max(1, READINGS // max(1, len(days)))
        starts = [start for day in days for start in self._ahead(_walls([day], clocks))[:each]]
        return starts[:READINGS]

    def _wrong_weekday(self, wrong: WrongWeekday, said: Said) -> UserError:
        days = [day for day in wrong.either if self._today <= day <= self._last]
        if said.clocks:
            starts = self._ahead(_walls(days, said.clocks))[:READINGS]
        else:
            starts = self._usual(days, said.part)
        if not starts and not days:
            return WhenUnclear(text=self._text)
        either = [self._day(day) for day in days]
        return WhenWeekday(
            day=self._day(wrong.day),
            weekday=dates.weekday(self._language, wrong.weekday),
            options=self._told(starts) if starts else dates.either(self._language, either),
            readings=starts,
        )

    def _day(self, day: date) -> str:
        return dates.day(self._language, day)

    def _told(self, starts: Iterable[Start]) -> str:
        return dates.either(self._language, [start.told(self._language) for start in starts])


def _walls(days: Iterable[date], clocks: Iterable[Clock]) -> list[_Wall]:
    """Day by day, each with its times in their order."""
    clocks = tuple(clocks)
    return [
        _Wall(_wall(day, clock), _wall(day, clock.until) if clock.until else None)
        for day in days
        for clock in clocks
    ]


def _wall(day: date, clock: Clock) -> datetime:
    return datetime.combine(day + clock.days * _DAY, time(clock.hour, clock.minute))
