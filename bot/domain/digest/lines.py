"""The lines of a weekly digest, and what became of each factor in its week."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.digest.views import (
    AheadMeeting,
    Decision,
    MovedFactor,
    NewFactor,
    NewMinutes,
    Talked,
)
from bot.domain.digest.weeks import Window
from bot.domain.factors.counting import Standing
from bot.domain.kit.links import card_url, channel_url
from storage.desk import Desk
from storage.digest import events as kept
from storage.digest.events import DECISIONS, FactorEvent
from storage.enums import FactorStatus
from storage.factors.factors import Factor
from storage.meetings.meetings import Meeting, Occurrence

LINES: Final = 5
"""As many of each kind are named; the rest is counted."""
BEGINNING: Final = 300
"""So many characters of a longer text are kept."""
_ITEM: Final = re.compile(r"(?:^|\n)\s*[-*\u2022\u2013]\s+")

Named = Mapping[int, tuple[Factor, str]]
"""Factors by id, each with the name of its organisation."""


@dataclass(frozen=True)
class Decided:
    """What was decided on a factor, when (aware UTC), and what it was merged into, if it was.

    ``undone`` says that it was merged, and no longer is.
    """

    at: datetime
    status: FactorStatus
    into: int | None = None
    undone: bool = False


@dataclass(frozen=True)
class Story:
    """What happened to a factor in a span, as far as it is told.

    ``status`` and ``standing`` are those at its end. ``decided`` is the last decision, and
    ``moved`` its standing at the start and at the end, where they differ.
    """

    factor_id: int
    track_id: int | None
    status: FactorStatus
    standing: Standing
    new: bool
    decided: Decided | None
    moved: tuple[Standing, Standing] | None


def named(desk: Desk, those: Iterable[Story]) -> Named:
    """The factors that some stories are about."""
    return kept.named(desk, {story.factor_id for story in those})


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
        for key, (row, _) in kept.named(desk, targets).items()
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
    titles = kept.by_thread(desk, [place for place, _ in liveliest])
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


_RANK: Final = (
    FactorStatus.ADOPTED,
    FactorStatus.DECLINED,
    FactorStatus.OPEN,
    FactorStatus.MERGED,
    FactorStatus.WITHDRAWN,
)


def stories(desk: Desk, window: Window) -> list[Story]:
    """What happened to each factor, in the order in which it began."""
    span = (window.starts, window.ends)
    events = _by_factor(kept.of_factors(desk, *span))
    later = _by_factor(kept.after(desk, *span))
    return [_story(happened, later.get(factor_id, [])) for factor_id, happened in events.items()]


def most_telling(those: Iterable[Story]) -> list[Story]:
    """Those that were decided on: what was adopted first, then the rest, each in its order."""
    decided = [(each.decided, each) for each in those if each.decided]
    decided.sort(key=lambda pair: (_RANK.index(pair[0].status), pair[0].at))
    return [each for _, each in decided]


def _by_factor(events: Iterable[FactorEvent]) -> Mapping[int, list[FactorEvent]]:
    found: dict[int, list[FactorEvent]] = {}
    for event in events:
        found.setdefault(event.factor_id, []).append(event)
    return found


def _story(events: list[FactorEvent], later: list[FactorEvent]) -> Story:
    first = events[0]
    decisions = [event for event in events if event.kind in DECISIONS]
    next_decision = next((event for event in later if event.kind in DECISIONS), None)
    next_move = next((event for event in later if event.kind == "factor.moved"), None)
    status = _before(next_decision) if next_decision else first.status
    standing = next_move.data["before"] if next_move else first.standing
    new = any(event.kind == "factor.published" for event in events)
    return Story(
        factor_id=first.factor_id,
        track_id=first.track_id,
        status=status,
        standing=Standing(standing),
        new=new and status not in {FactorStatus.WITHDRAWN, FactorStatus.MERGED},
        decided=_decided(decisions),
        moved=None if new or status is not FactorStatus.OPEN else _moved(events),
    )


def _decided(decisions: list[FactorEvent]) -> Decided | None:
    """The last decision that holds; a merge and its undoing leave all as it was."""
    holding: list[FactorEvent] = []
    for decision in decisions:
        if decision.kind == "factor.unmerged" and holding:
            holding.pop()  # only what was merged can be unmerged, and nothing else happens to it
        else:
            holding.append(decision)
    if not holding:
        return None
    last = holding[-1]
    if last.kind == "factor.unmerged":
        return Decided(last.at, FactorStatus.OPEN, undone=True)
    return Decided(last.at, FactorStatus(last.data["after"]), last.data.get("into"))


def _before(decision: FactorEvent) -> FactorStatus:
    """The status that a factor had until a decision."""
    if decision.kind == "factor.unmerged":
        return FactorStatus.MERGED
    return FactorStatus(decision.data["before"])


def _moved(events: list[FactorEvent]) -> tuple[Standing, Standing] | None:
    moves = [event.data for event in events if event.kind == "factor.moved"]
    if not moves or moves[0]["before"] == moves[-1]["after"]:
        return None
    return Standing(moves[0]["before"]), Standing(moves[-1]["after"])
