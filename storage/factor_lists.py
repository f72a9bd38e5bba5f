"""Lists of factors: which, in which order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session, col, func, or_, select

from storage.enums import FactorKind, FactorStatus, Order
from storage.factors import Factor
from storage.votes import voted_on


@dataclass(frozen=True)
class Filter:
    """Which factors a list holds: of a track (and of all), a status, a kind, a key area.

    ``unvoted_by`` (a participant) and ``at`` (aware UTC) leave out those that this one has voted
    on and those that take no votes then; ``within`` are the tracks that concern a reader.
    """

    programme_id: int
    track_id: int | None = None
    status: FactorStatus | None = None
    kind: FactorKind | None = None
    key_area_id: int | None = None
    within: tuple[int, ...] | None = None
    unvoted_by: int | None = None
    at: datetime | None = None


_ORDERS: Final[dict[Order, tuple[Any, ...]]] = {
    Order.NEWEST: (),
    Order.NEEDS: (),
    Order.TOP: (col(Factor.score).desc(),),
    Order.DIVIDED: (col(Factor.split).desc(),),
    Order.DISCUSSED: (col(Factor.discussed).desc(),),
}


def page(
    session: Session, which: Filter, order: Order, *, offset: int, limit: int
) -> Sequence[Factor]:
    """Some of the factors that a filter lets through, in an order, then newest first."""
    query = select(Factor).where(*_where(which)).order_by(*_ORDERS[order], col(Factor.id).desc())
    return session.exec(query.offset(offset).limit(limit)).all()


def count(session: Session, which: Filter) -> int:
    """How many factors a filter lets through."""
    query = select(func.count()).select_from(Factor)
    return session.exec(query.where(*_where(which))).one()


def every(session: Session, which: Filter) -> Sequence[Factor]:
    """All factors that a filter lets through, oldest first."""
    return session.exec(select(Factor).where(*_where(which)).order_by(col(Factor.id))).all()


def titled(
    session: Session, programme_id: int, folded: Collection[str]
) -> set[tuple[str, int | None]]:
    """Those of some folded titles that factors have, each with the factor's track."""
    query = select(Factor.folded, Factor.track_id).where(
        col(Factor.programme_id) == programme_id, col(Factor.folded).in_(folded)
    )
    return set(session.exec(query).all())


def _where(which: Filter) -> list[Any]:
    where: list[Any] = [col(Factor.programme_id) == which.programme_id]
    equal = {
        col(Factor.status): which.status,
        col(Factor.kind): which.kind,
        col(Factor.key_area_id): which.key_area_id,
    }
    where += [column == value for column, value in equal.items() if value is not None]
    if which.track_id is not None:
        where.append(or_(col(Factor.track_id) == which.track_id, col(Factor.track_id).is_(None)))
    if which.within is not None:
        where.append(or_(col(Factor.track_id).in_(which.within), col(Factor.track_id).is_(None)))
    if which.unvoted_by is not None:
        where.append(col(Factor.id).not_in(voted_on(which.unvoted_by)))
    if which.at is not None:
        where += [
            or_(col(Factor.opens_at).is_(None), col(Factor.opens_at) <= which.at),
            or_(col(Factor.closes_at).is_(None), col(Factor.closes_at) > which.at),
        ]
    return where
