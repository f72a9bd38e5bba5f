"""Votes of many who press at the same time: what was before, and keeping them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Integer,
    String,
    bindparam,
    cast,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlmodel import col

from storage.desk import Desk
from storage.enums import Choice, FactorStatus
from storage.factors.tallies import voter
from storage.factors.votes import BEFORE, CAST_ON, HERE, ROOT, Vote
from storage.members.participants import Member, Participant
from storage.prepared import Prepared

_NEVER = datetime.min.replace(tzinfo=UTC)


class Before(NamedTuple):
    """A press, and what there was: the voter, and a vote of theirs that may count for the factor.

    ``at`` is which press, counted from 0; ``gone`` whether the voter was taken for gone. Without
    ``cast_at`` there is no vote; ``here`` says whether it was, or would be, cast on this very
    factor; the rest is as of :class:`storage.factors.tallies.Voter` and
    :class:`storage.factors.votes.LatestVote`.
    """

    at: int
    participant_id: int
    organisation_id: int
    status: FactorStatus
    opens_at: datetime | None
    closes_at: datetime | None
    inside: bool
    alone: bool
    gone: bool
    choice: Choice | None
    reason: str | None
    cast_at: datetime | None
    before_edit: bool
    here: bool


def before(desk: Desk, presses: Sequence[tuple[int, int, int]]) -> list[Before]:
    """What there was before some presses, a statement for all of them; newest votes first.

    Nothing for a press of somebody who is no participant, or on what is not there.

    Args:
        desk: whose session is used, and nothing else.
        presses: programme, factor and member of each.
    """
    query = _query(desk.session.get_bind().dialect.name)
    asked = {"asked": json.dumps(presses)}
    found = [Before(*row) for row in query.rows(desk.session, asked)]
    # Here and not there: of two or three votes, which would be laid out in a table to be sorted.
    found.sort(key=lambda row: (row.cast_at or _NEVER, row.here), reverse=True)
    return found


def keep(desk: Desk, new: Sequence[dict[str, Any]], changed: Sequence[dict[str, Any]]) -> None:
    """Keep votes.

    Args:
        desk: whose session is used.
        new: those of who had none on this very factor: the columns of :class:`Vote`.
        changed: those in the place of another: the same, but ``of`` and ``by`` for its key.
    """
    if new:
        _NEW.run(desk.session, new)
    if changed:
        _CHANGED.run(desk.session, changed)


def _asked(dialect: str) -> tuple[Any, Any, list[Any]]:
    """What was asked as a table, its counter, and its columns: programme, factor and member."""
    asked = bindparam("asked", type_=String())
    if dialect == "sqlite":
        rows = func.json_each(asked).table_valued("key", "value").alias("asked")
        parts: list[Any] = [
            func.json_extract(rows.c.value, f"$[{n}]", type_=BigInteger()) for n in range(3)
        ]
        return rows, cast(rows.c.key, Integer), parts
    from sqlalchemy.dialects.postgresql import JSONB

    rows = (
        func.jsonb_array_elements(cast(asked, JSONB))
        .table_valued("value", with_ordinality="number")
        .render_derived(name="asked")
    )
    parts = [cast(rows.c.value.op("->>")(n), BigInteger()) for n in range(3)]
    return rows, cast(rows.c.number, Integer) - 1, parts


@cache  # every press waits for it
def _query(dialect: str) -> Prepared:
    rows, at, (programme, factor, member) = _asked(dialect)
    gone = exists().where(
        col(Member.programme_id) == col(Participant.programme_id),
        col(Member.member_id) == col(Participant.member_id),
        col(Member.gone_at).is_not(None),
    )
    return Prepared(
        select(
            at.label("at"),
            *voter(ROOT),
            gone.label("gone"),
            col(Vote.choice),
            col(Vote.reason),
            col(Vote.cast_at),
            BEFORE,
            HERE,
        )
        .select_from(rows)
        .join(ROOT, (col(ROOT.id) == factor) & (col(ROOT.programme_id) == programme))
        .join(
            Participant,
            (col(Participant.programme_id) == col(ROOT.programme_id))
            & (col(Participant.member_id) == member)
            & col(Participant.left_at).is_(None),
        )
        .join(CAST_ON, col(CAST_ON.root_id) == col(ROOT.id))
        .outerjoin(
            Vote,
            (col(Vote.factor_id) == col(CAST_ON.id))
            & (col(Vote.participant_id) == col(Participant.id)),
        )
    )


_NEW = Prepared(insert(Vote).inline())
_CHANGED = Prepared(
    update(Vote)
    .where(col(Vote.factor_id) == bindparam("of"), col(Vote.participant_id) == bindparam("by"))
    .values(
        choice=bindparam("choice"),
        reason=bindparam("reason"),
        cast_at=bindparam("cast_at"),
        stale_at=None,
    )
)
