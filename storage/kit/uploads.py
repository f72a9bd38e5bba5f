"""Uploads: what a file held, or a form, kept for a day between its preview and confirmation."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, delete
from sqlmodel import Field, Session, SQLModel, col

from storage.desk import Desk
from storage.types import Snowflake, UtcDateTime


class Upload(SQLModel, table=True):
    """The rows of a file, or what was typed into a form, that somebody may still confirm.

    ``kind`` says what it is. Once ``used_at`` is set the body is empty: what it held
    stands in its own tables.
    """

    # Buttons carry ids: a new upload must never get the id of one that is forgotten.
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id")
    member_id: int = Field(sa_type=Snowflake)
    kind: str
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    saved_at: datetime = Field(sa_type=UtcDateTime, index=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def find(desk: Desk, member_id: int, upload_id: int) -> Upload | None:
    """An upload of this member in this programme; anyone else's is not found."""
    upload = desk.session.get(Upload, upload_id)
    if upload is None or (upload.programme_id, upload.member_id) != (desk.programme_id, member_id):
        return None
    return upload


def forget(session: Session, before: datetime) -> None:
    """Delete every upload that was saved before an instant."""
    session.exec(delete(Upload).where(col(Upload.saved_at) < before))
