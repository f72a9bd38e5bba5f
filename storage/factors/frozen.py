"""Tallies as they stood when voting closed or a factor was decided."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, col, delete, select

from storage.desk import Desk
from storage.factors.factors import Factor


class FrozenTally(SQLModel, table=True):
    """How a factor stood at its ``frozen_at``, whoever leaves and whatever comes later.

    ``body`` is :func:`bot.domain.factors.tally.to_keep` of it; ``objectors`` are the participants
    whose objections counted. ``old_rules`` says that it is of before revision 0012, and was judged
    by the rules of then.
    """

    __tablename__ = "frozen_tally"

    factor_id: int = Field(foreign_key="factor.id", primary_key=True)
    old_rules: bool = False
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    objectors: list[int] = Field(default_factory=list, sa_type=JSON)


def of(desk: Desk, rows: Sequence[Factor]) -> dict[int, FrozenTally]:
    """The frozen tallies of those factors that have one."""
    ids = [row.id for row in rows if row.frozen_at is not None]
    if not ids:
        return {}
    query = select(FrozenTally).where(col(FrozenTally.factor_id).in_(ids))
    return {row.factor_id: row for row in desk.session.exec(query)}


def freeze(desk: Desk, row: Factor, tally: FrozenTally) -> None:
    """Keep how a factor stood at its ``frozen_at``."""
    desk.session.add(row)
    desk.session.add(tally)
    desk.session.flush()


def thaw(desk: Desk, row: Factor) -> None:
    """Let a factor be counted from its votes again."""
    if row.frozen_at is None:
        return
    row.frozen_at = None
    desk.session.add(row)
    desk.session.exec(delete(FrozenTally).where(col(FrozenTally.factor_id) == row.id))
    desk.session.flush()
