"""How much is said where: numbers of messages, and nothing of what they say."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Index, delete, insert, update
from sqlmodel import Field, SQLModel, col, func, select

from storage.desk import Desk
from storage.types import Snowflake


class Talk(SQLModel, table=True):
    """How many messages people wrote in a channel or thread on one day.

    ``day`` is by the programme's clock. ``place_id`` is the channel that a thread hangs in, and of
    a channel the channel itself.
    """

    __table_args__ = (Index("talk_day", "programme_id", "day"),)

    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id", primary_key=True)
    channel_id: int = Field(sa_type=Snowflake, primary_key=True)
    day: date = Field(primary_key=True)
    place_id: int = Field(sa_type=Snowflake)
    number: int


class Heard(SQLModel, table=True):
    """Up to which message (a Discord id) a channel or thread was counted."""

    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id", primary_key=True)
    channel_id: int = Field(sa_type=Snowflake, primary_key=True)
    last_id: int = Field(sa_type=Snowflake)


def heard(desk: Desk) -> dict[int, int]:
    """Up to which message each channel or thread was counted (Discord ids)."""
    query = select(Heard).where(col(Heard.programme_id) == desk.programme_id)
    return {row.channel_id: row.last_id for row in desk.session.exec(query)}


def last_heard(desk: Desk, channel_id: int) -> int:
    """Up to which message a channel or thread was counted; 0 where it never was."""
    row = desk.session.get(Heard, (desk.programme_id, channel_id))
    return row.last_id if row else 0


def hear(desk: Desk, channel_id: int, last_id: int) -> None:
    """Note up to which message a channel or thread is counted now."""
    desk.session.merge(
        Heard(programme_id=desk.programme_id, channel_id=channel_id, last_id=last_id)
    )


def add(desk: Desk, channel_id: int, place_id: int, day: date, number: int) -> None:
    """Count so many more messages of a day in a channel or thread."""
    same = {"programme_id": desk.programme_id, "channel_id": channel_id, "day": day}
    more: Any = update(Talk).filter_by(**same).values(number=col(Talk.number) + number)
    if not desk.session.connection().execute(more).rowcount:
        first = insert(Talk).values(**same, place_id=place_id, number=number)
        desk.session.connection().execute(first)


def forget(desk: Desk, channel_id: int) -> None:
    """Take away what was counted in a channel or thread, and up to where."""
    for table in (Talk, Heard):
        here = [col(table.programme_id) == desk.programme_id, col(table.channel_id) == channel_id]
        desk.session.exec(delete(table).where(*here))


def top(
    desk: Desk, first_day: date, end_day: date, place_ids: Collection[int], limit: int
) -> list[tuple[int, int]]:
    """Where most was said, and how much: channels and threads, the liveliest first.

    Args:
        first_day: from this day on.
        end_day: before this one.
        place_ids: in these channels and their threads.
        limit: at most so many.
    """
    number = func.sum(Talk.number)
    query = (
        select(Talk.channel_id, number)
        .where(*_said(desk.programme_id, first_day, end_day, place_ids))
        .group_by(col(Talk.channel_id))
        .order_by(number.desc(), col(Talk.channel_id))
        .limit(limit)
    )
    return [(channel_id, int(said)) for channel_id, said in desk.session.exec(query)]


def total(desk: Desk, first_day: date, end_day: date, place_ids: Collection[int]) -> int:
    """In how many channels and threads anything was said; the arguments are :func:`top`'s."""
    query = select(func.count(func.distinct(col(Talk.channel_id)))).where(
        *_said(desk.programme_id, first_day, end_day, place_ids)
    )
    return desk.session.exec(query).one()


def _said(programme_id: int, first_day: date, end_day: date, places: Collection[int]) -> list[Any]:
    return [
        col(Talk.programme_id) == programme_id,
        col(Talk.day) >= first_day,
        col(Talk.day) < end_day,
        col(Talk.place_id).in_(places),
    ]
