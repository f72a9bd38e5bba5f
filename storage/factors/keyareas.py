"""Key areas: the headings that factors are sorted under."""

from collections.abc import Sequence

from sqlalchemy import Index, update
from sqlmodel import Field, SQLModel, col, func, select

from storage.desk import Desk
from storage.factors.drafts import Draft
from storage.factors.factors import Factor, outside
from storage.members import sight
from storage.types import Snowflake


class KeyArea(SQLModel, table=True):
    """A heading that factors are sorted under; ``exact`` is its name as it is told from others."""

    __tablename__ = "key_area"
    __table_args__ = (
        Index("key_area_name", "programme_id", "exact", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id")
    name: str
    folded: str
    exact: str


def find(desk: Desk, key_area_id: int) -> KeyArea | None:
    """A key area of this programme; one of another programme is not found."""
    area = desk.session.get(KeyArea, key_area_id)
    return area if area and area.programme_id == desk.programme_id else None


def of_programme(desk: Desk) -> Sequence[KeyArea]:
    """The programme's key areas, in the order they were made."""
    query = select(KeyArea).where(col(KeyArea.programme_id) == desk.programme_id)
    return desk.session.exec(query.order_by(col(KeyArea.id))).all()


def sizes(desk: Desk) -> dict[int, int]:
    """How many factors that whoever asks may see stand under each key area; those without apart."""
    query = (
        select(Factor.key_area_id, func.count())
        .where(col(Factor.programme_id) == desk.programme_id, col(Factor.key_area_id).is_not(None))
        .where(*outside(sight.hidden(desk)))
        .group_by(col(Factor.key_area_id))
    )
    return {key or 0: number for key, number in desk.session.exec(query)}


def move(desk: Desk, key_area_id: int, into_id: int) -> None:
    """Let everything under a key area stand under another."""
    for table in (Factor, Draft):
        desk.session.exec(
            update(table).where(col(table.key_area_id) == key_area_id).values(key_area_id=into_id)
        )
