"""Tracks: a programme's lines of work."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import bindparam, select
from sqlmodel import Field, SQLModel, col

from storage.desk import Desk
from storage.prepared import Prepared
from storage.types import Snowflake, UtcDateTime


class Track(SQLModel, table=True):
    """A line of work with channels of its own.

    ``closed`` tracks are read by their participants and coordinators alone. An archived one
    keeps all that it holds and takes nothing new. ``discussion_days`` pass before votes on a new
    factor open, and ``voting_days`` from then until they close; 0 is at once, and never.
    """

    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id", index=True)
    name: str
    short: str
    emoji: str
    description: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    closed: bool = False
    discussion_days: int = 0
    voting_days: int = 0
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


TrackRow: TypeAlias = Any  # the columns of a track, without the object


def of_programme(desk: Desk) -> Sequence[TrackRow]:
    """The tracks of a programme, in the order they were made, to be read only."""
    desk.session.flush()
    return _OF_PROGRAMME.rows(desk.session, {"programme": desk.programme_id})


def find(desk: Desk, track_id: int) -> Track | None:
    """A track of this programme; one of another programme is not found."""
    track = desk.session.get(Track, track_id)
    return track if track and track.programme_id == desk.programme_id else None


# Built once: every count waits for it.
_OF_PROGRAMME = Prepared(
    select(*SQLModel.metadata.tables["track"].c)
    .where(col(Track.programme_id) == bindparam("programme"))
    .order_by(col(Track.id))
)
