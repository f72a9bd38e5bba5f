"""How long something takes, or how long ahead it is to be told, as people type it."""

import re
from typing import Final

from bot.domain.errors import DurationTooLong, DurationUnclear, RemindersTooMany, RemindersUnclear

USUAL: Final = 60
"""How long a meeting takes where nothing is said, in minutes."""
LONGEST_DAYS: Final = 14
REMINDERS_LIMIT: Final = 5
FURTHEST_WEEKS: Final = 8
_HOUR, _DAY, _WEEK = 60, 24 * 60, 7 * 24 * 60
# A number alone is minutes, if it is no number of hours that anybody meets.
_LEAST_ALONE: Final = 15
_UNITS: Final = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "minut", "minuter"), 1),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), _HOUR),
    **dict.fromkeys(("t", "tim", "timme", "timmar", "timma"), _HOUR),
    **dict.fromkeys(("d", "day", "days", "dag", "dagar", "dygn"), _DAY),
    **dict.fromkeys(("w", "week", "weeks", "v", "vecka", "veckor"), _WEEK),
}
_ONE: Final = {"a", "an", "one", "en", "ett"}
_NONE: Final = {"none", "no", "inga", "ingen", "nej"}
_PIECE: Final = re.compile(r"(\d{1,5}(?:[.,]\d{1,2})?|an?|one|en|ett)\s*([a-zåäö]+)\.?")
_CLOCK: Final = re.compile(r"(\d{1,2}):([0-5]\d)")
_AND: Final = re.compile(r"\b(?:and|och)\b|\+")


def duration(typed: str) -> int:
    """How long a meeting takes, in minutes: ``1h``, ``90 min``, ``1:30``, ``2 timmar``.

    Raises:
        DurationUnclear: it is nothing of the kind.
        DurationTooLong: no meeting takes so long.
    """
    if not typed.strip():
        return USUAL
    minutes = _minutes(typed)
    if not minutes:
        raise DurationUnclear(text=typed)
    if minutes > LONGEST_DAYS * _DAY:
        raise DurationTooLong(limit=LONGEST_DAYS)
    return minutes


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
    if typed.strip().lower() in _NONE:
        return ()
    # A comma between digits belongs to a number.
    said = re.split(r",(?!\d)|[;\n]|\b(?:and|och)\b", typed, flags=re.IGNORECASE)
    found = {_minutes(piece) for piece in said if piece.strip()}
    if not found or None in found or any((one or 0) > FURTHEST_WEEKS * _WEEK for one in found):
        raise RemindersUnclear(text=typed)
    if len(found) > REMINDERS_LIMIT:
        raise RemindersTooMany(limit=REMINDERS_LIMIT)
    return tuple(sorted((one for one in found if one), reverse=True))


def written(minutes: int) -> str:
    """A length in few characters that :func:`duration` reads: ``1:30``, ``45 min``."""
    hours, rest = divmod(minutes, _HOUR)
    if hours and not rest:
        return f"{hours} h"
    return f"{hours}:{rest:02}" if 0 < hours < _DAY // _HOUR else f"{minutes} min"


def written_reminders(ahead: tuple[int, ...] | None) -> str:
    """Reminders as :func:`reminders` reads them."""
    if ahead is None:
        return ""
    names = (("w", _WEEK), ("d", _DAY), ("h", _HOUR), ("min", 1))
    units = (next((n, u) for n, u in names if minutes % u == 0) for minutes in ahead)
    said = [f"{minutes // unit} {name}" for minutes, (name, unit) in zip(ahead, units, strict=True)]
    return ", ".join(said) or min(_NONE)


def _minutes(typed: str) -> int | None:
    """What one length comes to; None for anything else, and for nothing."""
    text = _AND.sub(" ", typed.lower()).strip()
    if (clock := _CLOCK.fullmatch(text)) is not None:
        return int(clock[1]) * _HOUR + int(clock[2]) or None
    if text.isascii() and text.isdigit():
        return int(text) if int(text[:6]) >= _LEAST_ALONE else None
    total, rest = 0.0, text
    while rest:
        piece = _PIECE.match(rest)
        if piece is None or piece[2] not in _UNITS:
            return None
        number = 1.0 if piece[1] in _ONE else float(piece[1].replace(",", "."))
        total += number * _UNITS[piece[2]]
        rest = rest[piece.end() :].lstrip()
    return round(total) or None
