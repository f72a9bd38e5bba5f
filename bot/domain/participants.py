"""Participants: joining an organisation, leaving it, coming back."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain import members, organisations, tracks
from bot.domain.errors import AlreadyWith, NotAParticipant
from bot.domain.people import need_programme
from bot.domain.tracks import TrackView
from storage import journal, participants
from storage import organisations as kept_organisations
from storage.participants import Participant


@dataclass(frozen=True)
class ParticipantView:
    """A member with one organisation; ``before`` is the organisation they came from."""

    id: int
    member_id: int
    organisation_id: int
    organisation: str
    tracks: tuple[TrackView, ...]
    before: str | None = None


def join(
    session: Session, programme_id: int, member_id: int, said: str, *, now: datetime
) -> ParticipantView:
    """Let a member take part for an organisation, in place of the one they were with.

    What they said for the other one stays with it; coming back to an organisation makes what
    they once said for it count again.

    Args:
        session: the transaction.
        programme_id: the server.
        member_id: who joins.
        said: the organisation, by its id from a list or by its name.
        now: aware UTC.

    Raises:
        NotSetUp: the server has no programme.
        OrganisationNotFound: there is none like it.
        AlreadyWith: the member is with this organisation.
    """
    need_programme(session, programme_id)
    organisation = organisations.need(session, programme_id, said)
    before = participants.current(session, programme_id, member_id)
    if before is not None and before.organisation_id == organisation.id:
        raise AlreadyWith(organisation=organisation.name)
    before_name = _end(session, before, now) if before else None
    organisation_id = organisation.id or 0
    row = participants.with_organisation(session, programme_id, member_id, organisation_id)
    if row is None:
        row = Participant(
            programme_id=programme_id,
            member_id=member_id,
            organisation_id=organisation_id,
            joined_at=now,
        )
    row.left_at = None
    session.add(row)
    session.flush()
    participants.roles_due(session, programme_id, [member_id])
    members.seen(session, programme_id, member_id, now=now)
    journal.write(
        session,
        programme_id,
        now,
        member_id,
        "participant.joined",
        row.id,
        organisation=organisation_id,
    )
    return _view(session, row, before_name)


def leave(session: Session, programme_id: int, member_id: int, *, now: datetime) -> ParticipantView:
    """Let a participant stop. Their votes stay as history and do not count until they return.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the member is with no organisation.
    """
    row = _need_row(session, programme_id, member_id)
    _end(session, row, now)
    return _view(session, row)


def need(session: Session, programme_id: int, member_id: int) -> ParticipantView:
    """The member as a participant.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the member is with no organisation.
    """
    return _view(session, _need_row(session, programme_id, member_id))


def _need_row(session: Session, programme_id: int, member_id: int) -> Participant:
    need_programme(session, programme_id)
    row = participants.current(session, programme_id, member_id)
    if row is None:
        raise NotAParticipant
    return row


def _end(session: Session, row: Participant, now: datetime) -> str:
    row.left_at = now
    session.add(row)
    session.flush()
    participants.roles_due(session, row.programme_id, [row.member_id])
    journal.write(
        session,
        row.programme_id,
        now,
        row.member_id,
        "participant.left",
        row.id,
        organisation=row.organisation_id,
    )
    return _name(session, row)


def _name(session: Session, row: Participant) -> str:
    organisation = kept_organisations.find(session, row.programme_id, row.organisation_id)
    return organisation.name if organisation else ""


def _view(session: Session, row: Participant, before: str | None = None) -> ParticipantView:
    inside = kept_organisations.tracks_of(session, row.organisation_id)
    return ParticipantView(
        id=row.id or 0,
        member_id=row.member_id,
        organisation_id=row.organisation_id,
        organisation=_name(session, row),
        tracks=tuple(tracks.view(track) for track in inside),
        before=before,
    )
