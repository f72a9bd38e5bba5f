"""Participants: the member of a server as one of an organisation, and what else somebody is."""

from dataclasses import dataclass

from bot.domain.kit.people import is_coordinator, the_programme
from bot.domain.members.errors import NotAParticipant
from bot.domain.tracks import tracks
from bot.domain.tracks.tracks import TrackView
from storage.desk import Desk
from storage.kit import programmes
from storage.members import participants as kept_participants
from storage.members.participants import Participant
from storage.organisations import organisations as kept_organisations


@dataclass(frozen=True)
class ParticipantView:
    """A member with one organisation.

    Of one who has just come in, ``before`` is the organisation they came from, and ``alone`` says
    that nobody else is here for the present one.
    """

    id: int
    member_id: int
    organisation_id: int
    organisation: str
    tracks: tuple[TrackView, ...]
    before: str | None = None
    alone: bool = False


def need(desk: Desk, member_id: int) -> ParticipantView:
    """The member as a participant.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the member is with no organisation.
    """
    return view(desk, need_row(desk, member_id))


def need_row(desk: Desk, member_id: int) -> Participant:
    """The row of a member who takes part; for use cases only.

    Raises:
        NotSetUp, NotAParticipant: as :func:`need`.
    """
    the_programme(desk)
    row = kept_participants.current(desk, member_id)
    if row is None:
        raise NotAParticipant
    return row


def organisation_name(desk: Desk, row: Participant) -> str:
    """What the organisation is called that they are with."""
    organisation = kept_organisations.find(desk, row.organisation_id)
    return organisation.name if organisation else ""


def view(desk: Desk, row: Participant, before: str | None = None) -> ParticipantView:
    """A participant, as others see them; ``before`` is the organisation they came from."""
    inside = kept_organisations.tracks_of(desk, row.organisation_id)
    return ParticipantView(
        id=row.id or 0,
        member_id=row.member_id,
        organisation_id=row.organisation_id,
        organisation=organisation_name(desk, row),
        tracks=tuple(tracks.view(track) for track in inside),
        before=before,
    )


@dataclass(frozen=True)
class MemberStanding:
    """What a person is here. Who takes part in nothing follows along.

    ``answers_for`` are the names of the organisations whose contact person they are.
    """

    set_up: bool
    manages_server: bool
    coordinator: bool = False
    participant: ParticipantView | None = None
    answers_for: tuple[str, ...] = ()


def standing_of(desk: Desk) -> MemberStanding:
    """What a person is to the server's programme, or to a server that has none yet."""
    if programmes.find(desk) is None:
        return MemberStanding(set_up=False, manages_server=desk.asker.manages_server)
    try:
        participant = need(desk, desk.asker.id)
    except NotAParticipant:
        participant = None
    contacts = kept_participants.contacts(desk)
    answers_for = (
        row.name
        for row in kept_organisations.of_programme(desk)
        if contacts.get(row.id or 0) == desk.asker.id
    )
    return MemberStanding(
        set_up=True,
        manages_server=desk.asker.manages_server,
        coordinator=is_coordinator(desk),
        participant=participant,
        answers_for=tuple(sorted(answers_for)),
    )
