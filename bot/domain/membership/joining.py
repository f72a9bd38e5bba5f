"""Joining an organisation, asking to be let in, leaving, coming back."""

from dataclasses import dataclass, replace
from datetime import timedelta
from hmac import compare_digest
from typing import Final

from bot.domain.factors import presence
from bot.domain.kit.errors import NotYours
from bot.domain.kit.people import is_coordinator, the_programme
from bot.domain.members.participants import ParticipantView, need_row, organisation_name, view
from bot.domain.membership.errors import (
    AlreadyWith,
    BeingForgotten,
    CodeNeeded,
    RequestNotFound,
    TooManyTries,
    UndoOver,
)
from bot.domain.organisations import organisations
from bot.domain.organisations.invitations import code_said
from bot.domain.posts import planning
from bot.domain.posts.planning import Post
from bot.domain.tracks.places import COORDINATORS
from storage import journal
from storage.desk import Desk
from storage.enums import Joining, Language, RequestStatus, Way
from storage.factors import changes
from storage.meetings import answers
from storage.members import erasing, spent
from storage.members import participants as kept
from storage.members.participants import JoinRequest, Participant
from storage.members.spent import HOUR
from storage.organisations import organisations as organisations_organisations

REQUEST, ANSWER, LEFT = "request.card", "request.told", "participant.left"
"""What passes a wish on, tells what was decided, and tells others once a leave is final."""
UNDO: Final = timedelta(minutes=15)
"""For so long leaving can be undone, and nobody else hears of it."""
CODE_TRIES = 5
_WAITS = timedelta(days=30)
REFUSED = "participant.refused"
"""A wrong code, as the journal calls it."""


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
        BeingForgotten: as its name says; whatever they gave now would be forgotten, too.
    """
    programme = the_programme(desk)
    if erasing.is_under_way(desk, member_id):
        raise BeingForgotten
    organisation = organisations.need(desk, said)
    before = kept.current(desk, member_id)
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
    tries = journal.count_since(
        desk.session, desk.programme_id, REFUSED, member_id, desk.now - HOUR
    )
    if tries + spent.spent(desk, member_id, REFUSED) >= CODE_TRIES:
        raise TooManyTries(limit=CODE_TRIES)
    organisation = organisations.need(desk, str(wanted.organisation_id))
    typed = code_said(code)
    if not organisation.code or not compare_digest(typed.encode(), organisation.code.encode()):
        journal.write(
            desk.session,
            desk.programme_id,
            desk.now,
            member_id,
            REFUSED,
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
    before = kept.current(desk, member_id)
    for request in kept.open_requests(desk, member_id=member_id):
        request.status = RequestStatus.WITHDRAWN
    before_name = _end(desk, before) if before else None
    row = kept.with_organisation(desk, member_id, organisation_id)
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
    kept.roles_due(desk, [member_id])
    changes.presence(desk, [member_id])
    answers.make_due(desk, [member_id])
    presence.seen(desk, member_id)
    presence.count_again(desk, organisation_id)
    journal.write(
        desk.session,
        desk.programme_id,
        desk.now,
        member_id,
        "participant.joined",
        row.id,
        organisation=organisation_id,
    )
    return _welcomed(desk, row, before_name)


def let_in(desk: Desk, member_id: int) -> ParticipantView:
    """A member who was let in, to be welcomed.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: they are with no organisation by now.
    """
    return _welcomed(desk, need_row(desk, member_id))


def leave(desk: Desk, member_id: int) -> ParticipantView:
    """Let a participant stop. Their votes stay as history and do not count until they return.

    For :data:`UNDO` they can :func:`come_back`; coordinators hear after that whom it leaves alone.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the member is with no organisation.
    """
    row = need_row(desk, member_id)
    _end(desk, row)
    final = Post(
        key=f"{LEFT}:{row.id}:{int(desk.now.timestamp())}",
        kind=LEFT,
        subject_id=row.id or 0,
        way=Way.WORK,
        due_at=desk.now + UNDO,
        expires_at=desk.now + _WAITS,
    )
    planning.plan(desk, [final])
    return view(desk, row)


def come_back(desk: Desk, member_id: int, organisation_id: int) -> ParticipantView:
    """Undo a leave, or a move to another organisation, without a code or an approval.

    Raises:
        NotSetUp, OrganisationNotFound, AlreadyWith: as :func:`wish`.
        UndoOver: it is longer ago than :data:`UNDO`, or was none.
    """
    wish(desk, member_id, str(organisation_id))
    row = kept.with_organisation(desk, member_id, organisation_id)
    if row is None or row.left_at is None or desk.now - row.left_at > UNDO:
        raise UndoOver
    return join(desk, member_id, organisation_id)


def about_leave(desk: Desk, participant_id: int) -> str:
    """Which organisation somebody left, for lists of what is planned."""
    row = kept.find(desk, participant_id)
    return organisation_name(desk, row) if row else ""


def _welcomed(desk: Desk, row: Participant, before: str | None = None) -> ParticipantView:
    alone = kept.counts(desk).get(row.organisation_id) == 1
    return replace(view(desk, row, before), alone=alone)


def _end(desk: Desk, row: Participant) -> str:
    row.left_at = desk.now
    desk.session.add(row)
    desk.session.flush()
    kept.roles_due(desk, [row.member_id])
    changes.presence(desk, [row.member_id])
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


@dataclass(frozen=True)
class RequestView:
    """Somebody's wish to join an organisation. ``fresh`` says it was decided just now."""

    id: int
    programme_id: int
    language: Language
    member_id: int
    organisation_id: int
    organisation: str
    contact_id: int | None
    status: RequestStatus
    decided_by: int | None
    fresh: bool = False


