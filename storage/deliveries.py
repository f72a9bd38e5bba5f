"""The ledger of posts that must arrive: what is planned, on its way, and what became of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from storage.enums import DeliveryState, Way, words_of
from storage.types import Snowflake, UtcDateTime


class Delivery(SQLModel, table=True):
    """One post that must arrive.

    ``key`` is what it is, so that it cannot exist twice. ``kind`` names who renders it, and
    ``subject_id`` and ``data`` say about what; the text itself is made when it is posted.

    It goes ``way``: to the channel that fills ``slot``, mentioning ``member_id`` or nobody, or to
    that person directly. Those of one ``bundle`` that are due together become one message, whose
    number is the ``lead_id``: the least id among them.

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
