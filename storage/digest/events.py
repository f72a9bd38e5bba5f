"""What happened in a span of time, for weekly digests; it reads that part of the journal alone.

Spans are half-open: what happened at ``starts`` is in, what happened at ``ends`` is not (aware
UTC).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, case, or_
from sqlmodel import col, select

from storage.desk import Desk
from storage.enums import FactorStatus
from storage.factors.factors import Factor
from storage.journal import Entry
from storage.meetings.meetings import Meeting, Occurrence
from storage.organisations.organisations import Organisation

DECISIONS: Final = ("factor.decided", "factor.withdrawn", "factor.merged", "factor.unmerged")
TOLD: Final = ("factor.published", "factor.moved", *DECISIONS)
"""What digests tell of factors; votes they only count."""


@dataclass(frozen=True)
class FactorEvent:
    """Something that happened to a factor, and what the factor is now."""

    factor_id: int
    at: datetime
    kind: str
    data: dict[str, Any]
    track_id: int | None
    status: FactorStatus
    standing: str


def of_factors(desk: Desk, starts: datetime, ends: datetime) -> list[FactorEvent]:
    """What happened to factors in a span, in its order; see :data:`TOLD`."""
    in_order = (col(Entry.at), col(Entry.id))
    query = _of_factors(*in_order).where(*within(desk.programme_id, starts, ends, TOLD))
    return [FactorEvent(*row) for row in desk.session.connection().execute(query)]


def after(desk: Desk, starts: datetime, ends: datetime) -> list[FactorEvent]:
    """What happened from the end of a span on to the factors that something happened to in it."""
    concerned = select(col(Entry.subject_id)).where(*within(desk.programme_id, starts, ends, TOLD))
    # In an order that no index has, and with a time that none helps to find, so that SQLite goes by
    # what it is about: it would look through all that came later.
    query = _of_factors(-col(Entry.id)).where(
        col(Entry.programme_id) == desk.programme_id,
        col(Entry.subject) == "factor",
        col(Entry.subject_id).in_(concerned),
        case((col(Entry.at) >= ends, True), else_=False),
        col(Entry.kind).in_(TOLD),
    )
    rows = desk.session.connection().execute(query).all()
    return sorted((FactorEvent(*row) for row in reversed(rows)), key=lambda event: event.at)


def named(desk: Desk, factor_ids: Collection[int]) -> dict[int, tuple[Factor, str]]:
    """A few factors, each with the name of its organisation."""
    query = (
        select(Factor, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(Factor.organisation_id))
        .where(col(Factor.id).in_(factor_ids))
    )
    return {row.id or 0: (row, name) for row, name in desk.session.exec(query)}


def by_thread(desk: Desk, thread_ids: Collection[int]) -> dict[int, str]:
    """The titles of the factors that are discussed in some threads (Discord ids)."""
    # Not also by programme: SQLite would then look through all of that programme's.
    query = select(Factor).where(col(Factor.thread_id).in_(thread_ids))
    found = desk.session.exec(query).all() if thread_ids else ()
    return {row.thread_id or 0: row.title for row in found if row.programme_id == desk.programme_id}


def meetings(
    desk: Desk, starts: datetime, ends: datetime, at: datetime
) -> Sequence[tuple[Meeting, Occurrence]]:
    """The meetings that start in a span and were not cancelled at a moment, soonest first."""
    query = _times(desk.programme_id).where(
        col(Occurrence.starts_at) >= starts,
        col(Occurrence.starts_at) < ends,
        or_(col(Occurrence.cancelled_at).is_(None), col(Occurrence.cancelled_at) >= at),
    )
    return _rows(desk, query)


def cancelled(desk: Desk, starts: datetime, ends: datetime) -> Sequence[tuple[Meeting, Occurrence]]:
    """The meetings that were cancelled in a span and would start after it, soonest first."""
    kinds = ("meeting.cancelled",)
    concerned = select(col(Entry.subject_id)).where(*within(desk.programme_id, starts, ends, kinds))
    query = _times(desk.programme_id).where(
        col(Occurrence.meeting_id).in_(concerned),
        col(Occurrence.cancelled_at) >= starts,
        col(Occurrence.cancelled_at) < ends,
        col(Occurrence.starts_at) >= ends,
    )
    return _rows(desk, query)


def minutes(desk: Desk, starts: datetime, ends: datetime) -> Sequence[tuple[Meeting, Occurrence]]:
    """The meetings whose minutes were written in a span and say something, first held first."""
    time = col(Entry.data)["time"].as_integer()
    concerned = select(time).where(*within(desk.programme_id, starts, ends, ("meeting.minutes",)))
    query = _times(desk.programme_id).where(
        col(Occurrence.id).in_(concerned),
        or_(col(Occurrence.summary) != "", col(Occurrence.links) != ""),
    )
    return _rows(desk, query)


def within(
    programme_id: int, starts: datetime, ends: datetime, kinds: Collection[str]
) -> list[ColumnElement[bool]]:
    """What is true of the journal's entries of some kinds in a span."""
    return [
        col(Entry.programme_id) == programme_id,
        col(Entry.at) >= starts,
        col(Entry.at) < ends,
        col(Entry.kind).in_(kinds),
    ]


def _of_factors(*order: Any) -> Any:
    return (
        select(  # type: ignore[call-overload]
            Entry.subject_id, Entry.at, Entry.kind, Entry.data,
            Factor.track_id, Factor.status, Factor.standing,
        )
        .join(Factor, col(Factor.id) == col(Entry.subject_id))
        .order_by(*order)
    )  # fmt: skip


def _rows(desk: Desk, query: Any) -> Sequence[tuple[Meeting, Occurrence]]:
    found: Sequence[tuple[Meeting, Occurrence]] = desk.session.exec(query).all()
    return found


def _times(programme_id: int) -> Any:
    return (
        select(Meeting, Occurrence)
        .join(Occurrence, col(Occurrence.meeting_id) == col(Meeting.id))
        .where(col(Meeting.programme_id) == programme_id)
        .order_by(col(Occurrence.starts_at), col(Occurrence.id))
    )
