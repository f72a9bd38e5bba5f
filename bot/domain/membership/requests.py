"""Asking to be let in without a code, and deciding that, once."""

from dataclasses import dataclass

from bot.domain.kit.errors import NotYours
from bot.domain.kit.people import is_coordinator, the_programme
from bot.domain.membership import joining
from bot.domain.membership.errors import AlreadyWith, RequestNotFound
from storage import journal
from storage.desk import Desk
from storage.enums import Language, RequestStatus
from storage.members import participants as kept
from storage.members.participants import JoinRequest
from storage.organisations import organisations


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
    channel_id: int | None
    message_id: int | None
    fresh: bool = False


def ask(desk: Desk, member_id: int, organisation_id: int) -> RequestView:
    """Ask to be let in; an earlier wish to join another organisation is withdrawn.

    Asking twice for the same one is asking once.

    Raises:
        NotSetUp: the server has no programme.
        OrganisationNotFound: there is none with this id.
        AlreadyWith: the member is with this organisation.
    """
    joining.wish(desk, member_id, str(organisation_id))
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
    return _view(desk, row, fresh=True)


def posted(desk: Desk, request_id: int, channel_id: int, message_id: int) -> None:
    """Remember the card that asks for a decision (Discord ids)."""
    row = _need(desk, request_id)
    row.channel_id, row.message_id = channel_id, message_id


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
    return _view(desk, row, fresh=True)


def waiting_for(desk: Desk, member_id: int) -> list[RequestView]:
    """The requests that a contact person has to decide, oldest first."""
    views = [_view(desk, row) for row in kept.open_requests(desk)]
    return [view for view in views if view.contact_id == member_id]


def _let_in(desk: Desk, row: JoinRequest) -> None:
    try:
        joining.join(desk, row.member_id, row.organisation_id)
    except AlreadyWith:
        return


def _need(desk: Desk, request_id: int) -> JoinRequest:
    row = kept.find_request(desk, request_id)
    if row is None:
        raise RequestNotFound
    return row


def _view(desk: Desk, row: JoinRequest, *, fresh: bool = False) -> RequestView:
    organisation = organisations.find(desk, row.organisation_id)
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
        channel_id=row.channel_id,
        message_id=row.message_id,
        fresh=fresh,
    )
