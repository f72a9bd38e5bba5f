"""What becomes of a factor: decided, withdrawn, reopened, merged, unmerged. Each with a reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain import factors, texts, votes
from bot.domain.edits import need_proposer
from bot.domain.errors import CannotMerge, NothingToUndo, TextMissing
from bot.domain.factor_views import FactorView
from bot.domain.people import Person, need_coordinator
from storage import factors as kept
from storage import journal
from storage import votes as kept_votes
from storage.enums import FactorStatus
from storage.factors import Factor


@dataclass(frozen=True)
class Merged:
    """Two factors made one, or parted again: ``into`` had or has all votes; how many moved."""

    into: FactorView
    merged: FactorView
    moved: int


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
        TextMissing: the reason holds nothing.
        NothingToUndo: it has this outcome already, or is merged (which is undone by itself).
    """
    row = need_decidable(session, programme_id, person, factor_id, outcome)
    return _become(session, row, person, outcome, reason, now=now)


def need_decidable(
    session: Session, programme_id: int, person: Person, factor_id: int, outcome: FactorStatus
) -> Factor:
    """The factor, if the person may give it this outcome now; before they write a reason.

    Raises:
        CoordinatorsOnly, FactorNotFound, NothingToUndo: as :func:`decide`.
    """
    need_coordinator(session, programme_id, person)
    row = factors.need(session, programme_id, factor_id)
    if row.status in {outcome, FactorStatus.MERGED}:
        raise NothingToUndo(title=row.title)
    return row


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
        NothingToUndo: it is not open.
        TextMissing: the reason holds nothing.
    """
    row = need_withdrawable(session, programme_id, person, factor_id)
    return _become(session, row, person, FactorStatus.WITHDRAWN, reason, now=now)


def need_withdrawable(
    session: Session, programme_id: int, person: Person, factor_id: int
) -> Factor:
    """The factor, if the person may take it back now; before they write a reason.

    Raises:
        FactorNotFound, NotTheProposer, NothingToUndo: as :func:`withdraw`.
    """
    row = factors.need(session, programme_id, factor_id)
    need_proposer(session, row, person)
    if row.status is not FactorStatus.OPEN:
        raise NothingToUndo(title=row.title)
    return row


def merge(
    session: Session,
    programme_id: int,
    person: Person,
    factor_id: int,
    into_id: int,
    reason: str,
    *,
    now: datetime,
) -> Merged:
    """Let a factor's votes and experiences count for another; both texts are kept.

    Of somebody who voted on both, the newer vote counts. No vote is rewritten, so that
    :func:`unmerge` brings everything back.

    Raises:
        CoordinatorsOnly: the person is none.
        FactorNotFound: one of them is not in this programme.
        CannotMerge: they are the same, or one of them is not open.
        TextMissing: the reason holds nothing.
    """
    row, into = need_mergeable(session, programme_id, person, factor_id, into_id)
    before = _voters(session, into_id, now)
    row.merged_into_id = into.id
    _move_family(session, row, into_id, now)
    merged = _become(session, row, person, FactorStatus.MERGED, reason, now=now)
    moved = len(_voters(session, into_id, now) - before)
    return Merged(votes.recount(session, into, now), merged, moved)


def need_mergeable(
    session: Session, programme_id: int, person: Person, factor_id: int, into_id: int
) -> tuple[Factor, Factor]:
    """Both factors, if the person may merge them now; before they write a reason.

    Raises:
        CoordinatorsOnly, FactorNotFound, CannotMerge: as :func:`merge`.
    """
    need_coordinator(session, programme_id, person)
    row = factors.need(session, programme_id, factor_id)
    into = factors.need(session, programme_id, into_id)
    if row.id == into.id or {row.status, into.status} != {FactorStatus.OPEN}:
        raise CannotMerge
    return row, into


def unmerge(
    session: Session, programme_id: int, person: Person, factor_id: int, *, now: datetime
) -> Merged:
    """Undo a merge: the factor is open again, with the votes that were cast on it.

    Where the other was merged on in turn, its own card is due, too.

    Raises:
        CoordinatorsOnly: the person is none.
        FactorNotFound: there is none with this id in this programme.
        NothingToUndo: it is not merged.
    """
    need_coordinator(session, programme_id, person)
    row = factors.need(session, programme_id, factor_id)
    if row.status is not FactorStatus.MERGED or row.merged_into_id is None:
        raise NothingToUndo(title=row.title)
    into = factors.need(session, programme_id, row.merged_into_id)
    end = factors.need(session, programme_id, row.root_id or 0)
    before = _voters(session, end.id or 0, now)
    # Merged on itself, it holds none of the votes, but its card says what was merged into it.
    into.recount_due = into.id != end.id
    row.merged_into_id = None
    row.status, row.reason, row.decided_at = FactorStatus.OPEN, "", None
    _move_family(session, row, factor_id, None)
    session.flush()
    journal.write(session, programme_id, now, person.id, "factor.unmerged", factor_id, into=into.id)
    moved = len(before - _voters(session, end.id or 0, now))
    own = votes.recount(session, row, now)
    return Merged(votes.recount(session, end, now), own, moved)


def _move_family(session: Session, row: Factor, root_id: int, moved_at: datetime | None) -> None:
    """Let the votes on a factor, and on all that were merged into it, count at a root."""
    row.root_id, row.moved_at = root_id, moved_at
    session.add(row)
    for each in kept.merged_into(session, [row.id or 0]):
        # Back at the factor it was merged into, its votes are as fresh as that merge.
        _move_family(session, each, root_id, moved_at or each.decided_at)


def _voters(session: Session, factor_id: int, now: datetime) -> set[int]:
    return {vote.participant_id for vote in kept_votes.counted(session, factor_id, now)}


def _become(
    session: Session,
    row: Factor,
    person: Person,
    status: FactorStatus,
    reason: str,
    *,
    now: datetime,
) -> FactorView:
    reason = texts.kept(reason, texts.REASON_LIMIT)
    if not reason:
        raise TextMissing
    what = {"before": row.status, "after": status, "into": row.merged_into_id}
    row.status, row.reason, row.decided_at = status, reason, now
    session.add(row)
    session.flush()
    journal.write(session, row.programme_id, now, person.id, "factor.decided", row.id, **what)
    return votes.recount(session, row, now)
