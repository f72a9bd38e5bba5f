"""Participants: the member of a server as one of an organisation."""

from dataclasses import dataclass

from bot.domain.kit.people import the_programme
from bot.domain.members.errors import NotAParticipant
from bot.domain.tracks import tracks
from bot.domain.tracks.tracks import TrackView
from storage.desk import Desk
from storage.members import participants
from storage.members.participants import Participant
from storage.organisations import organisations as kept_organisations


@dataclass(frozen=True)
class ParticipantView:
    """A member with one organisation; ``before`` is the organisation they came from."""

    id: int
    member_id: int
    organisation_id: int
    organisation: str
    tracks: tuple[TrackView, ...]
    before: str | None = None


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
    row = participants.current(desk, member_id)
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
