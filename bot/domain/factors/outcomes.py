"""What becomes of a factor: decided, withdrawn, reopened; each with a reason."""

from datetime import datetime, timedelta
from typing import Final

from bot.domain.factors import factors, news, views, votes
from bot.domain.factors.edits import need_proposer
from bot.domain.factors.errors import (
    AdoptedMeanwhile,
    DecidedMeanwhile,
    DeclinedMeanwhile,
    NothingToUndo,
)
from bot.domain.factors.news import Became
from bot.domain.factors.views import FactorView
from bot.domain.kit import texts
from bot.domain.kit.errors import ChoiceUnknown, TextMissing
from bot.domain.kit.people import only_coordinators
from storage import journal
from storage.desk import Desk
from storage.enums import FactorStatus
from storage.factors.factors import Factor

# What a coordinator decides on; open is deciding anew.
OUTCOMES: Final = (FactorStatus.ADOPTED, FactorStatus.DECLINED, FactorStatus.OPEN)
JUST_NOW: Final = timedelta(minutes=1)  # of what was decided so lately, nobody need know

_DECIDED: Final = "factor.decided"


def decide(
    desk: Desk,
    factor_id: int,
    outcome: FactorStatus,
    reason: str,
    seen_at: datetime | None = None,
) -> FactorView:
    """Decide on a factor, or open it again.

    Args:
        factor_id: which factor.
        outcome: adopted, declined or open.
        reason: why; everyone reads it.
        seen_at: when the person saw what had become of it so far (aware UTC); None where they
            know it anyway.

    Raises:
        CoordinatorsOnly: the person is none.
        FactorNotFound: there is none with this id in this programme.
        ChoiceUnknown: the outcome is another.
        TextMissing: the reason holds nothing.
        FactorMerged: it is merged, which is undone by itself.
        DecidedMeanwhile: somebody else has decided on it since they saw it.
        NothingToUndo: it has this outcome already.
    """
    row = need_decidable(desk, factor_id, outcome, seen_at)
    decided = become(desk, row, outcome, reason, kind=_DECIDED)
    news.tell(desk, row, Became.DECIDED, but={desk.asker.id})
    return decided


def need_decidable(
    desk: Desk, factor_id: int, outcome: FactorStatus, seen_at: datetime | None = None
) -> Factor:
    """The factor, if the person may give it this outcome now; before they write a reason.

    Raises:
        CoordinatorsOnly, FactorNotFound, ChoiceUnknown: as :func:`decide`.
        FactorMerged, DecidedMeanwhile, NothingToUndo: likewise.
    """
    only_coordinators(desk)
    if outcome not in OUTCOMES:
        raise ChoiceUnknown(choice=outcome.value)
    row = factors.need(desk, factor_id)
    if row.status is FactorStatus.MERGED:
        votes.need_open(desk, row)
    if seen_at is not None:
        _need_as_seen(desk, row, seen_at)
    if row.status is outcome:
        raise NothingToUndo(title=row.title)
    return row


def _need_as_seen(desk: Desk, row: Factor, seen_at: datetime) -> None:
    """Let nothing pass on which somebody else has decided since an instant."""
    at = row.decided_at
    if at is None or at <= seen_at:
        return
    who = journal.done_by(desk.session, desk.programme_id, _DECIDED, row.id or 0, at)
    if who in {None, desk.asker.id}:
        return
    if row.status is FactorStatus.ADOPTED:
        raise AdoptedMeanwhile(title=row.title)
    if row.status is FactorStatus.DECLINED:
        raise DeclinedMeanwhile(title=row.title)
    raise DecidedMeanwhile(title=row.title)


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
    withdrawn = become(desk, row, FactorStatus.WITHDRAWN, reason, kind="factor.withdrawn")
    news.tell(desk, row, Became.DECIDED, but={desk.asker.id})
    return withdrawn


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
