"""Which process looks after which shards, where several share a PostgreSQL database.

All times are by the database's clock, so that those of the machines do not matter. On SQLite the
table is empty: there one process holds the file (:mod:`storage.holding`).
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlmodel import Field, Session, SQLModel, col, delete, func, or_, select

from storage.shards import Shards
from storage.types import UtcDateTime

_IDENTIFYING: Final = -1
# What a process that is stopped in the middle of a unit has locked would keep all others out.
_LET_GO: Final = "SET LOCAL idle_in_transaction_session_timeout = '5s'"


class ShardLease(SQLModel, table=True):
    """That a process (``holder``) looks after a shard, of ``count`` shards, until it is taken over.

    The row of shard -1 is nobody's: whoever identified last wrote it, and until then nobody may.
    """

    __tablename__ = "shard_lease"

    shard: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    count: int
    holder: str
    since: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime)


def take(session: Session, shards: Shards, holder: str, life: timedelta) -> Sequence[ShardLease]:
    """Take shards or renew them, all or none.

    Args:
        session: the transaction.
        shards: which.
        holder: who wants them; no two processes may have one name.
        life: how long others leave them alone, from now on.

    Returns:
        the leases of others that are in the way: on these shards, or by another number of shards.
        If there are none, they are taken.
    """
    now = _clock(session)
    theirs = select(ShardLease).where(
        col(ShardLease.shard) != _IDENTIFYING,
        col(ShardLease.holder) != holder,
        col(ShardLease.until) > now,
        or_(col(ShardLease.shard).in_(shards.ids), col(ShardLease.count) != shards.count),
    )
    in_the_way = session.exec(theirs.order_by(col(ShardLease.shard))).all()
    if in_the_way:
        return in_the_way
    for shard in sorted(shards.ids):
        row = session.get(ShardLease, shard)
        since = row.since if row and row.holder == holder else now
        session.merge(
            ShardLease(
                shard=shard, count=shards.count, holder=holder, since=since, until=now + life
            )
        )
    return []


def release(session: Session, holder: str) -> None:
    """Let others have at once what a process holds."""
    mine = col(ShardLease.holder) == holder, col(ShardLease.shard) != _IDENTIFYING
    session.exec(delete(ShardLease).where(*mine))


def take_turn(session: Session, holder: str, pause: timedelta) -> timedelta:
    """Take the turn to identify, unless another did within the last ``pause``.

    Returns:
        how long to wait before asking again; nothing if the turn is taken.
    """
    now = _clock(session)
    row = session.get(ShardLease, _IDENTIFYING)
    if row is not None and row.until > now:
        return row.until - now
    session.merge(
        ShardLease(shard=_IDENTIFYING, count=0, holder=holder, since=now, until=now + pause)
    )
    return timedelta()


def _clock(session: Session) -> datetime:
    """When the unit began, by the database."""
    session.connection().exec_driver_sql(_LET_GO)
    now: datetime = session.exec(select(func.now())).one()
    return now.astimezone(UTC)
