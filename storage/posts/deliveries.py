"""The ledger of posts that must arrive: what is planned, on its way, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import JSON, Index, case, insert, text, update
from sqlmodel import Field, Session, SQLModel, col, func, or_, select

from storage.desk import Desk
from storage.enums import DeliveryState, Way, words_of
from storage.shards import Shards
from storage.types import Snowflake, UtcDateTime

CHANNEL: Final = "channel:"
"""A slot that begins so names the one channel or thread (a Discord id) that a post belongs in."""


_TOGETHER: Final = text("lead_id IS NOT NULL")


class Delivery(SQLModel, table=True):
    """One post that must arrive.

    ``key`` is what it is, so that it cannot exist twice. ``kind`` names who renders it, and
    ``subject_id`` and ``data`` say about what; the text itself is made when it is posted.

    It goes ``way``: to the channel that fills ``slot``, mentioning ``member_id`` or nobody, or to
    that person directly. Those of one ``bundle`` that are due together become one message, and
    share the ``lead_id``: the least id among them.

    It is due at ``due_at``, tried at ``next_at``, and after ``expires_at`` it is dropped with a
    note. ``attempts`` counts the times that it may have gone out; ``note`` is what was in the
    way, or why it was dropped, in a word. ``told`` says that coordinators know it failed.
    """

    __table_args__ = (
        Index("delivery_key", "key", unique=True),
        Index("delivery_next", "state", "next_at", "id"),
        Index("delivery_subject", "programme_id", "kind", "subject_id"),
        Index("delivery_settled", "programme_id", "state", "settled_at"),
        Index("delivery_bundle", "bundle", "state"),
        Index("delivery_lead", "lead_id", sqlite_where=_TOGETHER),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id")
    key: str
    kind: str
    subject_id: int
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    way: Way = Field(sa_type=words_of(Way))
    slot: str | None = None
    member_id: int | None = Field(default=None, sa_type=Snowflake, index=True)
    bundle: str
    due_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    next_at: datetime = Field(sa_type=UtcDateTime)
    state: DeliveryState = Field(default=DeliveryState.PLANNED, sa_type=words_of(DeliveryState))
    attempts: int = 0
    note: str = ""
    told: bool = False
    lead_id: int | None = None
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    channel_id: int | None = Field(default=None, sa_type=Snowflake)
    message_id: int | None = Field(default=None, sa_type=Snowflake)


_SETTLED = (DeliveryState.SENT, DeliveryState.DROPPED, DeliveryState.FAILED)


@dataclass(frozen=True)
class Group:
    """Planned posts that differ in whom they reach alone, and how many they are."""

    kind: str
    subject_id: int
    data: dict[str, Any]
    way: Way
    slot: str | None
    due_at: datetime
    number: int


def add(desk: Desk, rows: Sequence[Mapping[str, Any]]) -> None:
    """Plan posts; none of their keys exists yet."""
    if rows:
        desk.session.connection().execute(insert(Delivery), list(rows))


def by_key(desk: Desk, keys: Collection[str]) -> dict[str, Delivery]:
    """Those of the keys that exist, whatever became of them."""
    query = select(Delivery).where(col(Delivery.key).in_(keys))
    return {row.key: row for row in desk.session.exec(query)}


def planned_for(
    desk: Desk, kinds: Collection[str], subject_ids: Collection[int]
) -> Sequence[Delivery]:
    """What is planned about some subjects."""
    query = select(Delivery).where(
        col(Delivery.programme_id) == desk.programme_id,
        col(Delivery.kind).in_(kinds),
        col(Delivery.subject_id).in_(subject_ids),
        col(Delivery.state) == DeliveryState.PLANNED,
    )
    return desk.session.exec(query.order_by(col(Delivery.id))).all()


def gone_out(desk: Desk, kind: str, subject_ids: Collection[int]) -> Sequence[Delivery]:
    """What of a kind has gone out about some subjects, or is on its way."""
    query = select(Delivery).where(
        col(Delivery.programme_id) == desk.programme_id,
        col(Delivery.kind) == kind,
        col(Delivery.subject_id).in_(subject_ids),
        col(Delivery.state).in_((DeliveryState.SENDING, DeliveryState.SENT)),
    )
    return desk.session.exec(query).all()


def unsettled(desk: Desk, kind: str) -> Sequence[Delivery]:
    """What of a kind is planned or on its way, soonest first."""
    query = select(Delivery).where(
        col(Delivery.programme_id) == desk.programme_id,
        col(Delivery.kind) == kind,
        col(Delivery.state).in_((DeliveryState.PLANNED, DeliveryState.SENDING)),
    )
    return desk.session.exec(query.order_by(col(Delivery.due_at), col(Delivery.id))).all()


def due(session: Session, shards: Shards, now: datetime, limit: int) -> Sequence[Delivery]:
    """What is to be tried now (aware UTC), in the order in which it was due."""
    query = select(Delivery).where(
        col(Delivery.state) == DeliveryState.PLANNED,
        col(Delivery.next_at) <= now,
        shards.hold(Delivery.programme_id),
    )
    in_order = (col(Delivery.next_at), col(Delivery.id))
    return session.exec(query.order_by(*in_order).limit(limit)).all()


def beside(session: Session, row: Delivery, until: datetime, limit: int) -> Sequence[Delivery]:
    """What can go out in one message with a planned post, itself included."""
    query = select(Delivery).where(col(Delivery.state) == DeliveryState.PLANNED)
    if row.lead_id is not None:  # they went together before: they may stand in one message
        query = query.where(col(Delivery.lead_id) == row.lead_id)
    else:
        query = query.where(
            col(Delivery.bundle) == row.bundle,
            col(Delivery.lead_id).is_(None),
            col(Delivery.next_at) <= until,
        )
    return session.exec(query.order_by(col(Delivery.next_at), col(Delivery.id)).limit(limit)).all()


def of_lead(desk: Desk, lead_id: int) -> Sequence[Delivery]:
    """All that went, or goes, in one message."""
    return desk.session.exec(select(Delivery).where(col(Delivery.lead_id) == lead_id)).all()


def under_way(session: Session, shards: Shards) -> Sequence[Delivery]:
    """What was claimed and has yet to be settled."""
    query = select(Delivery).where(
        col(Delivery.state) == DeliveryState.SENDING, shards.hold(Delivery.programme_id)
    )
    return session.exec(query.order_by(col(Delivery.id))).all()


def moments(
    session: Session, shards: Shards, after: datetime, until: datetime, limit: int
) -> list[datetime]:
    """The moments (aware UTC) at which something is to be tried, soonest first, each once."""
    query = (
        select(Delivery.next_at)
        .where(
            col(Delivery.state) == DeliveryState.PLANNED,
            col(Delivery.next_at) > after,
            col(Delivery.next_at) <= until,
            shards.hold(Delivery.programme_id),
        )
        .distinct()
        .order_by(col(Delivery.next_at))
        .limit(limit)
    )
    return list(session.exec(query))


def upcoming(desk: Desk, limit: int) -> list[Group]:
    """The next posts that are planned, those to many people as one, by when its first is due."""
    many = col(Delivery.way).in_((Way.DIRECT, Way.MENTION))
    first = (
        select(func.min(Delivery.id), func.count())
        .where(
            col(Delivery.programme_id) == desk.programme_id,
            col(Delivery.state) == DeliveryState.PLANNED,
        )
        .group_by(
            col(Delivery.kind), col(Delivery.subject_id), col(Delivery.way),
            col(Delivery.slot), case((many, None), else_=col(Delivery.due_at)),
        )
        .order_by(func.min(Delivery.due_at), func.min(Delivery.id))
        .limit(limit)
    )  # fmt: skip
    found = []
    for least, number in desk.session.exec(first).all():
        row = desk.session.get_one(Delivery, least)
        group = row.kind, row.subject_id, row.data, row.way, row.slot, row.due_at
        found.append(Group(*group, number))
    return found


def troubled_since(desk: Desk, since: datetime) -> Sequence[Delivery]:
    """What was dropped, failed or did not go out as planned since an instant, newest first."""
    amiss = or_(col(Delivery.state) != DeliveryState.SENT, col(Delivery.note) != "")
    query = select(Delivery).where(
        col(Delivery.programme_id) == desk.programme_id,
        col(Delivery.state).in_(_SETTLED),
        col(Delivery.settled_at) >= since,
        amiss,
    )
    return desk.session.exec(
        query.order_by(col(Delivery.settled_at).desc(), col(Delivery.id))
    ).all()


def sent_since(desk: Desk, since: datetime) -> bool:
    """Whether anything has gone out after an instant (aware UTC)."""
    query = select(Delivery.id).where(
        col(Delivery.programme_id) == desk.programme_id,
        col(Delivery.state) == DeliveryState.SENT,
        col(Delivery.settled_at) > since,
    )
    return desk.session.exec(query.limit(1)).first() is not None


def waiting(desk: Desk, before: datetime) -> int:
    """How many posts were due before an instant (aware UTC) and are not settled."""
    query = (
        select(func.count())
        .select_from(Delivery)
        .where(
            col(Delivery.programme_id) == desk.programme_id,
            col(Delivery.state).in_((DeliveryState.PLANNED, DeliveryState.SENDING)),
            col(Delivery.due_at) < before,
        )
    )
    return desk.session.exec(query).one()


def oldest_due(session: Session, shards: Shards, before: datetime) -> datetime | None:
    """When the oldest post was due (aware UTC) that was before an instant, and is not settled."""
    query = select(func.min(Delivery.due_at)).where(
        col(Delivery.state).in_((DeliveryState.PLANNED, DeliveryState.SENDING)),
        col(Delivery.next_at) < before,
        shards.hold(Delivery.programme_id),
    )
    return session.exec(query).one()


def untold(session: Session, shards: Shards, since: datetime) -> set[int]:
    """The programmes in which something failed since an instant without coordinators knowing."""
    query = select(Delivery.programme_id).where(
        col(Delivery.state) == DeliveryState.FAILED,
        col(Delivery.told).is_(False),
        col(Delivery.settled_at) >= since,
        shards.hold(Delivery.programme_id),
    )
    return set(session.exec(query.distinct()))


def tell(desk: Desk, ids: Collection[int]) -> None:
    """Note that coordinators know of these that failed."""
    desk.session.connection().execute(
        update(Delivery).where(col(Delivery.id).in_(ids)).values(told=True)
    )


def failed_untold(desk: Desk) -> Sequence[Delivery]:
    """What failed without coordinators knowing."""
    query = select(Delivery).where(
        col(Delivery.programme_id) == desk.programme_id,
        col(Delivery.state) == DeliveryState.FAILED,
        col(Delivery.told).is_(False),
    )
    return desk.session.exec(query.order_by(col(Delivery.id))).all()
