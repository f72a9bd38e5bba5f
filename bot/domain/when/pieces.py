"""What a place in a text can mean, and what the rules of reading are told of it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.domain.when import hours
from bot.domain.when.said import Clock, OnDate, OnDates
from storage.enums import Language

# Times of day, in the part of the day that was said, and whether one alone is sure.
Times = Callable[[hours.Part | None], tuple[tuple[Clock, ...], bool]]
# What is put, by the names of the fields of Said; hours as "time", for their part comes late.
Piece = dict[str, object]
Ways = list[tuple[Piece, int]]  # what a place can mean, and where that ends


@dataclass(frozen=True)
class Text:
    """What is read.

    Attributes:
        plain: in plain characters.
        language: that its words are of, or its reader.
        feasts: what each name of a day in the calendar may mean.
    """

    plain: str
    language: Language
    feasts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def after(self, match: re.Match[str], pattern: str) -> re.Match[str] | None:
        """What stands straight behind."""
        return re.compile(pattern).match(self.plain, match.end())


Rule = Callable[[Text, re.Match[str]], Ways | None]
"""None where what fits the pattern is none of it; nothing where it makes no sense."""


def one(match: re.Match[str], **piece: object) -> Ways:
    """The only thing that a place can mean."""
    return [(piece, match.end())]


def on_dates(match: re.Match[str], *found: OnDate) -> Ways:
    """That a place is one of these dates."""
    return one(match, day=OnDates(found))


def at_hour(hour: hours.Hour) -> Piece:
    """An hour alone."""
    return {"time": lambda part: (hours.alone(hour, part), True)}
