"""Lists of factors: which, in which order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import case, false
from sqlmodel import col, func, or_, select

from storage.desk import Desk
from storage.enums import FactorKind, FactorStatus, Order
from storage.factors.factors import Factor, outside
from storage.factors.votes import voted_on
from storage.kit.identity import exact
from storage.meetings.meetings import Occurrence
from storage.search.stems import fold


@dataclass(frozen=True)
class Filter:
    """Which factors a list holds: of a track (and of all), some statuses, a kind, a key area.

    Without statuses those of every status. ``hidden`` are tracks that it leaves out.
    ``unvoted_by`` (a participant) and ``at`` (aware UTC) leave out those that this one has voted
    on and those that take no votes then; ``within`` are the tracks that concern a reader, whom
    nothing concerns where there is none.
    """

    programme_id: int
    track_id: int | None = None
    statuses: tuple[FactorStatus, ...] = ()
    kind: FactorKind | None = None
    key_area_id: int | None = None
    within: tuple[int, ...] | None = None
    unvoted_by: int | None = None
    at: datetime | None = None
    hidden: tuple[int, ...] = ()


# The best first; the words are those of bot.domain.factors.counting.Standing.
_STANDINGS: Final = ("shared_ground", "differs", "too_early", "divided", "no_clear_support")
_BY_STANDING: Final = case(
    {standing: place for place, standing in enumerate(_STANDINGS)}, value=col(Factor.standing)
)

_ORDERS: Final[dict[Order, tuple[Any, ...]]] = {
    Order.NEWEST: (),
    Order.NEEDS: (),
    Order.TOP: (_BY_STANDING, col(Factor.score).desc()),
    Order.DIVIDED: (col(Factor.split).desc(),),
    Order.DISCUSSED: (col(Factor.discussed).desc(),),
}


def page(desk: Desk, which: Filter, order: Order, *, offset: int, limit: int) -> Sequence[Factor]:
    """Some of the factors that a filter lets through, in an order, then newest first."""
    # The index holds all that is asked for here, so that only the page's own rows are read.
    query = select(Factor.id).where(*_where(which)).order_by(*_ORDERS[order], col(Factor.id).desc())
    ids = desk.session.exec(query.offset(offset).limit(limit)).all()
    return of_ids(desk, [factor_id or 0 for factor_id in ids])


def ids(desk: Desk, which: Filter) -> list[int]:
    """All factors that a filter lets through, newest first."""
    query = select(Factor.id).where(*_where(which)).order_by(col(Factor.id).desc())
    return [factor_id or 0 for factor_id in desk.session.exec(query)]


def closing(desk: Desk) -> dict[int, datetime]:
    """When votes close (aware UTC), of the factors on which that is still to come."""
    query = select(Factor.id, Factor.closes_at).where(
        col(Factor.programme_id) == desk.programme_id, col(Factor.closes_at) > desk.now
    )
    return {key: at for key, at in desk.session.exec(query) if key is not None and at is not None}


def of_ids(desk: Desk, ids: Sequence[int]) -> Sequence[Factor]:
    """The factors with these ids, in this order; those that are not there are left out."""
    query = select(Factor).where(col(Factor.id).in_(ids))
    rows = {row.id: row for row in desk.session.exec(query)}
    return [rows[key] for key in ids if key in rows]


def count(desk: Desk, which: Filter) -> int:
    """How many factors a filter lets through."""
    query = select(func.count()).select_from(Factor)
    return desk.session.exec(query.where(*_where(which))).one()


def every(desk: Desk, which: Filter) -> Sequence[Factor]:
    """All factors that a filter lets through, oldest first."""
    return desk.session.exec(select(Factor).where(*_where(which)).order_by(col(Factor.id))).all()


def titled(desk: Desk, titles: Iterable[str]) -> set[tuple[str, int | None]]:
    """The exact titles of factors that have one like some of these, each with its track."""
    query = select(Factor.title, Factor.track_id).where(
        col(Factor.programme_id) == desk.programme_id,
        col(Factor.folded).in_({fold(title) for title in titles}),
    )
    return {(exact(title), track_id) for title, track_id in desk.session.exec(query)}


def without_card(desk: Desk) -> list[int]:
    """The factors whose card stands nowhere, oldest first."""
    query = (
        select(Factor.id)
        .where(col(Factor.programme_id) == desk.programme_id, col(Factor.message_id).is_(None))
        .order_by(col(Factor.id))
    )
    return [factor_id or 0 for factor_id in desk.session.exec(query)]


def from_meeting(desk: Desk, meeting_id: int) -> int:
    """How many factors came from a meeting, at any of its times."""
    times = select(Occurrence.id).where(col(Occurrence.meeting_id) == meeting_id)
    query = select(func.count()).where(col(Factor.occurrence_id).in_(times))
    return desk.session.exec(query).one()


def _where(which: Filter) -> list[Any]:
    where: list[Any] = [col(Factor.programme_id) == which.programme_id, *outside(which.hidden)]
    equal = {col(Factor.kind): which.kind, col(Factor.key_area_id): which.key_area_id}
    where += [column == value for column, value in equal.items() if value is not None]
    if which.statuses:
        where.append(col(Factor.status).in_(which.statuses))
    if which.track_id is not None:
        where.append(or_(col(Factor.track_id) == which.track_id, col(Factor.track_id).is_(None)))
    if which.within is not None:
        concerned = or_(col(Factor.track_id).in_(which.within), col(Factor.track_id).is_(None))
        where.append(concerned if which.within else false())
    if which.unvoted_by is not None:
        where.append(col(Factor.id).not_in(voted_on(which.unvoted_by)))
    if which.at is not None:
        where += [
            or_(col(Factor.opens_at).is_(None), col(Factor.opens_at) <= which.at),
            or_(col(Factor.closes_at).is_(None), col(Factor.closes_at) > which.at),
        ]
    return where
