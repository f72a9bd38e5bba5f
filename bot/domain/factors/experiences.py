"""Experiences: an organisation's own statement about a factor, with a short HOW."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.factors import factors, presence
from bot.domain.factors.errors import ExperienceNotFound
from bot.domain.factors.views import FactorView
from bot.domain.factors.votes import need_open, recount
from bot.domain.kit import texts
from bot.domain.kit.errors import NotYours
from bot.domain.kit.people import is_coordinator, only_coordinators
from bot.domain.members import participants
from bot.domain.organisations import organisations
from storage.desk import Desk
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


def form(desk: Desk, factor_id: int, *, behalf: str = "") -> ExperienceForm:
    """What one's organisation says now, to say it anew; a coordinator may ask for another's.

    Raises:
        FactorNotFound: there is none with this id in this programme.
        FactorClosed: it was withdrawn or merged.
        NotAParticipant: the person is with no organisation.
        CoordinatorsOnly, OrganisationNotFound: for another organisation.
    """
    row = _need_open(desk, factor_id)
    organisation_id, _ = _speaker(desk, behalf)
    organisation = kept_organisations.find(desk, organisation_id)
    written = kept.of_organisation(desk, factor_id, organisation_id)
    return ExperienceForm(
        factor_id,
        row.kind,
        organisation_id,
        organisation.name if organisation else "",
        _view(desk, row, written) if written else None,
    )


def tell(
    desk: Desk, factor_id: int, stance: ExperienceStance, how: str, *, behalf: str = ""
) -> Told:
    """Say what one's organisation has to tell; what it said before is kept, no longer current.

    What its contact person writes, or a coordinator on its behalf, needs no confirmation.

    Args:
        factor_id: about which factor.
        stance: what the organisation has to tell.
        how: how it went, in short; may be empty.
        behalf: the organisation that a coordinator speaks for, by its id or name.

    Raises:
        As :func:`form`.
    """
    row = _need_open(desk, factor_id)
    organisation_id, participant_id = _speaker(desk, behalf)
    presence.seen(desk, desk.asker.id)
    contact = _contact(desk, organisation_id)
    answered_for = participant_id is not None and contact == desk.asker.id
    written = kept.replace(
        desk,
        Experience(
            factor_id=factor_id,
            organisation_id=organisation_id,
            participant_id=participant_id,
            stance=stance,
            how=texts.kept(how, HOW_LIMIT),
            confirmed_at=desk.now if answered_for else None,
            written_at=desk.now,
        ),
    )
    _note(desk, row, "experience.told", written)
    seen = recount(desk, row)
    waits = contact if participant_id is not None and not answered_for else None
    return Told(_view(desk, row, written), seen, waits)


def confirm(desk: Desk, experience_id: int) -> Told:
    """Let the contact person stand behind a statement.

    Raises:
        ExperienceNotFound: there is none in this programme, or another has taken its place.
        NotYours: the person is neither its organisation's contact person nor a coordinator.
    """
    written = kept.find(desk, experience_id)
    if written is None or not written.current:
        raise ExperienceNotFound
    row = factors.need(desk, written.factor_id)
    contact = _contact(desk, written.organisation_id)
    if desk.asker.id != contact and not is_coordinator(desk):
        raise NotYours(organisation=_view(desk, row, written).organisation)
    if written.confirmed_at is None:
        written.confirmed_at = desk.now
        desk.session.add(written)
        _note(desk, row, "experience.confirmed", written)
    return Told(_view(desk, row, written), recount(desk, row), None)


def unconfirm(desk: Desk, experience_id: int) -> None:
    """Take back that the contact person stands behind a statement; it waits for them again.

    Raises:
        ExperienceNotFound: there is none in this programme, or another has taken its place.
        NotYours: the person is not its organisation's contact person.
    """
    written = kept.find(desk, experience_id)
    if written is None or not written.current:
        raise ExperienceNotFound
    row = factors.need(desk, written.factor_id)
    if desk.asker.id != _contact(desk, written.organisation_id):
        raise NotYours(organisation=_view(desk, row, written).organisation)
    written.confirmed_at = None
    desk.session.add(written)
    _note(desk, row, "experience.unconfirmed", written)
    recount(desk, row)


def of_factor(desk: Desk, factor_id: int) -> list[ExperienceView]:
    """What organisations have to tell about a factor and those merged into it, newest first.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = factors.need(desk, factor_id)
    return [_view(desk, row, written) for written in kept.current(desk, factor_id)]


def to_confirm(desk: Desk, member_id: int) -> list[ExperienceView]:
    """The statements that wait for a contact person, oldest first."""
    return [
        _view(desk, factors.need(desk, written.factor_id), written)
        for written in kept.unconfirmed(desk, member_id)
    ]


def _need_open(desk: Desk, factor_id: int) -> Factor:
    row = factors.need(desk, factor_id)
    if row.status in {FactorStatus.WITHDRAWN, FactorStatus.MERGED}:
        need_open(desk, row)
    return row


def _speaker(desk: Desk, behalf: str) -> tuple[int, int | None]:
    """The organisation that is spoken for, and as which of its participants, if as one."""
    if behalf:
        only_coordinators(desk)
        return organisations.need(desk, behalf).id or 0, None
    who = participants.need(desk, desk.asker.id)
    return who.organisation_id, who.id


def _contact(desk: Desk, organisation_id: int) -> int | None:
    """Who answers for an organisation; nobody, once they have left it."""
    return kept_participants.contacts(desk).get(organisation_id)


def _note(desk: Desk, row: Factor, kind: str, written: Experience) -> None:
    desk.note(
        kind, written.id, factor=row.id, organisation=written.organisation_id, stance=written.stance
    )


def _view(desk: Desk, row: Factor, written: Experience) -> ExperienceView:
    organisation = kept_organisations.find(desk, written.organisation_id)
    writer = (
        desk.session.get(Participant, written.participant_id) if written.participant_id else None
    )
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
