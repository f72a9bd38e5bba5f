"""Who proposed a factor, and how they hear what becomes of it."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.factors import factors
from storage.desk import Desk
from storage.enums import Reach
from storage.members import participants as kept
from storage.members import sight


@dataclass(frozen=True)
class Proposer:
    """Who proposed a factor, and how they want to be reached about it."""

    member_id: int
    reach: Reach


def proposer(desk: Desk, factor_id: int, *, but: Collection[int] = ()) -> Proposer | None:
    """Who is to be told what becomes of a factor.

    Nobody, where its proposer was erased, has left the server or its closed track, or knows already
    (``but``), or where a coordinator entered it. Whoever keeps their name off the card is never
    mentioned in public, but written to directly instead.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = factors.need(desk, factor_id)
    found = kept.find(desk, row.participant_id or 0)
    if row.on_behalf or found is None or found.member_id <= 0 or found.member_id in but:
        return None
    if not sight.reaches(desk, found.member_id, row.track_id):
        return None
    chosen = kept.find_member(desk, found.member_id)
    if chosen is not None and chosen.gone_at is not None:
        return None
    reach = chosen.reach if chosen else Reach.DIRECT
    if row.discreet and reach is Reach.MENTION:
        reach = Reach.DIRECT
    return Proposer(found.member_id, reach)
