"""Who answers for an organisation, and the code that lets its people in."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain import names, organisations
from bot.domain.errors import NotItsParticipant
from bot.domain.organisations_intake import new_code
from bot.domain.people import Person, need_coordinator, need_programme
from storage import journal, participants
from storage import organisations as kept
from storage.enums import Joining, Language


@dataclass(frozen=True)
class ContactView:
    """An organisation's contact person (a member's id), and who it was before a change."""

    organisation: str
    contact_id: int | None
    before_id: int | None = None


@dataclass(frozen=True)
class InvitationView:
    """What an organisation's people need to join. For coordinators: it holds the code.

    ``language`` is the programme's. ``coded`` says that joining asks for the code.
    """

    organisation: str
    code: str
    language: Language
    coded: bool


def contact(session: Session, programme_id: int, said: str) -> ContactView:
    """Who answers for an organisation.

    Raises:
        NotSetUp: the server has no programme.
        OrganisationNotFound, OrganisationGone: it does not take part.
    """
    need_programme(session, programme_id)
    row = organisations.need(session, programme_id, said)
    return ContactView(row.name, participants.contacts(session, programme_id).get(row.id or 0))


def set_contact(
    session: Session, programme_id: int, person: Person, said: str, member_id: int, *, now: datetime
) -> ContactView:
    """Let a participant answer for their organisation, in place of who did.

    Args:
        session: the transaction.
        programme_id: the server.
        person: who asks.
        said: the organisation, by its id from a list or by its name.
        member_id: who is to answer for it.
        now: aware UTC.

    Raises:
        CoordinatorsOnly: the person is none.
        NotSetUp, OrganisationNotFound, OrganisationGone: as :func:`contact`.
        NotItsParticipant: the member is with another organisation, or with none.
    """
    need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    row = organisations.need(session, programme_id, said)
    chosen = participants.current(session, programme_id, member_id)
    if chosen is None or chosen.organisation_id != row.id:
        raise NotItsParticipant(organisation=row.name)
    before_id = participants.contacts(session, programme_id).get(chosen.organisation_id)
    row.contact_id = member_id
    session.add(row)
    session.flush()
    if before_id != member_id:
        before = participants.current(session, programme_id, before_id) if before_id else None
        # Participants' rows, not members: what happened outlives who it happened to.
        ids = [before.id if before else None, chosen.id]
        journal.write(
            session, programme_id, now, person.id, "organisation.contact", row.id, participant=ids
        )
    return ContactView(row.name, member_id, before_id)


def invitation(session: Session, programme_id: int, person: Person, said: str) -> InvitationView:
    """What one organisation's people need to join.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
        OrganisationNotFound, OrganisationGone: it does not take part.
    """
    programme = need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    row = organisations.need(session, programme_id, said)
    coded = programme.joining is Joining.CODE
    return InvitationView(row.name, row.code, programme.language, coded)


def renew_code(
    session: Session, programme_id: int, person: Person, said: str, *, now: datetime
) -> InvitationView:
    """Give an organisation a new code; the old one lets nobody in any more.

    Raises:
        NotSetUp, CoordinatorsOnly, OrganisationNotFound, OrganisationGone: as
            :func:`invitation`.
    """
    need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    row = organisations.need(session, programme_id, said)
    row.code = new_code(kept.codes(session, programme_id))
    session.add(row)
    session.flush()
    journal.write(session, programme_id, now, person.id, "organisation.code_renewed", row.id)
    return invitation(session, programme_id, person, said)


def invitations(session: Session, programme_id: int, person: Person) -> tuple[InvitationView, ...]:
    """What all organisations' people need to join, in Swedish order of their names.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
    """
    programme = need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    coded = programme.joining is Joining.CODE
    rows = kept.of_programme(session, programme_id)
    return tuple(
        InvitationView(row.name, row.code, programme.language, coded)
        for row in sorted(rows, key=lambda row: names.swedish_order(row.name))
    )
