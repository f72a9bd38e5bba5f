"""What somebody is to a programme: what leda's help depends on."""

from dataclasses import dataclass

from sqlmodel import Session

from bot.domain.kit.people import is_coordinator
from bot.domain.members import participants
from bot.domain.members.errors import NotAParticipant
from bot.domain.members.participants import ParticipantView
from storage.desk import Person
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


def standing_of(session: Session, programme_id: int, person: Person) -> MemberStanding:
    """What a person is to the server's programme, or to a server that has none yet."""
    if programmes.find(session, programme_id) is None:
        return MemberStanding(set_up=False, manages_server=person.manages_server)
    try:
        participant = participants.need(session, programme_id, person.id)
    except NotAParticipant:
        participant = None
    contacts = kept_participants.contacts(session, programme_id)
    answers_for = (
        row.name
        for row in organisations.of_programme(session, programme_id)
        if contacts.get(row.id or 0) == person.id
    )
    return MemberStanding(
        set_up=True,
        manages_server=person.manages_server,
        coordinator=is_coordinator(session, programme_id, person),
        participant=participant,
        answers_for=tuple(sorted(answers_for)),
    )
