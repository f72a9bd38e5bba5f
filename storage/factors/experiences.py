"""Experiences: what organisations have to tell about factors."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import Index, bindparam, func, update
from sqlmodel import Field, SQLModel, col, select

from storage.desk import Desk
from storage.enums import ExperienceStance, FactorStatus, words_of
from storage.factors import factors
from storage.factors.factors import Factor
from storage.members import sight
from storage.members.participants import Participant
from storage.organisations.organisations import Organisation
from storage.types import UtcDateTime


class Experience(SQLModel, table=True):
    """An organisation's own statement about a factor; one is current, earlier ones are kept.

    ``confirmed_at`` is when its contact person stood behind it. ``participant_id`` is empty for
    what a coordinator entered on the organisation's behalf.
    """

    __table_args__ = (
        Index("experience_factor", "factor_id", "current"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    factor_id: int = Field(foreign_key="factor.id")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    participant_id: int | None = Field(default=None, foreign_key="participant.id", index=True)
    stance: ExperienceStance = Field(sa_type=words_of(ExperienceStance))
    how: str
    current: bool = True
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    written_at: datetime = Field(sa_type=UtcDateTime)


def counts(desk: Desk, factor_ids: Sequence[int]) -> dict[int, dict[ExperienceStance, int]]:
    """How many organisations say what about each factor, or about one merged into it."""
    rows = desk.session.connection().execute(_COUNTS, {"factors": list(factor_ids)})
    found: dict[int, dict[ExperienceStance, int]] = {}
    for factor_id, stance, number in rows:
        found.setdefault(factor_id, {})[ExperienceStance(stance)] = number
    return found


def current(desk: Desk, factor_id: int) -> Sequence[Experience]:
    """What each organisation says about a factor, or one merged into it, newest first."""
    latest = _latest().subquery()
    query = (
        select(Experience)
        .join(latest, latest.c.id == col(Experience.id))
        .where(latest.c.rank == 1)
        .order_by(col(Experience.written_at).desc(), col(Experience.id).desc())
    )
    return desk.session.exec(query, params={"factors": [factor_id]}).all()


def of_organisation(desk: Desk, factor_id: int, organisation_id: int) -> Experience | None:
    """What one organisation says about a factor now."""
    query = select(Experience).where(
        col(Experience.factor_id) == factor_id,
        col(Experience.organisation_id) == organisation_id,
        col(Experience.current).is_(True),
    )
    return desk.session.exec(query).first()


def told_by(desk: Desk, organisation_id: int) -> set[int]:
    """The factors about which an organisation says something now, or about one merged into them."""
    query = (
        select(Factor.root_id)
        .join(Experience, col(Experience.factor_id) == col(Factor.id))
        .where(
            col(Experience.organisation_id) == organisation_id, col(Experience.current).is_(True)
        )
    )
    return {root for root in desk.session.exec(query) if root is not None}


def unconfirmed(desk: Desk, contact_id: int) -> Sequence[Experience]:
    """The statements of participants that a contact person has yet to stand behind, oldest first.

    Those about factors that are open or adopted, in this programme, and there for whoever asks;
    none for one who has left.
    """
    query = (
        select(Experience)
        .join(Organisation, col(Organisation.id) == col(Experience.organisation_id))
        .join(Factor, col(Factor.id) == col(Experience.factor_id))
        .join(Participant, col(Participant.organisation_id) == col(Organisation.id))
        .where(
            col(Organisation.programme_id) == desk.programme_id,
            col(Organisation.contact_id) == contact_id,
            col(Participant.programme_id) == desk.programme_id,
            col(Participant.member_id) == contact_id,
            col(Participant.left_at).is_(None),
            col(Experience.current).is_(True),
            col(Experience.confirmed_at).is_(None),
            col(Experience.participant_id).is_not(None),
            col(Factor.status).in_([FactorStatus.OPEN, FactorStatus.ADOPTED]),
            *factors.outside(sight.hidden(desk)),
        )
    )
    # Ordered here: asked to, SQLite would go through all that there are, in their order.
    return sorted(desk.session.exec(query).all(), key=lambda row: row.id or 0)


def find(desk: Desk, experience_id: int) -> Experience | None:
    """A statement about a factor that is there for whoever asks; any other is not found."""
    row = desk.session.get(Experience, experience_id)
    return row if row and factors.find(desk, row.factor_id) else None


def replace(desk: Desk, row: Experience) -> Experience:
    """Let this be its organisation's current statement; the one before is kept."""
    desk.session.exec(
        update(Experience)
        .where(
            col(Experience.factor_id) == row.factor_id,
            col(Experience.organisation_id) == row.organisation_id,
        )
        .values(current=False)
    )
    desk.session.add(row)
    desk.session.flush()
    return row


def _latest() -> sqlalchemy.Select[Any]:
    """The current statements; each organisation's newest about a factor has rank 1."""
    newest = func.row_number().over(
        partition_by=(col(Factor.root_id), col(Experience.organisation_id)),
        order_by=(col(Experience.written_at).desc(), col(Experience.id).desc()),
    )
    return (
        sqlalchemy.select(
            col(Factor.root_id).label("root"),
            col(Experience.id).label("id"),
            col(Experience.stance).label("stance"),
            newest.label("rank"),
        )
        .join(Factor, col(Factor.id) == col(Experience.factor_id))
        .where(
            col(Factor.root_id).in_(bindparam("factors", expanding=True)),
            col(Experience.current).is_(True),
        )
    )


def _grouped() -> sqlalchemy.Select[Any]:
    latest = _latest().subquery()
    keys = (latest.c.root, latest.c.stance)
    return sqlalchemy.select(*keys, func.count()).where(latest.c.rank == 1).group_by(*keys)


_COUNTS = _grouped()
