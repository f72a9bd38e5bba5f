"""What somebody wants to be asked later, or never."""

from datetime import datetime

from sqlalchemy import BigInteger, delete
from sqlmodel import Field, Session, SQLModel, col, or_, select

from storage.desk import Desk
from storage.enums import Need, words_of
from storage.types import Snowflake, UtcDateTime


class Rest(SQLModel, table=True):
    """One thing that a member is not asked for before ``until``; without it, not at all."""

    __tablename__ = "need_rest"

    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id", primary_key=True)
    member_id: int = Field(sa_type=Snowflake, primary_key=True)
    kind: Need = Field(sa_type=words_of(Need), primary_key=True)
    subject_id: int = Field(sa_type=BigInteger, primary_key=True)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)


def put(desk: Desk, kind: Need, subject_id: int, until: datetime | None) -> None:
    """Let something rest for the person who asks, until an instant (aware UTC) or for good."""
    row = Rest(
        programme_id=desk.programme_id,
        member_id=desk.asker.id,
        kind=kind,
        subject_id=subject_id,
        until=until,
    )
    desk.session.merge(row)
    desk.session.flush()


def remove(desk: Desk, kind: Need, subject_id: int) -> None:
    """Let it rest no more."""
    key = (desk.programme_id, desk.asker.id, kind, subject_id)
    found = desk.session.get(Rest, key)
    if found is not None:
        desk.session.delete(found)
        desk.session.flush()


def resting(desk: Desk, member_id: int) -> set[tuple[Need, int]]:
    """What rests for a member now: what sort of thing, and which."""
    query = select(Rest.kind, Rest.subject_id).where(
        col(Rest.programme_id) == desk.programme_id,
        col(Rest.member_id) == member_id,
        or_(col(Rest.until).is_(None), col(Rest.until) > desk.now),
    )
    return {(Need(kind), subject) for kind, subject in desk.session.exec(query)}


def forget(session: Session, now: datetime) -> None:
    """Delete what has rested for long enough."""
    session.exec(delete(Rest).where(col(Rest.until) <= now))
