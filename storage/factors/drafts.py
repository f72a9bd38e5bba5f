"""Drafts: what people submitted and have not published."""

from datetime import datetime

from sqlalchemy import Index, delete
from sqlmodel import Field, Session, SQLModel, col, select

from storage.desk import Desk
from storage.enums import FactorKind, words_of
from storage.types import Snowflake, UtcDateTime


class Draft(SQLModel, table=True):
    """What a person submitted but has not published, as it was typed.

    ``organisation_id`` is set where a coordinator writes on an organisation's behalf; ``asked``
    once the gentle question has been put. ``occurrence_id`` is the time of a meeting that was on
    where it was submitted, ``apart`` that the person says it does not come from it.
    """

    # Buttons carry ids for a day: a new draft must never get the id of one that is gone.
    __table_args__ = (
        Index("draft_author", "programme_id", "member_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id")
    member_id: int = Field(sa_type=Snowflake)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    track_id: int | None = Field(default=None, foreign_key="track.id")
    title: str
    kind: FactorKind = Field(sa_type=words_of(FactorKind))
    how: str
    context: str = ""
    evidence: str = ""
    key_area_id: int | None = Field(default=None, foreign_key="key_area.id")
    discreet: bool = False
    asked: bool = False
    source_channel_id: int | None = Field(default=None, sa_type=Snowflake)
    source_message_id: int | None = Field(default=None, sa_type=Snowflake)
    occurrence_id: int | None = Field(default=None, foreign_key="occurrence.id")
    apart: bool = False
    saved_at: datetime = Field(sa_type=UtcDateTime, index=True)


def find(desk: Desk, member_id: int, draft_id: int) -> Draft | None:
    """A draft of this member in this programme; anyone else's is not found."""
    draft = desk.session.get(Draft, draft_id)
    if draft is None or (draft.programme_id, draft.member_id) != (desk.programme_id, member_id):
        return None
    return draft


def latest(
    desk: Desk, member_id: int, since: datetime, *, organisation_id: int | None = None
) -> Draft | None:
    """The member's newest draft that was saved at or after an instant.

    Their own, or with ``organisation_id`` one on that organisation's behalf.
    """
    query = (
        select(Draft)
        .where(
            col(Draft.programme_id) == desk.programme_id,
            col(Draft.member_id) == member_id,
            col(Draft.saved_at) >= since,
            col(Draft.organisation_id).is_not_distinct_from(organisation_id),
        )
        .order_by(col(Draft.saved_at).desc(), col(Draft.id).desc())
    )
    return desk.session.exec(query).first()


def forget(session: Session, before: datetime) -> None:
    """Delete every draft that was saved before an instant."""
    session.exec(delete(Draft).where(col(Draft.saved_at) < before))
