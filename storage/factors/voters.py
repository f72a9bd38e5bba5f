"""Who may vote on a factor: the one question that every press asks first."""

from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Select, and_, bindparam, exists, or_, select, update
from sqlmodel import col

from storage.desk import Desk
from storage.enums import FactorStatus
from storage.factors.factors import Factor
from storage.members.participants import Participant
from storage.organisations.organisations import OrganisationTrack
from storage.tracks.tracks import Track

_Query: TypeAlias = Select[*tuple[Any, ...]]


class Voter(NamedTuple):
    """A participant before a factor; ``inside`` says that it concerns them and is not archived."""

    participant_id: int
    organisation_id: int
    status: FactorStatus
    opens_at: datetime | None
    closes_at: datetime | None
    inside: bool


def before(desk: Desk, factor_id: int, member_id: int) -> Voter | None:
    """A member before a factor, in one statement; None where either is not there."""
    values = {"programme": desk.programme_id, "factor": factor_id, "member": member_id}
    row = desk.session.connection().execute(_BEFORE, values).first()
    return Voter(*row) if row else None


def make_due(desk: Desk, factor_id: int) -> None:
    """Note that a vote was cast on a factor that has yet to be counted."""
    desk.session.connection().execute(_DUE, {"factor": factor_id})


def _before() -> _Query:
    mine = and_(
        col(Participant.programme_id) == col(Factor.programme_id),
        col(Participant.member_id) == bindparam("member"),
        col(Participant.left_at).is_(None),
    )
    inside = (
        exists()
        .where(
            col(OrganisationTrack.organisation_id) == col(Participant.organisation_id),
            col(Track.id) == col(OrganisationTrack.track_id),
            or_(
                col(Factor.track_id).is_(None),
                and_(col(Track.id) == col(Factor.track_id), col(Track.archived_at).is_(None)),
            ),
        )
        .label("inside")
    )
    return (
        select(
            col(Participant.id),
            col(Participant.organisation_id),
            col(Factor.status),
            col(Factor.opens_at),
            col(Factor.closes_at),
            inside,
        )
        .select_from(Factor)
        .join(Participant, mine)
        .where(
            col(Factor.id) == bindparam("factor"),
            col(Factor.programme_id) == bindparam("programme"),
        )
    )


# Made once: every press waits for them.
_BEFORE = _before()
_DUE = update(Factor).where(col(Factor.id) == bindparam("factor")).values(recount_due=True)
