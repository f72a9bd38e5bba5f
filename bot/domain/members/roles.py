"""Members of the server: the roles they should hold, and who of them takes part."""

from dataclasses import dataclass

from sqlmodel import Session

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


def roles_wanted(session: Session, programme_id: int, member_id: int) -> RolesWanted:
    """The track roles that a member should and should not hold now."""
    row = participants.current(session, programme_id, member_id)
    inside = set()
    if row is not None:
        inside = {track.id for track in organisations.tracks_of(session, row.organisation_id)}
    hold: set[int] = set()
    lack: set[int] = set()
    for track in tracks.of_programme(session, programme_id):
        role = programmes.place(session, programme_id, f"role:{track.id}")
        if role is not None:
            (hold if track.id in inside else lack).add(role)
    return RolesWanted(frozenset(hold), frozenset(lack))


def roles_due(session: Session, programme_id: int, after: int = 0) -> list[int]:
    """Some of the members whose roles have yet to be brought in line: the next after one id."""
    return participants.with_roles_due(session, programme_id, after, 50)


def roles_done(session: Session, programme_id: int, member_id: int, done: RolesWanted) -> None:
    """A member's roles are in line now.

    Args:
        session: the transaction.
        programme_id: the server.
        member_id: the member.
        done: the roles as they are now; if others are wanted meanwhile, it is due again.
    """
    row = participants.find_member(session, programme_id, member_id)
    if row is not None and done == roles_wanted(session, programme_id, member_id):
        row.roles_due = False  # else they were erased meanwhile, and stay so, or are still due


def known(session: Session, programme_id: int) -> Known:
    """The participants whose presence in the server matters."""
    everyone = frozenset(participants.known(session, programme_id))
    away = everyone & set(participants.gone(session, programme_id))
    return Known(here=everyone - away, away=away)
