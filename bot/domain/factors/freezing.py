"""A standing stays as it stood when voting closed or the factor was decided."""

from bot.domain.factors import tally, views
from bot.domain.factors.views import FactorView, Voting
from storage.desk import Desk
from storage.enums import Choice
from storage.factors import frozen, tallies
from storage.factors.factors import Factor
from storage.factors.frozen import FrozenTally
from storage.factors.tallies import CountedVote


def see(desk: Desk, row: Factor) -> FactorView:
    """A factor as it is counted now; frozen if it takes no more votes, and thawed if it does.

    One that was frozen when voting closed stays as it stood then, whatever is decided. One that is
    merged keeps what it has, for when that is undone.
    """
    seen = views.view(desk, row)
    if row.merged_into_id is not None:
        return seen
    if not views.stands(row, seen.voting):
        frozen.thaw(desk, row)
        return seen
    if row.frozen_at is not None:
        return seen
    row.frozen_at = desk.now
    if seen.voting is Voting.OVER and row.closes_at is not None:
        row.frozen_at = min(desk.now, row.closes_at)
    stood = views.view(desk, row, at=row.frozen_at).tally
    against = [each.participant_id for each in objecting(desk, row)]
    kept = FrozenTally(factor_id=row.id or 0, body=tally.to_keep(stood), objectors=against)
    frozen.freeze(desk, row, kept)
    return views.view(desk, row)


def objecting(desk: Desk, row: Factor) -> list[CountedVote]:
    """The objections that count for a factor, or did when it was frozen; newest first."""
    stood = frozen.of(desk, [row]).get(row.id or 0)
    if stood is not None and row.merged_into_id is None:
        return tallies.objections_of(desk, row.id or 0, stood.objectors)
    found = tallies.counted(desk, row.id or 0)
    return [each for each in found if each.choice is Choice.OBJECT]
