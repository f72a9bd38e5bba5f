"""What a track's name, description and emoji may be."""

import re
from collections.abc import Sequence

from bot.domain.kit import texts
from bot.domain.kit.emoji import one_emoji
from bot.domain.kit.errors import NameTooLong, TextMissing
from bot.domain.tracks.errors import DaysOutOfRange, DescriptionTooLong, NotAnEmoji, TrackExists
from storage.kit.identity import exact
from storage.search import stems

DESCRIPTION_LIMIT = 200
LONGEST_DAYS = 365


def name(said: str, others: Sequence[str]) -> str:
    """A track's name, fit to keep.

    Raises:
        TextMissing, NameTooLong: nothing is left of it, or it is over 80 characters.
        TrackExists: one of the other tracks is called so.
    """
    found = texts.clean_line(said)
    if not stems.fold(found):
        raise TextMissing
    if len(found) > texts.NAME_LIMIT:
        raise NameTooLong(limit=texts.NAME_LIMIT)
    for other in others:
        if exact(found) == exact(other):
            raise TrackExists(name=other)
    return found


def description(said: str) -> str:
    """A track's description, fit to keep; it may be empty.

    Raises:
        DescriptionTooLong: it is over 200 characters.
    """
    found = texts.clean_line(said)
    if len(found) > DESCRIPTION_LIMIT:
        raise DescriptionTooLong(limit=DESCRIPTION_LIMIT)
    return found


def emoji(said: str) -> str:
    """A track's emoji.

    Raises:
        NotAnEmoji: it is none, or several, or a server's own.
    """
    found = one_emoji(said)
    if found is None:
        raise NotAnEmoji(text=said)
    return found


def days(said: int) -> int:
    """How many days something lasts.

    Raises:
        DaysOutOfRange: it is not from 0 to 365.
    """
    if not 0 <= said <= LONGEST_DAYS:
        raise DaysOutOfRange(limit=LONGEST_DAYS)
    return said


def checked(field: str, said: str | int, others: Sequence[str]) -> str | int:
    """What somebody said a field should be, fit to keep.

    Raises:
        As the field's own function here.
    """
    if field == "name":
        return name(str(said), others)
    if field == "description":
        return description(str(said))
    if field.endswith("_days"):
        return days(int(said))
    return emoji(str(said)) if field == "emoji" else bool(said)


def short_name(name: str, taken: set[str]) -> str:
    """A word for channel names, made of a track's name and unlike those that are taken."""
    parts = re.findall(r"[^\W_]+", name.casefold()) or ["spår"]
    for length in range(1, len(parts) + 1):
        short = "-".join(parts[:length])[:40]
        if short not in taken:
            return short
    return next(
        f"{parts[0][:40]}-{n}" for n in range(2, 1000) if f"{parts[0][:40]}-{n}" not in taken
    )