def ask(desk: Desk, member_id: int, organisation_id: int) -> RequestView:
    """Ask to be let in; an earlier wish to join another organisation is withdrawn.

    Asking twice for the same one is asking once.

    Raises:
        NotSetUp: the server has no programme.
        OrganisationNotFound: there is none with this id.
        AlreadyWith: the member is with this organisation.
    """
    wish(desk, member_id, str(organisation_id))
    for row in kept.open_requests(desk, member_id=member_id):
        if row.organisation_id == organisation_id:
            return _view(desk, row)
        row.status = RequestStatus.WITHDRAWN
    row = JoinRequest(
        programme_id=desk.programme_id,
        member_id=member_id,
        organisation_id=organisation_id,
        asked_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    journal.write(
        desk.session,
        desk.programme_id,
        desk.now,
        member_id,
        "participant.asked",
        organisation=organisation_id,
    )
    view = _view(desk, row, fresh=True)
    _pass_on(desk, view)
    return view


def _pass_on(desk: Desk, request: RequestView) -> None:
    """Plan its card: for the contact person, else for the coordinators."""
    to_contact = request.contact_id is not None
    card = Post(
        key=f"{REQUEST}:{request.id}",
        kind=REQUEST,
        subject_id=request.id,
        way=Way.DIRECT if to_contact else Way.POST,
        due_at=desk.now,
        expires_at=desk.now + _WAITS,
        slot=COORDINATORS,
        member_id=request.contact_id,
        alone=True,  # the answer takes its place
    )
    planning.plan(desk, [card])


def _tell(desk: Desk, request: RequestView) -> None:
    """Plan to tell whoever asked what was decided, where their direct messages are open."""
    answer = Post(
        key=f"{ANSWER}:{request.id}",
        kind=ANSWER,
        subject_id=request.id,
        way=Way.DIRECT,
        due_at=desk.now,
        expires_at=desk.now + _WAITS,
        member_id=request.member_id,
    )
    planning.plan(desk, [answer])


def show(desk: Desk, request_id: int) -> RequestView:
    """A request.

    Raises:
        RequestNotFound: there is none with this id in this programme.
    """
    return _view(desk, _need(desk, request_id))


def decide(desk: Desk, request_id: int, *, approve: bool) -> RequestView:
    """Let somebody in, or not. What was decided before stays; ``fresh`` tells which it was.

    Raises:
        RequestNotFound: there is none with this id in this programme.
        NotYours: the person is neither the organisation's contact person nor a coordinator.
    """
    row = _need(desk, request_id)
    view = _view(desk, row)
    if desk.asker.id != view.contact_id and not is_coordinator(desk):
        raise NotYours(organisation=view.organisation)
    if row.status is not RequestStatus.OPEN:
        return view
    row.status = RequestStatus.APPROVED if approve else RequestStatus.DECLINED
    row.decided_by = desk.asker.id
    desk.session.add(row)
    desk.session.flush()
    desk.note(f"participant.{row.status}", row.member_id, organisation=row.organisation_id)
    if approve:
        _let_in(desk, row)
    view = _view(desk, row, fresh=True)
    _tell(desk, view)
    return view


def about(desk: Desk, request_id: int) -> str:
    """What a request is about, for lists of what goes out: the organisation."""
    return _view(desk, _need(desk, request_id)).organisation


def waiting_for(desk: Desk, member_id: int) -> list[RequestView]:
    """The requests that a contact person has to decide, oldest first."""
    views = [_view(desk, row) for row in kept.open_requests(desk)]
    return [view for view in views if view.contact_id == member_id]


def _let_in(desk: Desk, row: JoinRequest) -> None:
    try:
        join(desk, row.member_id, row.organisation_id)
    except AlreadyWith:
        return


def _need(desk: Desk, request_id: int) -> JoinRequest:
    row = kept.find_request(desk, request_id)
    if row is None:
        raise RequestNotFound
    return row


def _view(desk: Desk, row: JoinRequest, *, fresh: bool = False) -> RequestView:
    organisation = organisations_organisations.find(desk, row.organisation_id)
    return RequestView(
        id=row.id or 0,
        programme_id=row.programme_id,
        language=the_programme(desk).language,
        member_id=row.member_id,
        organisation_id=row.organisation_id,
        organisation=organisation.name if organisation else "",
        contact_id=kept.contacts(desk).get(row.organisation_id),
        status=row.status,
        decided_by=row.decided_by,
        fresh=fresh,
    )
