"""Participants: a member of the server in one organisation of the programme."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Index, and_, bindparam, text, update
from sqlmodel import Field, SQLModel, col, func, select

from storage.desk import Desk
from storage.enums import Reach, RequestStatus, words_of
from storage.organisations.organisations import Organisation, OrganisationTrack
from storage.types import Snowflake, UtcDateTime


class Participant(SQLModel, table=True):
    """A member's time with one organisation; ``left_at`` is set while it is over.

    A member has one row for each organisation they were ever with, and at most one that is
    not left. Votes hang on the row, so they stay with the organisation when the member goes
    on, stop counting, and count again when the member comes back.

    Discord's ids are positive. A negative ``member_id`` is a person who was erased: the row's own
    number with a minus, so that the rows of one person cannot be put together again.
    """

    __table_args__ = (
        Index("participant_once", "programme_id", "member_id", "organisation_id", unique=True),
        Index(
            "participant_now",
            "programme_id",
            "member_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id")
    member_id: int = Field(sa_type=Snowflake)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    joined_at: datetime = Field(sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Member(SQLModel, table=True):
    """What a person chose, whichever organisation they are with.

    ``gone_at`` is set while they are not in the server: their votes then do not count.
    ``roles_due`` says that their track roles have yet to be brought in line. ``direct_id`` is the
    channel of their direct messages, and they let none through since ``closed_at``.
    """

    __table_args__ = (
        Index(
            "member_gone",
            "programme_id",
            "member_id",
            sqlite_where=text("gone_at IS NOT NULL"),
        ),
        Index(
            "member_roles_due",
            "programme_id",
            "member_id",
            sqlite_where=text("roles_due"),
        ),
    )

    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id", primary_key=True)
    member_id: int = Field(sa_type=Snowflake, primary_key=True)
    reach: Reach = Field(default=Reach.DIRECT, sa_type=words_of(Reach))
    reminders: bool = True
    weekly_list: bool = True
    roles_due: bool = False
    gone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    direct_id: int | None = Field(default=None, sa_type=Snowflake)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


_OPEN: Final = text("status = 'open'")
"""In the words of the index join_request_open."""


class JoinRequest(SQLModel, table=True):
    """Somebody's wish to join an organisation without its code, and what became of it.

    ``channel_id`` and ``message_id`` were the card that asks for a decision; the ledger has it now.
    """

    __tablename__ = "join_request"
    __table_args__ = (
        Index("join_request_member", "programme_id", "member_id", "status"),
        Index(
            "join_request_open",
            "programme_id",
            sqlite_where=_OPEN,
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id")
    member_id: int = Field(sa_type=Snowflake)
    organisation_id: int = Field(foreign_key="organisation.id")
    status: RequestStatus = Field(default=RequestStatus.OPEN, sa_type=words_of(RequestStatus))
    asked_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: int | None = Field(default=None, sa_type=Snowflake)
    channel_id: int | None = Field(default=None, sa_type=Snowflake)
    message_id: int | None = Field(default=None, sa_type=Snowflake)


_BACK = (
    update(Member)
    .where(
        col(Member.programme_id) == bindparam("programme"),
        col(Member.member_id) == bindparam("member"),
        col(Member.gone_at).is_not(None),
    )
    .values(gone_at=None, roles_due=True)
)


def find(desk: Desk, participant_id: int) -> Participant | None:
    """A participant of this programme, who may have left; of another one it is not found."""
    row = desk.session.get(Participant, participant_id)
    return row if row and row.programme_id == desk.programme_id else None


def current(desk: Desk, member_id: int) -> Participant | None:
    """The member's row that is not left, if there is one."""
    query = select(Participant).where(
        col(Participant.programme_id) == desk.programme_id,
        col(Participant.member_id) == member_id,
        col(Participant.left_at).is_(None),
    )
    return desk.session.exec(query).first()


def with_organisation(desk: Desk, member_id: int, organisation_id: int) -> Participant | None:
    """The member's row with one organisation, left or not."""
    query = select(Participant).where(
        col(Participant.programme_id) == desk.programme_id,
        col(Participant.member_id) == member_id,
        col(Participant.organisation_id) == organisation_id,
    )
    return desk.session.exec(query).first()


def counts(desk: Desk) -> dict[int, int]:
    """How many participants each organisation has now; those without are left out.

    Whoever has left the server is not counted until they are back.
    """
    query = (
        select(Participant.organisation_id, func.count())
        .join(
            Member,
            and_(
                col(Member.programme_id) == col(Participant.programme_id),
                col(Member.member_id) == col(Participant.member_id),
            ),
            isouter=True,
        )
        .where(
            col(Participant.programme_id) == desk.programme_id,
            col(Participant.left_at).is_(None),
            col(Member.gone_at).is_(None),
        )
        .group_by(col(Participant.organisation_id))
    )
    return dict(desk.session.exec(query).all())


def ever_with(desk: Desk, organisation_id: int) -> Sequence[Participant]:
    """Everyone who is or was with an organisation."""
    query = select(Participant).where(col(Participant.organisation_id) == organisation_id)
    return desk.session.exec(query).all()


def withdraw_requests(desk: Desk, organisation_id: int) -> None:
    """Let no wish to join an organisation wait any longer."""
    desk.session.exec(
        update(JoinRequest)
        .where(
            col(JoinRequest.organisation_id) == organisation_id,
            col(JoinRequest.status) == RequestStatus.OPEN,
        )
        .values(status=RequestStatus.WITHDRAWN)
    )


