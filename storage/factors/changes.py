"""What changed around many factors at once, and how far they have come to follow it.

A change is one short row in the transaction that makes it, however many factors it is about. They
are marked as due for a count afterwards, slice by slice.
"""

from collections.abc import Collection
from typing import Any, Final, TypeAlias

from sqlalchemy import Select, or_, select, update
from sqlmodel import Field, SQLModel, col

from storage.desk import Desk
from storage.enums import FactorChange, FactorStatus, words_of
from storage.factors.factors import Factor
from storage.factors.votes import Vote
from storage.members.participants import Participant
from storage.types import Snowflake

_Query: TypeAlias = Select[*tuple[Any, ...]]

_NOBODY: Final = 0
_AT_A_TIME: Final = 200


class Change(SQLModel, table=True):
    """Something that factors have yet to follow; it goes when all of them are marked.

    ``whom`` is the participant whose votes count otherwise now, 0 for other kinds: no key to them,
    for who was erased is followed as well. Those up to ``after_id`` are marked.
    """

    __tablename__ = "factor_change"

    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id", primary_key=True)
    kind: FactorChange = Field(sa_type=words_of(FactorChange), primary_key=True)
    whom: int = Field(default=_NOBODY, primary_key=True)
    after_id: int = 0


def around(desk: Desk) -> None:
    """Let all open factors follow: who takes part in them has changed, or what all cards say."""
    _note(desk, FactorChange.AROUND)


def named(desk: Desk) -> None:
    """Let those follow whose cards name another factor, or the meeting they came from."""
    _note(desk, FactorChange.NAMED)


def presence(desk: Desk, member_ids: Collection[int]) -> None:
    """Let those follow that hold votes of these members, for any organisation."""
    query = select(col(Participant.id)).where(
        col(Participant.programme_id) == desk.programme_id,
        col(Participant.member_id).in_(member_ids),
    )
    for participant_id in desk.session.connection().execute(query).scalars().all():
        _note(desk, FactorChange.PRESENCE, participant_id or _NOBODY)


def pending(desk: Desk) -> bool:
    """Whether there are factors that have yet to be marked."""
    return _first(desk) is not None


def spread(desk: Desk) -> bool:
    """Mark the next factors that a change is about as due for a count; False if none is left.

    One slice; the change is gone with its last one.
    """
    change = _first(desk)
    if change is None:
        return False
    query = _CONCERNED[change.kind](change).limit(_AT_A_TIME)
    found = desk.session.connection().execute(query).all()
    if found:
        due = {root for _, root in found}
        marked = update(Factor).where(col(Factor.id).in_(due)).values(recount_due=True)
        desk.session.connection().execute(marked)
        change.after_id = found[-1][0]
        desk.session.add(change)
    if len(found) < _AT_A_TIME:
        desk.session.delete(change)
    desk.session.flush()
    return True


def _first(desk: Desk) -> Change | None:
    query = select(Change).where(col(Change.programme_id) == desk.programme_id)
    return desk.session.execute(query.limit(1)).scalars().first()


def _note(desk: Desk, kind: FactorChange, whom: int = _NOBODY) -> None:
    """Begin from the first factor, also where an earlier change of the kind is under way."""
    key = (desk.programme_id, kind, whom)
    found = desk.session.get(Change, key)
    if found is None:
        found = Change(programme_id=desk.programme_id, kind=kind, whom=whom)
    found.after_id = 0
    desk.session.add(found)
    desk.session.flush()


def _all_open(change: Change) -> _Query:
    return _in_order(change).where(col(Factor.status) == FactorStatus.OPEN)


def _naming_others(change: Change) -> _Query:
    # One query for each, so that both are found by the indexes on just these.
    either = [
        select(col(Factor.id)).where(column.is_not(None))
        for column in (col(Factor.merged_into_id), col(Factor.occurrence_id))
    ]
    return _in_order(change).where(or_(*(col(Factor.id).in_(each) for each in either)))


def _in_order(change: Change) -> _Query:
    return (
        select(col(Factor.id), col(Factor.id).label("due"))
        .where(col(Factor.programme_id) == change.programme_id, col(Factor.id) > change.after_id)
        .order_by(col(Factor.id))
    )


def _voted_on(change: Change) -> _Query:
    return (
        select(col(Factor.id), col(Factor.root_id))
        .select_from(Vote)
        .join(Factor, col(Factor.id) == col(Vote.factor_id))
        .where(col(Vote.participant_id) == change.whom, col(Vote.factor_id) > change.after_id)
        .order_by(col(Factor.id))
    )


_CONCERNED: Final = {
    FactorChange.AROUND: _all_open,
    FactorChange.NAMED: _naming_others,
    FactorChange.PRESENCE: _voted_on,
}
