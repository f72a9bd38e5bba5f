"""Removing organisations: what they gave stays, their people stop taking part."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain.kit.people import need_coordinator, need_programme
from bot.domain.organisations.organisations import need
from storage import journal
from storage.desk import Person
from storage.factors import factors, votes
from storage.meetings import answers
from storage.members import participants
from storage.organisations import organisations
from storage.organisations.organisations import Organisation


@dataclass(frozen=True)
class RemovalView:
    """What removing an organisation ends (``participants``) and what it keeps.

    ``removed`` says that it is done; ``has_history`` that anybody ever was with it or anything
    is kept, so that a person should be asked first.
    """

    id: int
    name: str
    participants: int
    factors: int
    votes: int
    has_history: bool
    removed: bool


def ask(
    session: Session, programme_id: int, person: Person, said: str, *, now: datetime
) -> RemovalView:
    """Remove an organisation that has no history; of any other, say what removing it means.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
        OrganisationNotFound, OrganisationGone: it does not take part.
    """
    row = _need(session, programme_id, person, said)
    found = _view(session, row)
    return found if found.has_history else remove(session, programme_id, person, said, now=now)


def remove(
    session: Session, programme_id: int, person: Person, said: str, *, now: datetime
) -> RemovalView:
    """Let an organisation take part no more.

    Its participants stop taking part, its code lets nobody in, and its name is free: adding it
    again brings it back. Its factors and votes stay.

    Args:
        session: the transaction.
        programme_id: the server.
        person: who asks.
        said: the organisation, by its id from a list or by its name.
        now: aware UTC.

    Raises:
        NotSetUp, CoordinatorsOnly, OrganisationNotFound, OrganisationGone: as :func:`ask`.
    """
    row = _need(session, programme_id, person, said)
    found = _view(session, row, removed=True)
    inside = [track.id for track in organisations.tracks_of(session, found.id)]
    _end_participants(session, row, person, now)
    participants.withdraw_requests(session, found.id)
    organisations.set_tracks(session, found.id, [])
    row.removed_at, row.code, row.contact_id = now, "", None
    session.add(row)
    session.flush()
    factors.make_due(session, programme_id)
    answers.make_due(session, programme_id, now)
    journal.write(
        session,
        programme_id,
        now,
        person.id,
        "organisation.removed",
        found.id,
        name=found.name,
        tracks=inside,
        participants=found.participants,
    )
    return found


def _need(session: Session, programme_id: int, person: Person, said: str) -> Organisation:
    need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    return need(session, programme_id, said)


def _end_participants(session: Session, row: Organisation, person: Person, now: datetime) -> None:
    key = row.id or 0
    present = [each for each in participants.ever_with(session, key) if each.left_at is None]
    for each in present:
        each.left_at = now
        session.add(each)
        journal.write(
            session,
            row.programme_id,
            now,
            person.id,
            "participant.left",
            each.id,
            organisation=key,
        )
    participants.roles_due(session, row.programme_id, [each.member_id for each in present])


def _view(session: Session, row: Organisation, *, removed: bool = False) -> RemovalView:
    rows = participants.ever_with(session, row.id or 0)
    published = factors.published_by(session, row.id or 0)
    return RemovalView(
        id=row.id or 0,
        name=row.name,
        participants=sum(1 for each in rows if each.left_at is None),
        factors=published,
        votes=votes.given_by(session, row.id or 0),
        has_history=bool(rows or published),
        removed=removed,
    )
