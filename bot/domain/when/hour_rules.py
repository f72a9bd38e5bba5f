"""Rules of reading for the time of day: each takes what fits its pattern (``patterns``) apart."""

import re
from typing import Final

from bot.domain.when import hours, patterns
from bot.domain.when.hours import Hour
from bot.domain.when.pieces import Text, Ways, at_hour, one
from bot.domain.when.said import Clock, NotUnderstood
from bot.domain.when.words import MINUTES, NUMBERS, PARTS, TIMES, months

_NOON: Final = 12
_HOUR_LONG: Final = 60
# What is asked even where only one of it is left: whether lunch is at noon, when it is over.
_BY_NAME: Final = {
    "noon": ((Clock(_NOON),), True),
    "midnight": (hours.MIDNIGHT, True),
    "lunch": ((Clock(_NOON), Clock(_NOON - 1, 30)), False),
    "afterlunch": ((Clock(_NOON + 1),), False),
}
_FIGURES: Final = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?(?: ?([ap])(?:m|\.m\.?))?")


def in_figures(hour: str, minute: str = "", half: str = "") -> Hour:
    """An hour in figures, of which the first tell whether it is of a clock with 24 hours.

    Raises:
        NotUnderstood: there is no such hour.
    """
    exact = not half and hour[0] == "0"
    full = bool(minute) and len(hour) > 1
    return Hour(int(hour), int(minute or 0), half, exact=exact, full=full)


def _by_name(_: Text, match: re.Match[str]) -> Ways:
    clocks, sure = _BY_NAME[TIMES[match[1]]]

    def time(part: hours.Part | None) -> tuple[tuple[Clock, ...], bool]:
        if part and not all(part[0] <= clock.hour <= part[1] for clock in clocks):
            raise NotUnderstood
        return clocks, sure

    return one(match, time=time)


def _from_to(text: Text, match: re.Match[str]) -> Ways | None:
    """``9-11``, ``from ten to twelve``; what "ten to twelve" means, has to be asked."""
    surely, first, to, last = match.groups()
    return _range(text, match, first, last, spoken=to == "to" and not surely)


def _between(text: Text, match: re.Match[str]) -> Ways | None:
    return _range(text, match, match[1], match[2], spoken=False)


def _range(text: Text, match: re.Match[str], first: str, last: str, *, spoken: bool) -> Ways | None:
    month = text.after(match, " ?(?:i |of )?([a-zåäö]{3,9})")
    if first.isdigit() and last.isdigit() and month and month[1] in months():
        raise NotUnderstood  # "9-12 december" is several days
    try:
        start, end = _said_hour(first), _said_hour(last)
    except NotUnderstood:
        return None  # "25 to 3" is an hour alone
    before = _minutes_before(first, end) if spoken else None

    def time(part: hours.Part | None) -> tuple[tuple[Clock, ...], bool]:
        other = hours.alone(before, part) if before else ()
        try:
            clocks, sure = hours.between(start, end, text.language, part)
        except NotUnderstood:
            if not other:
                raise
            return other, True
        if not spoken or (sure and not (start.word or end.word)):
            return clocks, sure
        # In words, "five to ten" is 9:55 rather than a range; "nine to ten" is not.
        told = (*other, *clocks) if start.word and first in MINUTES else (*clocks, *other)
        return told, False

    return one(match, time=time)


def _am_pm(_: Text, match: re.Match[str]) -> Ways:
    return one(match, **at_hour(in_figures(match[1], match[2], match[3])))


def _hour_minute(_: Text, match: re.Match[str]) -> Ways:
    return one(match, **at_hour(in_figures(match[1], match[2])))


def _hour(_: Text, match: re.Match[str]) -> Ways:
    return one(match, **at_hour(_said_hour(match[1])))


def _spoken_hour(_: Text, match: re.Match[str]) -> Ways | None:
    """``kvart över två``, ``fem i halv tre``, ``half past two``."""
    said, direction, half, hour = match.groups()
    if said is None and half is None:
        return None
    return one(match, **at_hour(_spoken(said, direction, half, hour)))


def _part_of_day(_: Text, match: re.Match[str]) -> Ways:
    return one(match, part=PARTS[match[0]])


def _spoken(said: str | None, direction: str | None, half: str | None, hour: str) -> Hour:
    minutes = (MINUTES.get(said) or int(said)) if said else 0
    total = _number(hour) * _HOUR_LONG + (-minutes if direction in {"i", "to"} else minutes)
    total -= _HOUR_LONG // 2 if half else 0
    # "Halv ett" is half past twelve.
    total += _NOON * _HOUR_LONG if total < _HOUR_LONG else 0
    return Hour(*divmod(total, _HOUR_LONG), word=True)


def _minutes_before(first: str, last: Hour) -> Hour | None:
    """What "ten to twelve" is as minutes before an hour; None where it can be none."""
    minutes = MINUTES.get(first) or (int(first) if first.isdigit() else 0)
    if minutes not in MINUTES.values() or last.minute or not last.bare:
        return None
    return _spoken(str(minutes), "to", None, str(last.hour))


def _said_hour(text: str) -> Hour:
    """An end of a range, or an hour alone, in figures or in words."""
    if text in TIMES:
        return Hour(_NOON)
    if match := _FIGURES.fullmatch(text):
        return in_figures(*match.groups(""))
    *rest, hour = text.split()
    if not rest:
        return Hour(_number(hour), word=True)
    half = "halv" if rest[-1] == "halv" else None
    rest = rest[:-1] if half else rest
    return _spoken(rest[0] if rest else None, rest[1] if rest else None, half, hour)


def _number(text: str) -> int:
    return NUMBERS.get(text) or int(text)


RANGES: Final = ((patterns.RANGE, _from_to), (patterns.BETWEEN, _between))
HOURS: Final = (
    (patterns.PART, _part_of_day),
    (patterns.BY_NAME, _by_name),
    (patterns.AM_PM, _am_pm),
    (patterns.CLOCK, _hour_minute),
    (patterns.HOUR_MINUTE, _hour_minute),
    (patterns.FOUR_DIGITS, _hour_minute),
    (patterns.SPOKEN, _spoken_hour),
    (patterns.HOUR, _hour),
)
