"""Members of the server: the roles they should hold, and who of them takes part."""

from dataclasses import dataclass

from storage.desk import Desk
from storage.kit import programmes
from storage.members import participants
from storage.organisations import organisations
from storage.tracks import tracks


@dataclass(frozen=True)
class RolesWanted:
    """Which of the programme's track roles a member should hold, and which not (Discord ids)."""

    hold: frozenset[int]
    lack: frozenset[int]


@dataclass(frozen=True)
class Known:
    """The participants (Discord ids): those who were in the server when last seen, and others."""

    here: frozenset[int]
    away: frozenset[int]


def roles_wanted(desk: Desk, member_id: int) -> RolesWanted:
    """The track roles that a member should and should not hold now."""
    row = participants.current(desk, member_id)
    inside = set()
    if row is not None:
        inside = {track.id for track in organisations.tracks_of(desk, row.organisation_id)}
    hold: set[int] = set()
    lack: set[int] = set()
    for track in tracks.of_programme(desk):
        role = programmes.place(desk, f"role:{track.id}")
        if role is not None:
            (hold if track.id in inside else lack).add(role)
    return RolesWanted(frozenset(hold), frozenset(lack))


def roles_due(desk: Desk, after: int = 0) -> list[int]:
    """Some of the members whose roles have yet to be brought in line: the next after one id."""
    return participants.with_roles_due(desk, after, 50)


def roles_done(desk: Desk, member_id: int, done: RolesWanted) -> None:
    """A member's roles are in line now.

    Args:
        member_id: the member.
        done: the roles as they are now; if others are wanted meanwhile, it is due again.
    """
    row = participants.find_member(desk, member_id)
    if row is not None and done == roles_wanted(desk, member_id):
        row.roles_due = False  # else they were erased meanwhile, and stay so, or are still due


def known(desk: Desk) -> Known:
    """The participants whose presence in the server matters."""
    everyone = frozenset(participants.known(desk))
    away = everyone & set(participants.gone(desk))
    return Known(here=everyone - away, away=away)
