"""How long something takes, or how long ahead it is to be told, as people type it.

The words for it stand with those of ``when`` (``words``), which reads lengths by
:func:`readings` too.
"""

import re
from fractions import Fraction
from typing import Final, TypeVar

from bot.domain.when import patterns
from bot.domain.when.errors import (
    DurationAmbiguous,
    DurationTooLong,
    DurationUnclear,
    RemindersTooMany,
    RemindersUnclear,
)
from bot.domain.when.said import NotUnderstood
from bot.domain.when.words import COUNTS, LENGTHS, TENS, UNITS, plain

_T = TypeVar("_T")

USUAL: Final = 60
"""How long a meeting takes where nothing is said, in minutes."""
LONGEST_DAYS: Final = 14
LONGEST: Final = LONGEST_DAYS * 24 * 60  # minutes
REMINDERS_LIMIT: Final = 5
FURTHEST_WEEKS: Final = 8
_HOUR, _DAY, _WEEK = 60, 24 * 60, 7 * 24 * 60
_AN_HOUR, _A_MINUTE = (_HOUR, "minutes"), (1, "minutes")  # as units have it
# A number alone is minutes, if it is no number of hours that anybody meets.
_LEAST_ALONE: Final = 15
_NONE: Final = {"none", "no", "inga", "ingen", "nej"}
_HOURS: Final = patterns.any_of(name for name, unit in UNITS.items() if unit == _AN_HOUR)
_ALONE: Final = rf"[0-9]{{1,2}}:[0-5][0-9](?: ?(?:{_HOURS}))?|[0-9]{{1,6}}"
_DURATION: Final = re.compile(rf"{patterns.PIECES}(?: ?[0-5][0-9])?|{_ALONE}")
_REMINDER: Final = re.compile(
    rf"(?<![0-9a-zåäö])(?:(?:{patterns.PIECE})+?(?:[0-5][0-9])?|{_ALONE})(?![0-9a-zåäö:])"
)
_BETWEEN_REMINDERS: Final = re.compile(r"(?:[ ,;+&]|\b(?:and|och)\b)*")
_PIECE: Final = re.compile(rf"({patterns.WHOLE})|({patterns.COUNT})({patterns.UNIT})")
_AND_A_HALF: Final = re.compile(rf"{patterns.HALF}$")
_IN_WORDS: Final = re.compile(rf"({patterns.any_of(TENS)})?[- ]?({patterns.any_of(COUNTS)})?")
_LIKE_A_CLOCK: Final = re.compile(r"([0-9]+)[.,](?!00)([0-5][0-9])")

Amounts = dict[str, Fraction]
"""How much of what: minutes, days and months; those that were named."""


def duration(typed: str) -> int:
    """How long a meeting takes, in minutes: ``1h``, ``90 min``, ``1:30``, ``2 timmar``.

    Raises:
        DurationUnclear: it is nothing of the kind.
        DurationAmbiguous: it can be read in two ways, as ``1.30 h`` can.
        DurationTooLong: no meeting takes so long.
    """
    if not typed.strip():
        return USUAL
    try:
        found = _minutes(plain(typed))
    except NotUnderstood:
        raise DurationUnclear(text=typed) from None
    if min(found) > LONGEST:
        raise DurationTooLong(limit=LONGEST_DAYS)
    if len(found) > 1:
        first, second = map(_by_clock, found)
        raise DurationAmbiguous(text=typed, first=first, second=second, minutes=found)
    return found[0]


def reminders(typed: str) -> tuple[int, ...] | None:
    """When to remind, in minutes ahead, the longest first: ``1d, 2h, 30 min``.

    Returns:
        None where nothing was typed, and nothing for ``none``.

    Raises:
        RemindersUnclear: it is nothing of the kind, or longer ahead than eight weeks.
        RemindersTooMany: there are more than five.
    """
    if not typed.strip():
        return None
    text = plain(typed)
    if text in _NONE:
        return ()
    try:
        found = {_only(_minutes(one)) for one in _each(text)}
    except NotUnderstood:
        raise RemindersUnclear(text=typed) from None
    if max(found) > FURTHEST_WEEKS * _WEEK:
        raise RemindersUnclear(text=typed)
    if len(found) > REMINDERS_LIMIT:
        raise RemindersTooMany(limit=REMINDERS_LIMIT)
    return tuple(sorted(found, reverse=True))


def written(minutes: int) -> str:
    """A length in few characters that :func:`duration` reads: ``1:30``, ``45 min``."""
    hours, rest = divmod(minutes, _HOUR)
    if hours and not rest:
        return f"{hours} h"
    return f"{hours}:{rest:02}" if 0 < hours < _DAY // _HOUR else f"{minutes} min"


