"""What becomes of a factor: decided, withdrawn, reopened; each with a reason."""

from datetime import datetime
from typing import Final

from sqlmodel import Session

from bot.domain.factors import factors, views, votes
from bot.domain.factors.edits import need_proposer
from bot.domain.factors.errors import NothingToUndo
from bot.domain.factors.views import FactorView
from bot.domain.kit import texts
from bot.domain.kit.errors import ChoiceUnknown, TextMissing
from bot.domain.kit.people import need_coordinator
from storage import journal
from storage.desk import Person
from storage.enums import FactorStatus
from storage.factors.factors import Factor

# What a coordinator decides on; open is deciding anew.
OUTCOMES: Final = (FactorStatus.ADOPTED, FactorStatus.DECLINED, FactorStatus.OPEN)


def decide(
    session: Session,
    programme_id: int,
    person: Person,
    factor_id: int,
    outcome: FactorStatus,
    reason: str,
    *,
    now: datetime,
) -> FactorView:
    """Decide on a factor, or open it again.

    Args:
        session: the transaction.
        programme_id: the server.
        person: a coordinator.
        factor_id: which factor.
        outcome: adopted, declined or open.
        reason: why; everyone reads it.
        now: aware UTC.

    Raises:
        CoordinatorsOnly: the person is none.
        FactorNotFound: there is none with this id in this programme.
        ChoiceUnknown: the outcome is another.
        TextMissing: the reason holds nothing.
        FactorMerged: it is merged, which is undone by itself.
        NothingToUndo: it has this outcome already.
    """
    row = need_decidable(session, programme_id, person, factor_id, outcome)
    return become(session, row, person, outcome, reason, kind="factor.decided", now=now)


def need_decidable(
    session: Session, programme_id: int, person: Person, factor_id: int, outcome: FactorStatus
) -> Factor:
    """The factor, if the person may give it this outcome now; before they write a reason.

    Raises:
        CoordinatorsOnly, FactorNotFound, ChoiceUnknown: as :func:`decide`.
        FactorMerged, NothingToUndo: likewise.
    """
    need_coordinator(session, programme_id, person)
    if outcome not in OUTCOMES:
        raise ChoiceUnknown(choice=outcome.value)
    row = factors.need(session, programme_id, factor_id)
    if row.status is FactorStatus.MERGED:
        votes.need_open(session, row)
    if row.status is outcome:
        raise NothingToUndo(title=row.title)
    return row


def to_decide(
    session: Session, programme_id: int, person: Person, factor_id: int, *, now: datetime
) -> FactorView:
    """A factor that the person may decide on, or open again.

    Raises:
        CoordinatorsOnly, FactorNotFound, FactorMerged: as :func:`decide`.
    """
    need_coordinator(session, programme_id, person)
    row = factors.need(session, programme_id, factor_id)
    if row.status is FactorStatus.MERGED:
        votes.need_open(session, row)
    return views.view(session, row, now)


def withdraw(
    session: Session,
    programme_id: int,
    person: Person,
    factor_id: int,
    reason: str,
    *,
    now: datetime,
) -> FactorView:
    """Take a factor back: its proposer may, and coordinators.

    Raises:
        FactorNotFound: there is none with this id in this programme.
        NotTheProposer: the person neither proposed it nor coordinates.
        FactorClosed: it is not open.
        TextMissing: the reason holds nothing.
    """
    row = need_withdrawable(session, programme_id, person, factor_id)
    status = FactorStatus.WITHDRAWN
    return become(session, row, person, status, reason, kind="factor.withdrawn", now=now)


def need_withdrawable(
    session: Session, programme_id: int, person: Person, factor_id: int
) -> Factor:
    """The factor, if the person may take it back now; before they write a reason.

    Raises:
        FactorNotFound, NotTheProposer, FactorClosed: as :func:`withdraw`.
    """
    row = factors.need(session, programme_id, factor_id)
    need_proposer(session, row, person)
    votes.need_open(session, row)
    return row


def become(
    session: Session,
    row: Factor,
    person: Person,
    status: FactorStatus,
    reason: str,
    *,
    kind: str,
    now: datetime,
) -> FactorView:
    """Let a factor's row have a status from now on; for use cases that saw to who may.

    Args:
        session: the transaction.
        row: the factor.
        person: who does it.
        status: what becomes of it.
        reason: why.
        kind: what the journal calls it.
        now: aware UTC.

    Raises:
        TextMissing: the reason holds nothing.
    """
    reason = texts.kept(reason, texts.REASON_LIMIT)
    if not reason:
        raise TextMissing
    what = {"before": row.status, "after": status, "into": row.merged_into_id}
    row.status, row.reason, row.decided_at = status, reason, now
    session.add(row)
    session.flush()
    journal.write(session, row.programme_id, now, person.id, kind, row.id, **what)
    return votes.recount(session, row, now)
