"""Who wants to be forgotten, and is not yet."""

from sqlmodel import Field, SQLModel

from storage.desk import Desk
from storage.types import Snowflake


class Erasing(SQLModel, table=True):
    """Somebody who is being forgotten; the row goes with the last trace."""

    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id", primary_key=True)
    member_id: int = Field(sa_type=Snowflake, primary_key=True)


def is_under_way(desk: Desk, member_id: int) -> bool:
    """Whether a member is being forgotten just now."""
    return desk.session.get(Erasing, (desk.programme_id, member_id)) is not None
