"""What becomes of a factor: decided, withdrawn, reopened; each with a reason."""

from typing import Final

from bot.domain.factors import factors, views, votes
from bot.domain.factors.edits import need_proposer
from bot.domain.factors.errors import NothingToUndo
from bot.domain.factors.views import FactorView
from bot.domain.kit import texts
from bot.domain.kit.errors import ChoiceUnknown, TextMissing
from bot.domain.kit.people import only_coordinators
from storage.desk import Desk
from storage.enums import FactorStatus
from storage.factors.factors import Factor

# What a coordinator decides on; open is deciding anew.
OUTCOMES: Final = (FactorStatus.ADOPTED, FactorStatus.DECLINED, FactorStatus.OPEN)


def decide(desk: Desk, factor_id: int, outcome: FactorStatus, reason: str) -> FactorView:
    """Decide on a factor, or open it again.

    Args:
        factor_id: which factor.
        outcome: adopted, declined or open.
        reason: why; everyone reads it.

    Raises:
        CoordinatorsOnly: the person is none.
        FactorNotFound: there is none with this id in this programme.
        ChoiceUnknown: the outcome is another.
        TextMissing: the reason holds nothing.
        FactorMerged: it is merged, which is undone by itself.
        NothingToUndo: it has this outcome already.
    """
    row = need_decidable(desk, factor_id, outcome)
    return become(desk, row, outcome, reason, kind="factor.decided")


def need_decidable(desk: Desk, factor_id: int, outcome: FactorStatus) -> Factor:
    """The factor, if the person may give it this outcome now; before they write a reason.

    Raises:
        CoordinatorsOnly, FactorNotFound, ChoiceUnknown: as :func:`decide`.
        FactorMerged, NothingToUndo: likewise.
    """
    only_coordinators(desk)
    if outcome not in OUTCOMES:
        raise ChoiceUnknown(choice=outcome.value)
    row = factors.need(desk, factor_id)
    if row.status is FactorStatus.MERGED:
        votes.need_open(desk, row)
    if row.status is outcome:
        raise NothingToUndo(title=row.title)
    return row


def to_decide(desk: Desk, factor_id: int) -> FactorView:
    """A factor that the person may decide on, or open again.

    Raises:
        CoordinatorsOnly, FactorNotFound, FactorMerged: as :func:`decide`.
    """
    only_coordinators(desk)
    row = factors.need(desk, factor_id)
    if row.status is FactorStatus.MERGED:
        votes.need_open(desk, row)
    return views.view(desk, row)


def withdraw(desk: Desk, factor_id: int, reason: str) -> FactorView:
    """Take a factor back: its proposer may, and coordinators.

    Raises:
        FactorNotFound: there is none with this id in this programme.
        NotTheProposer: the person neither proposed it nor coordinates.
        FactorClosed: it is not open.
        TextMissing: the reason holds nothing.
    """
    row = need_withdrawable(desk, factor_id)
    status = FactorStatus.WITHDRAWN
    return become(desk, row, status, reason, kind="factor.withdrawn")


def need_withdrawable(desk: Desk, factor_id: int) -> Factor:
    """The factor, if the person may take it back now; before they write a reason.

    Raises:
        FactorNotFound, NotTheProposer, FactorClosed: as :func:`withdraw`.
    """
    row = factors.need(desk, factor_id)
    need_proposer(desk, row)
    votes.need_open(desk, row)
    return row


def become(desk: Desk, row: Factor, status: FactorStatus, reason: str, *, kind: str) -> FactorView:
    """Let a factor's row have a status from now on; for use cases that saw to who may.

    Args:
        row: the factor.
        status: what becomes of it.
        reason: why.
        kind: what the journal calls it.

    Raises:
        TextMissing: the reason holds nothing.
    """
    reason = texts.kept(reason, texts.REASON_LIMIT)
    if not reason:
        raise TextMissing
    what = {"before": row.status, "after": status, "into": row.merged_into_id}
    row.status, row.reason, row.decided_at = status, reason, desk.now
    desk.session.add(row)
    desk.session.flush()
    desk.note(kind, row.id, **what)
    return votes.recount(desk, row)
