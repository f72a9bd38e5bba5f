"""How much is said where: numbers of messages, and nothing of what they say."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

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
