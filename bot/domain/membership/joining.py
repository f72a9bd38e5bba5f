"""Joining an organisation, leaving it, coming back."""

from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest

from bot.domain.factors import presence
from bot.domain.kit.people import the_programme
from bot.domain.members.participants import ParticipantView, need_row, organisation_name, view
from bot.domain.membership.errors import AlreadyWith, CodeNeeded, TooManyTries
from bot.domain.organisations import organisations
from storage import journal
from storage.desk import Desk
from storage.enums import Joining, RequestStatus
from storage.factors import votes
from storage.meetings import answers
from storage.members import participants
from storage.members.participants import Participant

CODE_TRIES = 5


@dataclass(frozen=True)
class Wish:
    """An organisation that a member would join, and whether that takes a code or an approval."""

    organisation_id: int
    organisation: str
    needs_code: bool


def wish(desk: Desk, member_id: int, said: str) -> Wish:
    """What it takes for a member to join an organisation.

    Args:
        member_id: who would join.
        said: the organisation, by its id from a list or by its name.

    Raises:
        NotSetUp: the server has no programme.
        OrganisationNotFound: there is none like it.
        AlreadyWith: the member is with this organisation.
    """
    programme = the_programme(desk)
    organisation = organisations.need(desk, said)
    before = participants.current(desk, member_id)
    if before is not None and before.organisation_id == organisation.id:
        raise AlreadyWith(organisation=organisation.name)
    return Wish(organisation.id or 0, organisation.name, programme.joining is Joining.CODE)


def join_with_code(desk: Desk, member_id: int, said: str, code: str) -> ParticipantView | None:
    """Let a member take part who knows the organisation's code; None if it is not the code.

    A refusal is noted, so that nobody can try them all.

    Raises:
        NotSetUp, OrganisationNotFound, AlreadyWith: as :func:`wish`.
        TooManyTries: five codes in an hour were wrong.
    """
    wanted = wish(desk, member_id, said)
    since = desk.now - timedelta(hours=1)
    tries = journal.count_since(
        desk.session, desk.programme_id, "participant.refused", member_id, since
    )
    if tries >= CODE_TRIES:
        raise TooManyTries(limit=CODE_TRIES)
    organisation = organisations.need(desk, str(wanted.organisation_id))
    typed = "".join(code.split()).replace("-", "").upper()
    if not organisation.code or not compare_digest(typed.encode(), organisation.code.encode()):
        journal.write(
            desk.session,
            desk.programme_id,
            desk.now,
            member_id,
            "participant.refused",
            organisation=wanted.organisation_id,
        )
        return None
    return join(desk, member_id, wanted.organisation_id)


def join_open(desk: Desk, member_id: int, said: str) -> ParticipantView:
    """Let a member take part in a programme that is open to all.

    Raises:
        NotSetUp, OrganisationNotFound, AlreadyWith: as :func:`wish`.
        CodeNeeded: the programme is not open to all.
    """
    wanted = wish(desk, member_id, said)
    if wanted.needs_code:
        raise CodeNeeded
    return join(desk, member_id, wanted.organisation_id)


def join(desk: Desk, member_id: int, organisation_id: int) -> ParticipantView:
    """Let a member take part for an organisation, in place of the one they were with.

    The caller has seen to it that they may. What they said for the other one stays with it;
    coming back to an organisation makes what they once said for it count again.

    Args:
        member_id: who joins.
        organisation_id: which organisation.

    Raises:
        NotSetUp: the server has no programme.
        OrganisationNotFound: there is none with this id.
        AlreadyWith: the member is with this organisation.
    """
    wish(desk, member_id, str(organisation_id))
    before = participants.current(desk, member_id)
    for request in participants.open_requests(desk, member_id=member_id):
        request.status = RequestStatus.WITHDRAWN
    before_name = _end(desk, before) if before else None
    row = participants.with_organisation(desk, member_id, organisation_id)
    if row is None:
        row = Participant(
            programme_id=desk.programme_id,
            member_id=member_id,
            organisation_id=organisation_id,
            joined_at=desk.now,
        )
    row.left_at = None
    desk.session.add(row)
    desk.session.flush()
    participants.roles_due(desk, [member_id])
    votes.make_due(desk, [member_id])
    answers.make_due(desk, [member_id])
    presence.seen(desk, member_id)
    journal.write(
        desk.session,
        desk.programme_id,
        desk.now,
        member_id,
        "participant.joined",
        row.id,
        organisation=organisation_id,
    )
    return view(desk, row, before_name)


def leave(desk: Desk, member_id: int) -> ParticipantView:
    """Let a participant stop. Their votes stay as history and do not count until they return.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the member is with no organisation.
    """
    row = need_row(desk, member_id)
    _end(desk, row)
    return view(desk, row)


def _end(desk: Desk, row: Participant) -> str:
    row.left_at = desk.now
    desk.session.add(row)
    desk.session.flush()
    participants.roles_due(desk, [row.member_id])
    votes.make_due(desk, [row.member_id])
    answers.make_due(desk, [row.member_id])
    journal.write(
        desk.session,
        desk.programme_id,
        desk.now,
        row.member_id,
        "participant.left",
        row.id,
        organisation=row.organisation_id,
    )
    return organisation_name(desk, row)
