"""Experiences: an organisation's own statement about a factor, with a short HOW."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain.factors import factors, presence
from bot.domain.factors.errors import ExperienceNotFound
from bot.domain.factors.views import FactorView
from bot.domain.factors.votes import need_open, recount
from bot.domain.kit import texts
from bot.domain.kit.errors import NotYours
from bot.domain.kit.people import is_coordinator, need_coordinator
from bot.domain.members import participants
from bot.domain.organisations import organisations
from storage import journal
from storage.desk import Person
from storage.enums import ExperienceStance, FactorKind, FactorStatus
from storage.factors import experiences as kept
from storage.factors.experiences import Experience
from storage.factors.factors import Factor
from storage.members import participants as kept_participants
from storage.members.participants import Participant
from storage.organisations import organisations as kept_organisations

HOW_LIMIT = 600


@dataclass(frozen=True)
class ExperienceView:
    """What an organisation has to tell. ``member_id`` is who wrote it, for coordinators alone."""

    id: int
    factor_id: int
    factor: str
    kind: FactorKind
    organisation_id: int
    organisation: str
    stance: ExperienceStance
    how: str
    confirmed: bool
    on_behalf: bool
    member_id: int
    written_at: datetime


@dataclass(frozen=True)
class Told:
    """A statement, the factor with it counted, and whom its organisation answers through.

    ``contact_id`` is the contact person who has yet to confirm it; None where nobody has to.
    """

    experience: ExperienceView
    factor: FactorView
    contact_id: int | None


@dataclass(frozen=True)
class ExperienceForm:
    """What the form about an organisation's experience begins with."""

    factor_id: int
    kind: FactorKind
    organisation_id: int
    organisation: str
    standing: ExperienceView | None


def form(
    session: Session, programme_id: int, person: Person, factor_id: int, *, behalf: str = ""
) -> ExperienceForm:
    """What one's organisation says now, to say it anew; a coordinator may ask for another's.

    Raises:
        FactorNotFound: there is none with this id in this programme.
        FactorClosed: it was withdrawn or merged.
        NotAParticipant: the person is with no organisation.
        CoordinatorsOnly, OrganisationNotFound: for another organisation.
    """
    row = _need_open(session, programme_id, factor_id)
    organisation_id, _ = _speaker(session, programme_id, person, behalf)
    organisation = kept_organisations.find(session, programme_id, organisation_id)
    written = kept.of_organisation(session, factor_id, organisation_id)
    return ExperienceForm(
        factor_id,
        row.kind,
        organisation_id,
        organisation.name if organisation else "",
        _view(session, row, written) if written else None,
    )


def tell(
    session: Session,
    programme_id: int,
    person: Person,
    factor_id: int,
    stance: ExperienceStance,
    how: str,
    *,
    behalf: str = "",
    now: datetime,
) -> Told:
    """Say what one's organisation has to tell; what it said before is kept, no longer current.

    What its contact person writes, or a coordinator on its behalf, needs no confirmation.

    Args:
        session: the transaction.
        programme_id: the server.
        person: a participant, or with ``behalf`` a coordinator.
        factor_id: about which factor.
        stance: what the organisation has to tell.
        how: how it went, in short; may be empty.
        behalf: the organisation that a coordinator speaks for, by its id or name.
        now: aware UTC.

    Raises:
        As :func:`form`.
    """
    row = _need_open(session, programme_id, factor_id)
    organisation_id, participant_id = _speaker(session, programme_id, person, behalf)
    presence.seen(session, programme_id, person.id, now=now)
    contact = _contact(session, programme_id, organisation_id)
    answered_for = participant_id is not None and contact == person.id
    written = kept.replace(
        session,
        Experience(
            factor_id=factor_id,
            organisation_id=organisation_id,
            participant_id=participant_id,
            stance=stance,
            how=texts.kept(how, HOW_LIMIT),
            confirmed_at=now if answered_for else None,
            written_at=now,
        ),
    )
    _note(session, row, person, "experience.told", written, now)
    seen = recount(session, row, now)
    waits = contact if participant_id is not None and not answered_for else None
    return Told(_view(session, row, written), seen, waits)


def confirm(
    session: Session, programme_id: int, person: Person, experience_id: int, *, now: datetime
) -> Told:
    """Let the contact person stand behind a statement.

    Raises:
        ExperienceNotFound: there is none in this programme, or another has taken its place.
        NotYours: the person is neither its organisation's contact person nor a coordinator.
    """
    written = kept.find(session, programme_id, experience_id)
    if written is None or not written.current:
        raise ExperienceNotFound
    row = factors.need(session, programme_id, written.factor_id)
    contact = _contact(session, programme_id, written.organisation_id)
    if person.id != contact and not is_coordinator(session, programme_id, person):
        raise NotYours(organisation=_view(session, row, written).organisation)
    if written.confirmed_at is None:
        written.confirmed_at = now
        session.add(written)
        _note(session, row, person, "experience.confirmed", written, now)
    return Told(_view(session, row, written), recount(session, row, now), None)


def of_factor(session: Session, programme_id: int, factor_id: int) -> list[ExperienceView]:
    """What organisations have to tell about a factor and those merged into it, newest first.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = factors.need(session, programme_id, factor_id)
    return [_view(session, row, written) for written in kept.current(session, factor_id)]


def to_confirm(session: Session, programme_id: int, member_id: int) -> list[ExperienceView]:
    """The statements that wait for a contact person, oldest first."""
    return [
        _view(session, factors.need(session, programme_id, written.factor_id), written)
        for written in kept.unconfirmed(session, programme_id, member_id)
    ]


def _need_open(session: Session, programme_id: int, factor_id: int) -> Factor:
    row = factors.need(session, programme_id, factor_id)
    if row.status in {FactorStatus.WITHDRAWN, FactorStatus.MERGED}:
        need_open(session, row)
    return row


def _speaker(
    session: Session, programme_id: int, person: Person, behalf: str
) -> tuple[int, int | None]:
    """The organisation that is spoken for, and as which of its participants, if as one."""
    if behalf:
        need_coordinator(session, programme_id, person)
        return organisations.need(session, programme_id, behalf).id or 0, None
    who = participants.need(session, programme_id, person.id)
    return who.organisation_id, who.id


def _contact(session: Session, programme_id: int, organisation_id: int) -> int | None:
    """Who answers for an organisation; nobody, once they have left it."""
    return kept_participants.contacts(session, programme_id).get(organisation_id)


def _note(
    session: Session, row: Factor, person: Person, kind: str, written: Experience, now: datetime
) -> None:
    journal.write(
        session,
        row.programme_id,
        now,
        person.id,
        kind,
        written.id,
        factor=row.id,
        organisation=written.organisation_id,
        stance=written.stance,
    )


def _view(session: Session, row: Factor, written: Experience) -> ExperienceView:
    organisation = kept_organisations.find(session, row.programme_id, written.organisation_id)
    writer = session.get(Participant, written.participant_id) if written.participant_id else None
    return ExperienceView(
        id=written.id or 0,
        factor_id=row.id or 0,
        factor=row.title,
        kind=row.kind,
        organisation_id=written.organisation_id,
        organisation=organisation.name if organisation else "",
        stance=written.stance,
        how=written.how,
        confirmed=written.confirmed_at is not None,
        on_behalf=written.participant_id is None,
        member_id=max(writer.member_id, 0) if writer else 0,
        written_at=written.written_at,
    )
