"""Fates: what became of the factors, objections and experiences that somebody gave.

From the journal and what stands now; no books of its own. No cause is claimed that nobody knows.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.factors import factors
from bot.domain.factors.counting import Standing
from bot.domain.factors.views import FactorView
from bot.domain.members import participants
from storage.desk import Desk
from storage.enums import FactorStatus
from storage.factors import factors as kept_factors
from storage.fates import events
from storage.fates.events import FateEvent

MOST: Final = 10
BACK: Final = timedelta(days=90)
"""How far back somebody sees what became of theirs."""


class Gift(StrEnum):
    """What somebody gave."""

    FACTOR = "factor"
    OBJECTION = "objection"
    EXPERIENCE = "experience"


class FateKind(StrEnum):
    """What became of it."""

    SHARED = "shared"
    CHANGED = "changed"
    ADOPTED = "adopted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


@dataclass(frozen=True)
class Fate:
    """What became of one thing; ``factor`` is as it is now."""

    gift: Gift
    became: FateKind
    at: datetime
    factor: FactorView


def mine(desk: Desk, *, after: datetime | None = None) -> tuple[Fate, ...]:
    """The newest fates of what the person who asks gave, the newest first, one a thing.

    What they did themselves is none, nor what stands no more.

    Args:
        after: from when on (aware UTC); left out, as far back as :data:`BACK`.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the person is with no organisation.
    """
    participants.need(desk, desk.asker.id)
    given = _given(desk)
    happened = events.since(desk, {key for key, _ in given}, after or desk.now - BACK)
    found: dict[tuple[int, Gift], Fate] = {}
    for event in happened:
        if event.who == desk.asker.id or kept_factors.find(desk, event.factor_id) is None:
            continue
        shown = factors.show(desk, event.factor_id)
        for gift in Gift:
            key = event.factor_id, gift
            since = given.get(key)
            if since is None or event.at < since or key in found:
                continue
            became = _became(event, gift, shown)
            if became is not None:
                found[key] = Fate(gift, became, event.at, shown)
        if len(found) >= MOST:
            break
    return tuple(found.values())[:MOST]


def _given(desk: Desk) -> dict[tuple[int, Gift], datetime]:
    """What they gave, and since when; a factor is told of once: as the proposer's, else."""
    who, long_ago = desk.asker.id, desk.now - BACK - BACK
    given = dict.fromkeys(((key, Gift.FACTOR) for key in events.proposed(desk, who)), long_ago)
    for gift, since in (
        (Gift.OBJECTION, events.objected(desk, who)),
        (Gift.EXPERIENCE, events.told_of(desk, who)),
    ):
        own = {key for key, _ in given}
        given |= {(key, gift): at for key, at in since.items() if key not in own}
    return given


def _became(event: FateEvent, gift: Gift, now: FactorView) -> FateKind | None:
    if event.kind == "factor.moved":
        stands = now.tally.standing is Standing.SHARED_GROUND
        told = event.data.get("after") == Standing.SHARED_GROUND.value
        open_ = now.status is FactorStatus.OPEN
        return FateKind.SHARED if gift is Gift.FACTOR and stands and told and open_ else None
    if event.kind == "factor.edited":
        asked = gift is Gift.OBJECTION and now.status is FactorStatus.OPEN
        return FateKind.CHANGED if asked and not event.data.get("small") else None
    return _OUTCOMES.get(now.status)


_OUTCOMES: Final = {
    FactorStatus.ADOPTED: FateKind.ADOPTED,
    FactorStatus.DECLINED: FateKind.DECLINED,
    FactorStatus.WITHDRAWN: FateKind.WITHDRAWN,
    FactorStatus.MERGED: FateKind.MERGED,
}
