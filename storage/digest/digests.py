"""Weekly digests: what each of them told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, col, select

from storage.desk import Desk
from storage.enums import DigestState, Language, words_of
from storage.types import Snowflake, UtcDateTime


class Digest(SQLModel, table=True):
    """One week's digest, once it was cut, as it was then, so that it can be shown again.

    ``week`` is the ISO year and week as one number, 202649. It tells what happened from
    ``starts_at`` on and before ``ends_at``; where one ends the next one starts, so a week that was
    missed ends where it starts. ``editions`` holds what is told, by track's id, and under ``0`` for
    the open forum; those with nothing to tell say so. ``off`` are the sections that it went
    without, between commas.
    """

    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id", primary_key=True)
    week: int = Field(primary_key=True)
    state: DigestState = Field(sa_type=words_of(DigestState))
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    language: Language = Field(sa_type=words_of(Language))
    zone: str
    off: str = ""
    greeting: str = ""
    editions: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


def find(desk: Desk, week: int) -> Digest | None:
    """A week's digest, if it was cut."""
    return desk.session.get(Digest, (desk.programme_id, week))


def latest(desk: Desk, limit: int, before: int = 999999) -> Sequence[Digest]:
    """The newest digests of weeks before one, newest first."""
    query = select(Digest).where(
        col(Digest.programme_id) == desk.programme_id, col(Digest.week) < before
    )
    return desk.session.exec(query.order_by(col(Digest.week).desc()).limit(limit)).all()


def any_sent(desk: Desk, before: int) -> bool:
    """Whether a digest of a week before one was posted."""
    query = select(Digest.week).where(
        col(Digest.programme_id) == desk.programme_id,
        col(Digest.week) < before,
        col(Digest.state) == DigestState.SENT,
    )
    return desk.session.exec(query.limit(1)).first() is not None
