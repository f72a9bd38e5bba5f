"""Who asks, and what that lets them do."""

from bot.domain.kit.errors import CoordinatorsOnly, ManagersOnly, NotSetUp
from storage.desk import Desk
from storage.kit import programmes
from storage.kit.programmes import Programme

COORDINATORS_ROLE = "role:coordinators"


def the_programme(desk: Desk) -> Programme:
    """The server's programme.

    Raises:
        NotSetUp: it has none.
    """
    programme = programmes.find(desk)
    if programme is None:
        raise NotSetUp
    return programme


def is_coordinator(desk: Desk) -> bool:
    """Whether the person holds the coordinators' role or *Manage Server*."""
    role = programmes.place(desk, COORDINATORS_ROLE)
    return desk.asker.manages_server or role in desk.asker.roles


def only_coordinators(desk: Desk) -> None:
    """Let only coordinators pass.

    Raises:
        CoordinatorsOnly: the person is none.
    """
    if not is_coordinator(desk):
        raise CoordinatorsOnly


def only_managers(desk: Desk) -> None:
    """Let only those pass who may manage the server.

    Raises:
        ManagersOnly: the person may not.
    """
    if not desk.asker.manages_server:
        raise ManagersOnly