def _by_clock(minutes: int) -> str:
    hours, rest = divmod(minutes, _HOUR)
    return f"{hours}:{rest:02}"


def written_reminders(ahead: tuple[int, ...] | None) -> str:
    """Reminders as :func:`reminders` reads them."""
    if ahead is None:
        return ""
    names = (("w", _WEEK), ("d", _DAY), ("h", _HOUR), ("min", 1))
    units = (next((n, u) for n, u in names if minutes % u == 0) for minutes in ahead)
    said = [f"{minutes // unit} {name}" for minutes, (name, unit) in zip(ahead, units, strict=True)]
    return ", ".join(said) or min(_NONE)


def amounts(text: str) -> Amounts:
    """How much a length comes to: ``{"days": 14}`` for "two weeks", ``{"minutes": 90}`` for "1h30".

    Args:
        text: plain, such as ``patterns.PIECES`` fits, perhaps with a number behind it.

    Raises:
        NotUnderstood: it may mean two things, as "1.30 h" does, and "1 h, 2 h"; or the number
            behind it is not one of minutes.
    """
    return _only(readings(text))


def readings(text: str) -> list[Amounts]:
    """As :func:`amounts`; of "1.30 h" both 90 minutes, which is likelier, and 78.

    Raises:
        NotUnderstood: it makes no sense in either way.
    """
    pieces = list(_PIECE.finditer(text))
    either = [_sum(text, pieces, by_clock=by_clock) for by_clock in (True, False)]
    return either if either[0] != either[1] else either[:1]


def _only(found: list[_T]) -> _T:
    """What was found, if it is all there is."""
    if len(found) > 1:
        raise NotUnderstood
    return found[0]


def _sum(text: str, pieces: list[re.Match[str]], *, by_clock: bool) -> Amounts:
    named = [_named(piece, by_clock=by_clock) for piece in pieces]
    if behind := text[pieces[-1].end() :].strip(" ."):
        count, unit = named[-1]
        if unit != _AN_HOUR or count.denominator > 1:
            raise NotUnderstood
        named.append((Fraction(behind), _A_MINUTE))
    units = [unit for _, unit in named]
    if len(set(units)) < len(units):
        raise NotUnderstood
    found = dict.fromkeys((of for _, of in units), Fraction())
    for count, (many, of) in named:
        found[of] += count * many
    return found


def _named(piece: re.Match[str], *, by_clock: bool) -> tuple[Fraction, tuple[int, str]]:
    """How many of which unit; with ``by_clock``, "1.30 h" is an hour and thirty minutes."""
    whole, said, name = piece.groups()
    if whole:
        return Fraction(1), LENGTHS[whole]
    halves = [_AND_A_HALF.subn("", part.strip()) for part in (said, name)]
    (said, one), (name, other) = halves
    unit, half = UNITS[name], Fraction(one + other, 2)
    if words := _IN_WORDS.fullmatch(said):
        return Fraction(TENS.get(words[1], 0) + COUNTS.get(words[2], 0)) + half, unit
    count = Fraction(said.replace(",", ".")) + half
    if unit == _AN_HOUR and by_clock and (clock := _LIKE_A_CLOCK.fullmatch(said)):
        count = int(clock[1]) + Fraction(int(clock[2]), _HOUR)
    if unit == _A_MINUTE and count.denominator > 1:
        raise NotUnderstood  # "30,15 min" was to be two reminders
    return count, unit


def _each(text: str) -> list[str]:
    """The lengths that stand apart; those that are written together are one."""
    found = _REMINDER.findall(text)
    if not found or not _BETWEEN_REMINDERS.fullmatch(_REMINDER.sub(" ", text)):
        raise NotUnderstood
    return found


def _minutes(text: str) -> list[int]:
    """What one length comes to, in each way that it can be read.

    Raises:
        NotUnderstood: it is none, nothing, or in months, which have no number of minutes.
    """
    if not _DURATION.fullmatch(text):
        raise NotUnderstood
    hours, clock, minutes = text.partition(":")
    if clock:
        found = [int(hours) * _HOUR + int(minutes[:2])]
    elif text.isdigit():
        found = [int(text) if int(text) >= _LEAST_ALONE else 0]
    else:
        named = readings(text)
        if "months" in named[0]:
            raise NotUnderstood
        found = [round(one.get("minutes", 0) + one.get("days", 0) * _DAY) for one in named]
    if not all(found):
        raise NotUnderstood
    return found
