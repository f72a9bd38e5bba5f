"""Who asks, and what that lets them do."""

from dataclasses import dataclass

from sqlmodel import Session

from bot.domain.kit.errors import CoordinatorsOnly, ManagersOnly, NotSetUp
from storage.kit import programmes
from storage.kit.programmes import Programme

COORDINATORS_ROLE = "role:coordinators"


@dataclass(frozen=True)
class Person:
    """A member of the server, as Discord describes them at the moment they ask."""

    id: int
    roles: frozenset[int]
    manages_server: bool


def need_programme(session: Session, programme_id: int) -> Programme:
    """The server's programme.

    Raises:
        NotSetUp: it has none.
    """
    programme = programmes.find(session, programme_id)
    if programme is None:
        raise NotSetUp
    return programme


def is_coordinator(session: Session, programme_id: int, person: Person) -> bool:
    """Whether the person holds the coordinators' role or *Manage Server*."""
    role = programmes.place(session, programme_id, COORDINATORS_ROLE)
    return person.manages_server or role in person.roles


def need_coordinator(session: Session, programme_id: int, person: Person) -> None:
    """Let only coordinators pass.

    Raises:
        CoordinatorsOnly: the person is none.
    """
    if not is_coordinator(session, programme_id, person):
        raise CoordinatorsOnly


def need_manager(person: Person) -> None:
    """Let only those pass who may manage the server.

    Raises:
        ManagersOnly: the person may not.
    """
    if not person.manages_server:
        raise ManagersOnly
