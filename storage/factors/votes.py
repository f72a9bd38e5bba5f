"""Votes on factors, and the queries behind every tally."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import (
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased
from sqlmodel import Field, SQLModel, col

from storage.desk import Desk
from storage.enums import Choice, FactorStatus, words_of
from storage.factors.factors import Factor, FactorVersion
from storage.members.participants import Participant
from storage.types import UtcDateTime

_Query: TypeAlias = Select[*tuple[Any, ...]]

# Votes from before an edit count so long; objections until they are withdrawn.
GRACE = timedelta(days=21)


class Vote(SQLModel, table=True):
    """A participant's vote on a factor; ``reason`` belongs to an objection.

    Without ``choice`` it was taken back: kept where a vote on a factor that was merged into this
    one would count in its place.

    ``stale_at`` is when the text that it was cast on was taken back (aware UTC).
    """

    factor_id: int = Field(foreign_key="factor.id", primary_key=True)
    participant_id: int = Field(foreign_key="participant.id", primary_key=True, index=True)
    choice: Choice | None = Field(default=None, sa_type=words_of(Choice))
    reason: str | None = None
    cast_at: datetime = Field(sa_type=UtcDateTime)
    stale_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


@dataclass(frozen=True)
class LatestVote:
    """A participant's newest vote on a factor; without ``choice`` it was taken back.

    ``before_edit`` says that it is about an earlier text, which was changed at ``stale_since``
    (aware UTC); ``here`` that it was cast on this very factor, and not on one that was merged
    into it.
    """

    choice: Choice | None
    reason: str | None
    cast_at: datetime
    before_edit: bool
    stale_since: datetime | None
    here: bool


def put(
    desk: Desk,
    factor_id: int,
    participant_id: int,
    choice: Choice | None,
    reason: str | None,
    *,
    cast_at: datetime,
) -> None:
    """Let this be the participant's one vote on the factor; None for one that was taken back."""
    remove(desk, factor_id, participant_id)
    values = {"factor_id": factor_id, "participant_id": participant_id, "cast_at": cast_at}
    desk.session.connection().execute(_PUT, {**values, "choice": choice, "reason": reason})


def remove(desk: Desk, factor_id: int, participant_id: int) -> None:
    """Take the participant's vote away, if there is one."""
    mine = {"factor": factor_id, "participant": participant_id}
    desk.session.connection().execute(_REMOVE, mine)


def latest(desk: Desk, factor_id: int, participant_id: int) -> LatestVote | None:
    """A participant's newest vote on a factor or on one merged into it, if there is any."""
    values = {"factor": factor_id, "participant": participant_id}
    row = next(iter(_rows(desk, _LATEST, values)), None)
    if row is None:
        return None
    choice = Choice(row.choice) if row.choice else None
    before = bool(row.before)
    stale_since = row.stale_since if before else None
    return LatestVote(choice, row.reason, row.cast_at, before, stale_since, bool(row.here))


def outdate(desk: Desk, factor_id: int, since: datetime) -> None:
    """Note that the text is taken back now that votes were cast on from an instant (aware UTC)."""
    query = update(Vote).where(
        col(Vote.factor_id) == factor_id,
        col(Vote.cast_at) >= since,
        col(Vote.choice).is_not(None),
        col(Vote.stale_at).is_(None),
    )
    desk.session.connection().execute(query.values(stale_at=desk.now))


def forget_traces(desk: Desk, roots: Collection[int]) -> None:
    """Delete the votes that were taken back where no other one could count in their place.

    Args:
        roots: the factors at whose merges they hang.
    """
    desk.session.flush()
    here, there, other = aliased(Factor), aliased(Factor), aliased(Vote)
    counts_in_place = (
        select(literal(1))
        .select_from(here)
        .join(there, and_(col(there.root_id) == col(here.root_id), col(there.id) != col(here.id)))
        .join(other, col(other.factor_id) == col(there.id))
        .where(
            col(here.id) == col(Vote.factor_id),
            col(other.participant_id) == col(Vote.participant_id),
        )
        .correlate(Vote)
        .exists()
    )
    query = delete(Vote).where(
        col(Vote.choice).is_(None),
        col(Vote.factor_id).in_(select(col(Factor.id)).where(col(Factor.root_id).in_(roots))),
        ~counts_in_place,
    )
    desk.session.connection().execute(query)


def cast_elsewhere(desk: Desk, factor_id: int, participant_id: int) -> bool:
    """Whether a factor merged into this one holds a vote of the participant."""
    query: _Query = (
        select(col(Vote.factor_id))
        .join(Factor, col(Factor.id) == col(Vote.factor_id))
        .where(
            col(Vote.participant_id) == participant_id,
            col(Factor.root_id) == factor_id,
            col(Factor.id) != factor_id,
        )
        .limit(1)
    )
    return bool(_rows(desk, query, {}))


def before_edits(desk: Desk, participant_id: int) -> list[int]:
    """The open factors on whose present text a participant's vote was not cast, newest first."""
    return [row.root for row in _rows(desk, _BEFORE_EDITS, {"participant": participant_id})]


