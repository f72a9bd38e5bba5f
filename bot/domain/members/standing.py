"""What somebody is to a programme: what leda's help depends on."""

from dataclasses import dataclass

from bot.domain.kit.people import is_coordinator
from bot.domain.members import participants
from bot.domain.members.errors import NotAParticipant
from bot.domain.members.participants import ParticipantView
from storage.desk import Desk
from storage.kit import programmes
from storage.members import participants as kept_participants
from storage.organisations import organisations


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
        participant = participants.need(desk, desk.asker.id)
    except NotAParticipant:
        participant = None
    contacts = kept_participants.contacts(desk)
    answers_for = (
        row.name
        for row in organisations.of_programme(desk)
        if contacts.get(row.id or 0) == desk.asker.id
    )
    return MemberStanding(
        set_up=True,
        manages_server=desk.asker.manages_server,
        coordinator=is_coordinator(desk),
        participant=participant,
        answers_for=tuple(sorted(answers_for)),
    )