def member(desk: Desk, member_id: int) -> Member:
    """What a person chose; their row is made when it is first asked for in a write."""
    found = desk.session.get(Member, (desk.programme_id, member_id))
    if found is None:
        found = Member(programme_id=desk.programme_id, member_id=member_id)
        desk.session.add(found)
    return found


def find_member(desk: Desk, member_id: int) -> Member | None:
    """What a person chose, if they ever did."""
    return desk.session.get(Member, (desk.programme_id, member_id))


def choices(desk: Desk, member_ids: Iterable[int]) -> dict[int, Member]:
    """What members chose, by their id; those who never chose are left out."""
    query = select(Member).where(
        col(Member.programme_id) == desk.programme_id, col(Member.member_id).in_(list(member_ids))
    )
    return {row.member_id: row for row in desk.session.exec(query)}


def roles_due(desk: Desk, member_ids: Iterable[int]) -> None:
    """Note that these members' roles have to be brought in line."""
    for member_id in member_ids:
        member(desk, member_id).roles_due = True
    desk.session.flush()


def with_roles_due(desk: Desk, after: int, limit: int) -> list[int]:
    """Members whose roles have to be brought in line: so many, the next after an id."""
    query = (
        select(Member.member_id)
        .where(
            col(Member.programme_id) == desk.programme_id,
            text("member.roles_due"),  # as in the index on just these
            col(Member.member_id) > after,
        )
        .order_by(col(Member.member_id))
        .limit(limit)
    )
    return list(desk.session.exec(query))


def of_organisation(desk: Desk, organisation_id: int) -> list[int]:
    """The members who are participants of an organisation now."""
    query = select(Participant.member_id).where(
        col(Participant.organisation_id) == organisation_id, col(Participant.left_at).is_(None)
    )
    return list(desk.session.exec(query))


def of_track(desk: Desk, track_id: int) -> list[int]:
    """The members who are participants of an organisation in a track now."""
    query = (
        select(Participant.member_id)
        .join(
            OrganisationTrack,
            col(OrganisationTrack.organisation_id) == col(Participant.organisation_id),
        )
        .where(col(OrganisationTrack.track_id) == track_id, col(Participant.left_at).is_(None))
    )
    return list(desk.session.exec(query))


def known(desk: Desk) -> list[int]:
    """The members who are participants of any organisation now, in the server or not."""
    query = (
        select(Participant.member_id)
        .where(
            col(Participant.programme_id) == desk.programme_id, col(Participant.left_at).is_(None)
        )
        .order_by(col(Participant.member_id))
    )
    return list(desk.session.exec(query))


def gone(desk: Desk) -> list[int]:
    """The members who are not in the server."""
    query = select(Member.member_id).where(
        col(Member.programme_id) == desk.programme_id, col(Member.gone_at).is_not(None)
    )
    return list(desk.session.exec(query))


def back(desk: Desk, member_id: int) -> bool:
    """Note that a member is in the server, with roles to be given; whether that is news.

    One statement, built once: it stands on the path of every vote.
    """
    who = {"programme": desk.programme_id, "member": member_id}
    return bool(desk.session.connection().execute(_BACK, who).rowcount)


def stays(desk: Desk) -> list[tuple[int, int, datetime | None]]:
    """Every participation: its organisation, its member, and since when it is over, if it is.

    It is over once the member has left the organisation, or is not in the server.
    """
    query = (
        select(
            Participant.organisation_id,
            Participant.member_id,
            func.coalesce(Participant.left_at, Member.gone_at),
        )
        .join(
            Member,
            and_(
                col(Member.programme_id) == col(Participant.programme_id),
                col(Member.member_id) == col(Participant.member_id),
            ),
            isouter=True,
        )
        .where(col(Participant.programme_id) == desk.programme_id)
    )
    return [
        (organisation, member_id, ended)
        for organisation, member_id, ended in desk.session.exec(query)
    ]


def find_request(desk: Desk, request_id: int) -> JoinRequest | None:
    """A request in this programme; one in another programme is not found."""
    found = desk.session.get(JoinRequest, request_id)
    return found if found and found.programme_id == desk.programme_id else None


def open_requests(desk: Desk, *, member_id: int | None = None) -> Sequence[JoinRequest]:
    """The requests that wait for a decision, oldest first; of one member, or of all."""
    query = select(JoinRequest).where(col(JoinRequest.programme_id) == desk.programme_id, _OPEN)
    if member_id is not None:
        query = query.where(col(JoinRequest.member_id) == member_id)
    return desk.session.exec(query.order_by(col(JoinRequest.id))).all()


def contacts(desk: Desk) -> dict[int, int]:
    """The contact person (a member's id) of each organisation whose contact is with it now."""
    query = (
        select(Organisation.id, Participant.member_id)
        .join(Participant, col(Participant.organisation_id) == col(Organisation.id))
        .where(
            col(Organisation.programme_id) == desk.programme_id,
            col(Participant.member_id) == col(Organisation.contact_id),
            col(Participant.left_at).is_(None),
        )
    )
    return {
        organisation_id or 0: member_id for organisation_id, member_id in desk.session.exec(query)
    }
