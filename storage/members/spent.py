"""What somebody had used of an hour's limits when they were erased, without knowing whom.

Rows hold a hash in place of the person. Its key is made anew at each start and kept nowhere, so
that from the file alone nobody can find out, not even by trying every member.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final

from sqlmodel import Field, Session, SQLModel, col, delete, func, select

from storage.desk import Desk
from storage.types import Snowflake, UtcDateTime

HOUR: Final = timedelta(hours=1)
_KEY: Final = secrets.token_bytes(32)


class Spent(SQLModel, table=True):
    """So much of a limit is used up until a moment, whoever ``trace`` stands for.

    ``kind`` is that of the journal's entries that are counted: ``factor.published``.
    """

    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id", index=True)
    trace: str
    kind: str
    number: int
    until: datetime = Field(sa_type=UtcDateTime)


def keep(desk: Desk, member_id: int, kind: str, number: int) -> None:
    """Remember for an hour how much a member, who is being erased, has used of a limit."""
    if number:
        desk.session.add(
            Spent(
                programme_id=desk.programme_id,
                trace=_trace(desk, member_id),
                kind=kind,
                number=number,
                until=desk.now + HOUR,
            )
        )
        desk.session.flush()


def spent(desk: Desk, member_id: int, kind: str) -> int:
    """How much of a limit a member had used before they were erased, within the last hour."""
    query = select(func.coalesce(func.sum(Spent.number), 0)).where(
        col(Spent.programme_id) == desk.programme_id,
        col(Spent.trace) == _trace(desk, member_id),
        col(Spent.kind) == kind,
        col(Spent.until) > desk.now,
    )
    return int(desk.session.exec(query).one())


def forget_old(session: Session, *, now: datetime) -> None:
    """Delete what has had its hour, in all programmes."""
    session.connection().execute(delete(Spent).where(col(Spent.until) <= now))


def _trace(desk: Desk, member_id: int) -> str:
    said = f"{desk.programme_id}:{member_id}".encode()
    return blake2b(said, key=_KEY, digest_size=16).hexdigest()
