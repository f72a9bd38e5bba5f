"""Hours of the day as they are written: alone, and from one to another.

A bare hour from 1 to 7 is of the afternoon or of the night: it is asked, the day first. ``03.30``
is of a clock with 24 hours, and so is whatever comes after noon.
"""

from dataclasses import dataclass
from typing import Final

from bot.domain.when.said import Clock, NotUnderstood
from storage.enums import Language

_HOUR: Final = 60
_NOON: Final = 12
_DAY: Final = 24
_HALF: Final = _NOON * _HOUR
_WHOLE: Final = _DAY * _HOUR
# From this hour on, a working day's, an hour without "am" or "pm" is taken as it is written.
_CLEAR_FROM: Final = 8

USUAL_MINUTES: Final = 5
"""Meetings begin at multiples of them; at 10:12 hardly any does, so that it may be a date."""

Part = tuple[int, int]  # its first and last hour; from 24 on, those of the day after

# Of a day, midnight is its start to some and its end to others.
MIDNIGHT: Final = (Clock(0), Clock(0, days=1))


@dataclass(frozen=True)
class Hour:
    """An hour as it was written.

    Attributes:
        hour: 0 to 24.
        minute: 0 to 59; of 24, 0.
        half: "a" or "p" where one of them was written: am, pm.
        exact: that it is of a clock with 24 hours.
        full: that hour and minute are in two figures each.
        word: that it is no figures.
    """

    hour: int
    minute: int = 0
    half: str = ""
    exact: bool = False
    full: bool = False
    word: bool = False

    def __post_init__(self) -> None:
        """See that there is such an hour.

        Raises:
            NotUnderstood: there is none.
        """
        most = _NOON if self.half else _DAY
        if not bool(self.half) <= self.hour <= most or self.minute >= _HOUR:
            raise NotUnderstood
        if self.hour == _DAY and self.minute:
            raise NotUnderstood

    @property
    def bare(self) -> bool:
        """That nothing tells which half of the day it is of."""
        return not (self.half or self.exact) and 1 <= self.hour <= _NOON

    @property
    def asked(self) -> bool:
        """That it may be of the night, and has to be asked."""
        return self.bare and self.hour < _CLEAR_FROM

    def moments(self, part: Part | None = None) -> list[int]:
        """The minutes of the day that it may be, the likelier first.

        Args:
            part: the part of the day that was said beside it.

        Raises:
            NotUnderstood: no such hour is in that part.
        """
        if not part:
            return [hour * _HOUR + self.minute for hour in self._alone()]
        either = [self.hour % _NOON + _NOON, self.hour % _NOON] if self.bare else self._alone()
        found = [hour for hour in either if part[0] <= hour <= part[1]]
        # The small hours of a night are the next day's; of the day that was said, to some.
        if small := [hour for hour in either if part[0] <= hour + _DAY <= part[1]]:
            found = [small[0] + _DAY, small[0]]
        if not found:
            raise NotUnderstood
        return [hour * _HOUR + self.minute for hour in found]

    def _alone(self) -> list[int]:
        if self.half:
            late = self.hour % _NOON + (_NOON if self.half == "p" else 0)
            # "12 am" is midnight by the book, and noon to many.
            return [late] if late else [_NOON, 0]
        return [self.hour + _NOON, self.hour] if self.asked else [self.hour]


def alone(hour: Hour, part: Part | None = None) -> tuple[Clock, ...]:
    """The times of day that an hour may be, the likelier first.

    Raises:
        NotUnderstood: no such hour is in that part of the day.
    """
    if hour.hour == _DAY:
        return MIDNIGHT
    return tuple(_clock(moment) for moment in hour.moments(part))


def between(
    first: Hour, last: Hour, language: Language, part: Part | None = None
) -> tuple[tuple[Clock, ...], bool]:
    """The ranges that two hours may be, the likelier first, and whether one alone is sure.

    Args:
        first: where it begins.
        last: where it ends.
        language: an end not after its start (9 to 5) is the afternoon in English.
        part: the part of the day that was said beside it.

    Raises:
        NotUnderstood: it can be none.
    """
    if first.hour == _DAY:
        raise NotUnderstood
    found = []
    for start in _starts(first, last, part):
        days = start // _WHOLE * _WHOLE
        end, clear = _end(start - days, first, last, language)
        if start - days < end:
            found.append((start, end + days, clear))
    if not found:
        raise NotUnderstood
    if last.half and not first.half:
        found = found[:1]  # "9-11 pm", "11-1 pm"
    sure = not (first.asked and not last.half) and all(clear for *_, clear in found)
    clocks = tuple(_clock(start, _clock(end)) for start, end, _ in found)
    return clocks, sure or part is not None


def _starts(first: Hour, last: Hour, part: Part | None) -> list[int]:
    """Where a range may begin: "1-3 pm" in the half of the day that its end is of, or before."""
    if not (last.half and first.bare) or part:
        return first.moments(part)
    halves = [_HALF, 0] if last.moments()[0] > _HALF else [0]
    return [first.hour % _NOON * _HOUR + first.minute + half for half in halves]


def _end(start: int, first: Hour, last: Hour, language: Language) -> tuple[int, bool]:
    """Where a range ends that begins then, and whether that is sure; 0 where it cannot."""
    if last.hour == _DAY:
        return _WHOLE, True
    if not last.bare:
        ends = last.moments()
        end = next((end for end in ends if end > start), 0)
        return (end, len(ends) == 1) if end else _over_midnight(start, ends[-1], first, last)
    end = last.hour % _NOON * _HOUR + last.minute
    if first.asked and start >= _HALF:
        return end + _HALF, True  # both are of the afternoon
    end = end if last.hour < _NOON else end + _HALF
    if end > start:
        return end, True
    later = end + _HALF
    clear = bool(first.half) or (first.bare and language is Language.EN)
    return (later, clear) if start < later < _WHOLE else (0, False)


def _over_midnight(start: int, end: int, first: Hour, last: Hour) -> tuple[int, bool]:
    """Where a range ends on the day after: sure only with both hours in full, 22:00-01:00."""
    late = end + _WHOLE
    if first.bare or late - start > _HALF:
        return 0, False
    return late, (first.full or bool(first.half)) and (last.full or bool(last.half))


def _clock(moment: int, until: Clock | None = None) -> Clock:
    days, rest = divmod(moment, _WHOLE)
    return Clock(*divmod(rest, _HOUR), days, until)
