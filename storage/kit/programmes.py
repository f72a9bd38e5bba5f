"""Programmes, and the places in Discord that belong to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlmodel import Field, Session, SQLModel, col, select

from storage.desk import Desk, Person
from storage.enums import Joining, Language, PlaceKind, Preset, words_of
from storage.types import Snowflake, UtcDateTime

COORDINATORS_ROLE: Final = "role:coordinators"
"""The slot of the role that makes somebody a coordinator."""


class Programme(SQLModel, table=True):
    """One Discord server's programme. Its id is the server's.

    ``word_*`` is what the programme calls an organisation (``kommun``, ``kommuner``,
    ``kommunen``), in its own language; empty where the catalogue's word serves.
    ``digest_weekday`` counts from Monday, 0; ``digest_hour`` is wall-clock in ``timezone``.
    ``digest_off`` are the sections that it goes without, between commas, and ``digest_greeting``
    what coordinators say in the next one.
    ``reminders`` are minutes ahead of a meeting, between commas. ``started_by`` is the member
    who ran setup first. ``removed_at`` is set while leda is not in the server.
    """

    id: int = Field(sa_type=Snowflake, primary_key=True)
    language: Language = Field(sa_type=words_of(Language))
    timezone: str
    preset: Preset = Field(sa_type=words_of(Preset))
    created_at: datetime = Field(sa_type=UtcDateTime)
    started_by: int | None = Field(default=None, sa_type=Snowflake)
    joining: Joining = Field(default=Joining.CODE, sa_type=words_of(Joining))
    word_one: str = ""
    word_many: str = ""
    word_definite: str = ""
    digest_weekday: int = 3
    digest_hour: int = 9
    digest_off: str = ""
    digest_greeting: str = ""
    reminders: str = "10080,1440,60"
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Place(SQLModel, table=True):
    """A role, category or channel that setup made, by what it is for (its slot)."""

    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id", primary_key=True)
    slot: str = Field(primary_key=True)
    kind: PlaceKind = Field(sa_type=words_of(PlaceKind))
    discord_id: int = Field(sa_type=Snowflake, index=True)


def find(desk: Desk) -> Programme | None:
    """The programme of a server, if it has one."""
    return desk.session.get(Programme, desk.programme_id)


def all_of(session: Session) -> Sequence[Programme]:
    """Every programme, those of servers that leda was removed from too."""
    return session.exec(select(Programme)).all()


def places(desk: Desk) -> Sequence[Place]:
    """All places of a programme."""
    return desk.session.exec(
        select(Place).where(col(Place.programme_id) == desk.programme_id)
    ).all()


def place(desk: Desk, slot: str) -> int | None:
    """The Discord id of what fills a slot, if anything does."""
    found = desk.session.get(Place, (desk.programme_id, slot))
    return found.discord_id if found else None


def coordinates(desk: Desk, person: Person) -> bool:
    """Whether somebody holds the coordinators' role or *Manage Server*."""
    return person.manages_server or place(desk, COORDINATORS_ROLE) in person.roles


def keep_place(desk: Desk, slot: str, kind: PlaceKind, discord_id: int) -> None:
    """Remember what fills a slot, in place of what filled it before."""
    desk.session.merge(
        Place(programme_id=desk.programme_id, slot=slot, kind=kind, discord_id=discord_id)
    )


def removed_before(session: Session, instant: datetime) -> list[int]:
    """The programmes whose servers leda has been out of since before an instant."""
    query = select(Programme.id).where(
        col(Programme.removed_at).is_not(None), col(Programme.removed_at) < instant
    )
    return list(session.exec(query))
