"""What happened: one append-only table, written in the transaction that does it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Subquery, insert, text, union_all
from sqlmodel import Field, Session, SQLModel, col, func, select

from storage.prepared import Prepared
from storage.types import Snowflake, UtcDateTime


class Entry(SQLModel, table=True):
    """One thing that happened in a programme.

    ``who`` is a member's id, empty for what leda did itself. ``data`` holds what changed,
    never what people wrote.
    """

    __tablename__ = "journal"
    __table_args__ = (
        Index("journal_kind", "programme_id", "kind", "at", "id"),
        Index("journal_subject", "programme_id", "subject", "subject_id", "at"),
        Index(
            "journal_who",
            "programme_id",
            "who",
            "kind",
            "at",
            sqlite_where=text("who IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id")
    at: datetime = Field(sa_type=UtcDateTime)
    who: int | None = Field(default=None, sa_type=Snowflake)
    kind: str
    subject: str
    subject_id: int | None = Field(default=None, sa_type=Snowflake)
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


def entry(
    programme_id: int,
    at: datetime,
    who: int | None,
    kind: str,
    subject_id: int | None = None,
    **data: Any,
) -> dict[str, Any]:
    """What :func:`write_all` is given: arguments as of :func:`write`."""
    return {
        "programme_id": programme_id,
        "at": at,
        "who": who,
        "kind": kind,
        "subject": kind.partition(".")[0],
        "subject_id": subject_id,
        "data": data,
    }


def write(
    session: Session,
    programme_id: int,
    at: datetime,
    who: int | None,
    kind: str,
    subject_id: int | None = None,
    **data: Any,
) -> None:
    """Note what happened.

    Args:
        session: the transaction that does it.
        programme_id: where it happened.
        at: aware UTC.
        who: the member who did it, or None for leda itself.
        kind: what it was, as ``subject.verb``: ``factor.published``.
        subject_id: which one.
        data: what changed.
    """
    write_all(session, [entry(programme_id, at, who, kind, subject_id, **data)])


def write_all(session: Session, entries: Sequence[dict[str, Any]]) -> None:
    """Note several things that happened, in one statement; each is an :func:`entry`."""
    # Made once, and not by way of the session: it stands on the path of every vote.
    if entries:
        _WRITE.run(session, entries)


def recent(
    session: Session, programme_id: int, kinds: Collection[str], limit: int
) -> Sequence[Entry]:
    """The newest entries of some kinds, newest first."""
    # Of each kind so many, by the index: going back through time would pass all the votes.
    newest = union_all(*(select(_newest(programme_id, kind, limit).c.id) for kind in sorted(kinds)))
    query = select(Entry).where(col(Entry.id).in_(newest))
    return session.exec(query.order_by(col(Entry.id).desc()).limit(limit)).all()


def _newest(programme_id: int, kind: str, limit: int) -> Subquery:
    """The ids of the newest entries of one kind."""
    query = (
        select(Entry.id)
        .where(col(Entry.programme_id) == programme_id, col(Entry.kind) == kind)
        .order_by(col(Entry.at).desc(), col(Entry.id).desc())
        .limit(limit)
    )
    return query.subquery()


def latest(session: Session, programme_id: int, kind: str) -> dict[int, datetime]:
    """When something of a kind last happened, by what it happened to."""
    query = (
        select(Entry.subject_id, func.max(Entry.at))
        .where(
            col(Entry.programme_id) == programme_id,
            col(Entry.subject_id).is_not(None),
            col(Entry.kind) == kind,
        )
        .group_by(col(Entry.subject_id))
    )
    return {subject_id or 0: at for subject_id, at in session.exec(query)}


def newest(session: Session) -> datetime | None:
    """When the last entry was written (aware UTC), in whichever programme."""
    return session.exec(select(Entry.at).order_by(col(Entry.id).desc()).limit(1)).first()


def done_by(
    session: Session, programme_id: int, kind: str, subject_id: int, at: datetime
) -> int | None:
    """Who did something to something at an instant; None for leda itself, and for nobody."""
    query = select(Entry.who).where(
        col(Entry.programme_id) == programme_id,
        col(Entry.subject) == kind.partition(".")[0],
        col(Entry.subject_id) == subject_id,
        col(Entry.at) == at,
        col(Entry.kind) == kind,
    )
    return session.exec(query.limit(1)).first()


def count_since(session: Session, programme_id: int, kind: str, who: int, since: datetime) -> int:
    """How often a member has done something at or after an instant."""
    query = (
        select(func.count())
        .select_from(Entry)
        .where(
            col(Entry.programme_id) == programme_id,
            col(Entry.at) >= since,
            col(Entry.kind) == kind,
            col(Entry.who) == who,
        )
    )
    return session.exec(query).one()


_WRITE = Prepared(insert(Entry).inline())
