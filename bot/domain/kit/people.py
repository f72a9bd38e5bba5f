"""Who asks, and what that lets them do."""

from sqlmodel import Session

from bot.domain.kit.errors import CoordinatorsOnly, ManagersOnly, NotSetUp
from storage.desk import Desk, Person
from storage.kit import programmes
from storage.kit.programmes import Programme

COORDINATORS_ROLE = "role:coordinators"


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


def the_programme(desk: Desk) -> Programme:
    """The desk's programme.

    Raises:
        NotSetUp: the server has none.
    """
    return need_programme(desk.session, desk.programme_id)


def only_coordinators(desk: Desk) -> None:
    """Let only coordinators pass.

    Raises:
        CoordinatorsOnly: the asker is none.
    """
    need_coordinator(desk.session, desk.programme_id, desk.asker)