def voters(desk: Desk, factor_ids: Collection[int]) -> frozenset[int]:
    """The members who have a vote that counts for one of some factors, or counted with it."""
    roots = select(col(Factor.root_id)).where(
        col(Factor.id).in_(factor_ids), col(Factor.programme_id) == desk.programme_id
    )
    query = (
        select(col(Participant.member_id))
        .join(Vote, col(Vote.participant_id) == col(Participant.id))
        .join(Factor, col(Factor.id) == col(Vote.factor_id))
        .where(col(Factor.root_id).in_(roots))
    )
    return frozenset(row.member_id for row in _rows(desk, query, {}))


def voted_on(participant_id: int) -> _Query:
    """A query for the factors that a participant's votes are on, or were moved to."""
    return (
        select(col(Factor.root_id))
        .join(Vote, col(Vote.factor_id) == col(Factor.id))
        .where(col(Vote.participant_id) == participant_id, col(Vote.choice).is_not(None))
    )


def given_by(desk: Desk, organisation_id: int) -> int:
    """How many votes an organisation's people have cast."""
    query: _Query = (
        select(func.count())
        .select_from(Vote)
        .join(Participant, col(Participant.id) == col(Vote.participant_id))
        .where(col(Participant.organisation_id) == organisation_id, col(Vote.choice).is_not(None))
    )
    number: int = _rows(desk, query, {})[0][0]
    return number


def _rows(desk: Desk, query: _Query, values: dict[str, Any]) -> Sequence[Any]:
    return desk.session.connection().execute(query, values).all()


# The factor where a vote counts, and the one that it was cast on.
ROOT = aliased(Factor)
CAST_ON = aliased(Factor)

# A vote that a merge moved is as fresh as the merge, unless it was stale where it was cast, or on
# the way.
_fresh_at = case(
    (col(CAST_ON.moved_at) > col(Vote.cast_at), col(CAST_ON.moved_at)), else_=col(Vote.cast_at)
)
_stale_here = and_(col(ROOT.changed_at).is_not(None), _fresh_at < col(ROOT.changed_at))
_stale_there = and_(
    col(CAST_ON.changed_at).is_not(None), col(Vote.cast_at) < col(CAST_ON.changed_at)
)
_stale_between = col(CAST_ON.stale_at).is_not(None)
_stale_undone = col(Vote.stale_at).is_not(None)
_stale = or_(_stale_here, _stale_between, _stale_there, _stale_undone)
BEFORE = case((_stale, literal(1)), else_=literal(0)).label("before")
HERE = (col(CAST_ON.id) == col(ROOT.id)).label("here")
NEWEST_FIRST = (col(Vote.cast_at).desc(), HERE.desc())


def _first_edit(factor: Any, after: Any) -> Any:
    """When a factor was first edited after an instant, small corrections apart."""
    return (
        select(func.min(col(FactorVersion.until)))
        .where(
            col(FactorVersion.factor_id) == factor.id,
            col(FactorVersion.small).is_(False),
            col(FactorVersion.undone).is_(False),
            col(FactorVersion.until) > after,
        )
        .correlate(factor, Vote, CAST_ON)
        .scalar_subquery()
    )


def stale_since() -> Any:
    """Since when a vote is about an earlier text.

    The earliest: a vote that has had its time does not come back with another edit.
    """
    return case(
        (_stale_undone, col(Vote.stale_at)),
        (_stale_there, _first_edit(CAST_ON, col(Vote.cast_at))),
        (_stale_between, col(CAST_ON.stale_at)),
        else_=_first_edit(ROOT, _fresh_at),
    ).label("stale_since")


def _of_participant() -> _Query:
    return (
        select(
            col(ROOT.id).label("root"),
            col(Vote.choice).label("choice"),
            col(Vote.reason),
            col(Vote.cast_at),
            BEFORE,
            stale_since(),
            HERE,
        )
        .select_from(Vote)
        .join(CAST_ON, col(CAST_ON.id) == col(Vote.factor_id))
        .join(ROOT, col(ROOT.id) == col(CAST_ON.root_id))
        .where(col(Vote.participant_id) == bindparam("participant"))
    )


def _out_of_date() -> _Query:
    rank = func.row_number().over(partition_by=col(ROOT.id), order_by=NEWEST_FIRST)
    ranked = (
        _of_participant()
        .add_columns(rank.label("rank"))
        .where(col(ROOT.status) == FactorStatus.OPEN)
        .subquery()
    )
    return (
        select(ranked.c.root)
        .where(ranked.c.rank == 1, ranked.c.before == 1, ranked.c.choice.is_not(None))
        .order_by(ranked.c.root.desc())
    )


_PUT = insert(Vote)
_REMOVE = delete(Vote).where(
    col(Vote.factor_id) == bindparam("factor"), col(Vote.participant_id) == bindparam("participant")
)
_LATEST = (
    _of_participant()
    # Said of the vote too: else all that the participant ever cast would be read.
    .where(
        col(ROOT.id) == bindparam("factor"),
        col(Vote.factor_id).in_(
            select(col(Factor.id)).where(col(Factor.root_id) == bindparam("factor"))
        ),
    )
    .order_by(*NEWEST_FIRST)
    .limit(1)
)
_BEFORE_EDITS = _out_of_date()
