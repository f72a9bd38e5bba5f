"""Taking apart what somebody typed for a meeting's start: which day, and what time of day.

Nothing is left over: one word that is not known, and none of it is understood. What can be taken in
two ways is taken in both, and each of them is given back.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.domain.when import day_rules, hour_rules, patterns
from bot.domain.when.pieces import Piece, Rule, Text, Times, Ways, one
from bot.domain.when.said import Feast, NotUnderstood, Said
from bot.domain.when.words import plain, words_of
from storage.enums import Language

LONGEST: Final = 100
_BETWEEN: Final = ' ,.;:!?()`"'


class Unread(NotUnderstood):
    """A text could be read up to a place alone.

    Attributes:
        text: the whole of it, in plain characters.
        at: how far.
    """

    def __init__(self, text: str, at: int) -> None:
        super().__init__(text, at)
        self.text = text
        self.at = at


def read(text: str, language: Language, feasts: Mapping[str, tuple[str, ...]]) -> list[Said]:
    """What a text says, in each way that it can be read; the likelier first.

    Args:
        text: as typed.
        language: how dates and ranges are read where the text's own words do not tell its language.
        feasts: what each name of a day in the calendar may mean.

    Raises:
        Unread: not all of it could be read, or it says the same thing twice.
    """
    if len(text) > LONGEST:
        raise Unread(text, 0)
    return _Reader(plain(text), language, feasts).read()


def spoken(text: str, reader: Language) -> Language:
    """The language that a text's words are of, or that of its reader where they do not tell."""
    words = set(re.findall("[a-zåäö]{2,}", plain(text)))
    found = [language for language in Language if words & words_of(language)]
    return found[0] if len(found) == 1 else reader


class _Reader:
    """Goes through a text from left to right, by the first rule that fits at each place."""

    def __init__(
        self, text: str, language: Language, feasts: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._text = Text(text, spoken(text, language), feasts)
        self._ways: dict[int, Ways] = {}
        self._reached = 0

    def read(self) -> list[Said]:
        found = []
        for pieces in self._from(0, {}):
            try:
                found.append(self._said(pieces))
            except NotUnderstood:
                continue
        if not found:
            raise Unread(self._text.plain, self._reached)
        return list(dict.fromkeys(found))

    def _from(self, at: int, found: Piece) -> Iterator[Piece]:
        plain = self._text.plain
        while at < len(plain) and plain[at] in _BETWEEN:
            at += 1
        self._reached = max(self._reached, at)
        if at == len(plain):
            yield found
            return
        if at not in self._ways:
            self._ways[at] = self._at(at)
        for piece, end in self._ways[at]:
            if not piece.keys() & found.keys():
                yield from self._from(end, found | piece)

    def _at(self, at: int) -> Ways:
        """What the first rule makes of a place that fits there; nothing where none does."""
        text = self._text
        for pattern, rule in _RULES:
            if match := pattern.match(text.plain, at):
                try:
                    ways = rule(text, match)
                except NotUnderstood:
                    return []
                if ways is not None:
                    return ways
        for name in sorted(text.feasts, key=len, reverse=True):
            if match := re.compile(re.escape(name) + patterns.FEAST_END).match(text.plain, at):
                feast = Feast(text.feasts[name], day_rules.year_of(match[1], match[2]))
                return one(match, day=feast)
        return []

    @staticmethod
    def _said(pieces: Piece) -> Said:
        """The whole of it; hours are of the part of the day that was said anywhere.

        Raises:
            NotUnderstood: "2 pm in the morning".
        """
        rest: dict[str, Any] = dict(pieces)
        time: Times | None = rest.pop("time", None)
        if time is None:
            return Said(**rest)
        clocks, sure = time(rest.pop("part", None))
        return Said(**{**rest, "clocks": clocks, "sure": sure and rest.get("sure", True)})


_RULES: Final[tuple[tuple[re.Pattern[str], Rule], ...]] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        *day_rules.DATES,
        *hour_rules.RANGES,
        *day_rules.DAYS,
        *hour_rules.HOURS,
        (patterns.FILLER, lambda _, match: one(match)),
    )
)
