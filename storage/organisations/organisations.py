"""Organisations, and the tracks they take part in."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy
from sqlalchemy import Index, bindparam, delete, text
from sqlmodel import Field, SQLModel, col, select

from storage.desk import Desk
from storage.kit.identity import exact
from storage.prepared import Prepared
from storage.tracks.tracks import Track
from storage.types import Snowflake, UtcDateTime


class Organisation(SQLModel, table=True):
    """A participating organisation.

    ``folded`` is its name as it is searched for, ``exact`` as it is told from others: no two that
    take part share that. ``code`` lets its people in; no two share one. ``contact_id`` is the
    member who answers for it. Since ``left_out_at`` it is not counted where factors stand, for it
    has nobody. A removed
    organisation keeps its row, so that what it gave stays, has no code and takes part in nothing.
    """

    __table_args__ = (
        Index(
            "organisation_name",
            "programme_id",
            "exact",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
        ),
        Index(
            "organisation_code",
            "programme_id",
            "code",
            unique=True,
            sqlite_where=text("code <> ''"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id")
    name: str
    folded: str
    exact: str
    size: int | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    code: str = ""
    contact_id: int | None = Field(default=None, sa_type=Snowflake)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    left_out_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OrganisationTrack(SQLModel, table=True):
    """An organisation takes part in a track."""

    __tablename__ = "organisation_track"

    organisation_id: int = Field(foreign_key="organisation.id", primary_key=True)
    track_id: int = Field(foreign_key="track.id", primary_key=True, index=True)


def of_programme(desk: Desk) -> Sequence[Organisation]:
    """The organisations that take part in a programme."""
    query = select(Organisation).where(
        col(Organisation.programme_id) == desk.programme_id, col(Organisation.removed_at).is_(None)
    )
    return desk.session.exec(query).all()


def find(desk: Desk, organisation_id: int) -> Organisation | None:
    """An organisation of this programme; one of another programme is not found."""
    organisation = desk.session.get(Organisation, organisation_id)
    if organisation is None or organisation.programme_id != desk.programme_id:
        return None
    return organisation


def find_named(desk: Desk, name: str) -> Organisation | None:
    """The organisation taking part that has exactly this name."""
    query = select(Organisation).where(
        col(Organisation.programme_id) == desk.programme_id,
        col(Organisation.exact) == exact(name),
        col(Organisation.removed_at).is_(None),
    )
    return desk.session.exec(query).first()


def removed(desk: Desk) -> dict[str, Organisation]:
    """The organisations that were removed, by exact name; of several with one name the last."""
    query = (
        select(Organisation)
        .where(
            col(Organisation.programme_id) == desk.programme_id,
            col(Organisation.removed_at).is_not(None),
        )
        .order_by(col(Organisation.removed_at), col(Organisation.id))
    )
    return {row.exact: row for row in desk.session.exec(query)}


def codes(desk: Desk) -> set[str]:
    """Every code that lets somebody in."""
    query = select(Organisation.code).where(
        col(Organisation.programme_id) == desk.programme_id, col(Organisation.code) != ""
    )
    return set(desk.session.exec(query))


def memberships(desk: Desk, *, counted: bool = False) -> dict[int, list[int]]:
    """For every organisation of the programme that is in any track, its track ids.

    Only those that count where factors stand, if ``counted``.
    """
    desk.session.flush()
    query = _COUNTED_MEMBERSHIPS if counted else _MEMBERSHIPS
    rows = query.rows(desk.session, {"programme": desk.programme_id})
    found: dict[int, list[int]] = {}
    for organisation_id, track_id in rows:
        found.setdefault(organisation_id, []).append(track_id)
    return found


def tracks_of(desk: Desk, organisation_id: int) -> list[Track]:
    """The tracks of one organisation, in the order they were made."""
    query = (
        select(Track)
        .join(OrganisationTrack, col(OrganisationTrack.track_id) == col(Track.id))
        .where(col(OrganisationTrack.organisation_id) == organisation_id)
        .order_by(col(Track.id))
    )
    return list(desk.session.exec(query))


def set_tracks(desk: Desk, organisation_id: int, track_ids: Iterable[int]) -> None:
    """Let an organisation take part in exactly these tracks."""
    desk.session.exec(
        delete(OrganisationTrack).where(col(OrganisationTrack.organisation_id) == organisation_id)
    )
    add_tracks(desk, [(organisation_id, track_id) for track_id in sorted(set(track_ids))])


def add_tracks(desk: Desk, pairs: Iterable[tuple[int, int]]) -> None:
    """Let organisations take part in tracks; each pair is an organisation and a new track."""
    desk.session.add_all(OrganisationTrack(organisation_id=o, track_id=t) for o, t in pairs)
    desk.session.flush()


# Built once: every count waits for them.
_memberships = (
    sqlalchemy.select(col(OrganisationTrack.organisation_id), col(OrganisationTrack.track_id))
    .join(Track, col(Track.id) == col(OrganisationTrack.track_id))
    .where(col(Track.programme_id) == bindparam("programme"))
    .order_by(col(OrganisationTrack.track_id))
)
_MEMBERSHIPS = Prepared(_memberships)
_COUNTED_MEMBERSHIPS = Prepared(
    _memberships.join(
        Organisation, col(Organisation.id) == col(OrganisationTrack.organisation_id)
    ).where(col(Organisation.left_out_at).is_(None))
)
