"""The lines of a weekly digest: each a factor, a meeting or a discussion, with the way to it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.domain.digest.stories import Story
from bot.domain.digest.views import (
    AheadMeeting,
    Decision,
    MovedFactor,
    NewFactor,
    NewMinutes,
    Talked,
)
from bot.domain.kit.links import card_url, channel_url
from storage.desk import Desk
from storage.digest import events
from storage.factors.factors import Factor
from storage.meetings.meetings import Meeting, Occurrence

LINES: Final = 5
"""As many of each kind are named; the rest is counted."""
BEGINNING: Final = 300
"""So many characters of a longer text are kept."""
_ITEM: Final = re.compile(r"(?:^|\n)\s*[-*\u2022\u2013]\s+")

Named = Mapping[int, tuple[Factor, str]]
"""Factors by id, each with the name of its organisation."""


def named(desk: Desk, those: Iterable[Story]) -> Named:
    """The factors that some stories are about."""
    return events.named(desk, {story.factor_id for story in those})


def new(known: Named, those: Sequence[Story]) -> tuple[NewFactor, ...]:
    """The first of the new factors."""
    return tuple(
        NewFactor(row.title, card_url(row), row.kind, name, _beginning(row.how), story.standing)
        for story in those[:LINES]
        for row, name in [known[story.factor_id]]
    )


def decisions(
    desk: Desk, known: Named, those: Sequence[Story], readable: Collection[int | None]
) -> tuple[Decision, ...]:
    """The first of the decisions; what they were merged into is named in ``readable`` tracks."""
    shown = [(known[story.factor_id][0], story.decided) for story in those[:LINES]]
    targets = {decided.into for _, decided in shown if decided and decided.into is not None}
    into = {
        key: row.title
        for key, (row, _) in events.named(desk, targets).items()
        if row.track_id in readable
    }
    return tuple(
        Decision(
            title=row.title,
            url=card_url(row),
            status=decided.status,
            # Of a later decision it is another.
            reason=row.reason if row.decided_at == decided.at else "",
            into=into.get(decided.into or 0, ""),
            undone=decided.undone,
        )
        for row, decided in shown
        if decided
    )


def moved(known: Named, those: Sequence[Story]) -> tuple[MovedFactor, ...]:
    """The first of the factors that stand elsewhere."""
    return tuple(
        MovedFactor(row.title, card_url(row), *story.moved)
        for story in those[:LINES]
        for row, _ in [known[story.factor_id]]
        if story.moved
    )


def ahead(those: Iterable[tuple[Meeting, Occurrence]], at: datetime) -> tuple[AheadMeeting, ...]:
    """The first of the meetings ahead, as they were at a moment (aware UTC)."""
    return tuple(
        AheadMeeting(
            title=_title(row, time),
            url=card_url(row),
            kind=row.kind,
            starts_at=time.starts_at,
            place=row.place if time.place is None else time.place,
            cancelled=is_off(time, at),
        )
        for row, time in list(those)[:LINES]
    )


def minutes(those: Iterable[tuple[Meeting, Occurrence]]) -> tuple[NewMinutes, ...]:
    """The first of the minutes."""
    return tuple(
        NewMinutes(
            title=_title(row, time),
            url=card_url(row),
            starts_at=time.starts_at,
            summary=_beginning(time.summary),
            links=len(time.links.splitlines()),
        )
        for row, time in list(those)[:LINES]
    )


def talk(desk: Desk, liveliest: Sequence[tuple[int, int]]) -> tuple[Talked, ...]:
    """Where most was said, given as channels and threads (Discord ids) with their messages."""
    titles = events.by_thread(desk, [place for place, _ in liveliest])
    return tuple(
        Talked(place, titles.get(place, ""), channel_url(desk.programme_id, place), number)
        for place, number in liveliest
    )


def is_off(time: Occurrence, at: datetime) -> bool:
    """Whether a time of a meeting had been cancelled by a moment (aware UTC)."""
    return time.cancelled_at is not None and time.cancelled_at < at


def _title(row: Meeting, time: Occurrence) -> str:
    return row.title if time.title is None else time.title


def _beginning(text: str) -> str:
    """The beginning of a text on one line; where it holds a list, a dot parts the items."""
    text = " ".join(_ITEM.sub(" · ", text).split()).removeprefix("· ")
    if len(text) <= BEGINNING:
        return text
    return f"{text[: BEGINNING - 1].rpartition(' ')[0] or text[: BEGINNING - 1]}…"
