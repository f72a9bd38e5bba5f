"""What became of each factor in a span of time, read from the journal for a weekly digest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.digest.weeks import Window
from bot.domain.factors.counting import Standing
from storage.desk import Desk
from storage.digest import events as kept
from storage.digest.events import DECISIONS, FactorEvent
from storage.enums import FactorStatus

_RANK: Final = (
    FactorStatus.ADOPTED,
    FactorStatus.DECLINED,
    FactorStatus.OPEN,
    FactorStatus.MERGED,
    FactorStatus.WITHDRAWN,
)


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
