"""Members of the server: the roles they should hold, and whether they are still there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from storage import journal, organisations, participants, programmes, tracks


@dataclass(frozen=True)
class RolesWanted:
    """Which of the programme's track roles a member should hold, and which not (Discord ids)."""

    hold: frozenset[int]
    lack: frozenset[int]


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


def roles_due(session: Session, programme_id: int) -> list[int]:
    """Some of the members whose roles have yet to be brought in line."""
    return participants.with_roles_due(session, programme_id, 50)


def roles_done(session: Session, programme_id: int, member_id: int) -> None:
    """A member's roles are being brought in line."""
    participants.member(session, programme_id, member_id).roles_due = False


def gone(session: Session, programme_id: int, member_ids: Sequence[int], *, now: datetime) -> None:
    """These are not in the server any more: their votes do not count while they are away."""
    for member_id in member_ids:
        row = participants.member(session, programme_id, member_id)
        if row.gone_at is None:
            row.gone_at, row.roles_due = now, False
            journal.write(session, programme_id, now, None, "member.gone", member_id)


def back(session: Session, programme_id: int, member_ids: Sequence[int], *, now: datetime) -> None:
    """These are in the server again, and everything is as it was before they left."""
    for member_id in member_ids:
        row = participants.member(session, programme_id, member_id)
        if row.gone_at is not None:
            row.gone_at, row.roles_due = None, True
            journal.write(session, programme_id, now, None, "member.back", member_id)
