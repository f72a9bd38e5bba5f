"""Who asks, and what that lets them do."""

from typing import Final

from bot.domain.kit.errors import CoordinatorsOnly, ManagersOnly, NotSetUp
from storage.desk import Desk
from storage.kit import programmes
from storage.kit.programmes import Programme

COORDINATORS_ROLE: Final = programmes.COORDINATORS_ROLE


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
    return programmes.coordinates(desk, desk.asker)


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
