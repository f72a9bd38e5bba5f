"""Members of the server: the roles they should hold, and whether they are still there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from storage import (
    journal,
    meeting_answers,
    organisations,
    participants,
    programmes,
    tracks,
    votes,
)


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


@dataclass(frozen=True)
class Vacancies:
    """Organisations, by name, that have lost their last participant or their contact person."""

    nobody: tuple[str, ...] = ()
    no_contact: tuple[str, ...] = ()


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


def gone(session: Session, programme_id: int, member_ids: Iterable[int], *, now: datetime) -> None:
    """These are not in the server any more: their votes do not count while they are away."""
    for member_id in member_ids:
        row = participants.find_member(session, programme_id, member_id)
        if row is not None and row.gone_at is None:
            row.gone_at, row.roles_due = now, False
            votes.make_due(session, programme_id, [member_id])
            meeting_answers.make_due(session, programme_id, now, [member_id])
            journal.write(session, programme_id, now, None, "member.gone", member_id)


def back(session: Session, programme_id: int, member_ids: Iterable[int], *, now: datetime) -> None:
    """These are in the server again, and everything is as it was before they left."""
    for member_id in member_ids:
        seen(session, programme_id, member_id, now=now)


def seen(session: Session, programme_id: int, member_id: int, *, now: datetime) -> None:
    """This one does something here, so they are in the server, whatever was known.

    To be called wherever a participant acts and their votes must count; it costs one statement.
    """
    if participants.back(session, programme_id, member_id):
        votes.make_due(session, programme_id, [member_id])
        meeting_answers.make_due(session, programme_id, now, [member_id])
        journal.write(session, programme_id, now, None, "member.back", member_id)


def vacancies(session: Session, programme_id: int, *, now: datetime) -> Vacancies:
    """The organisations that coordinators should hear about, each once for every time it happens.

    An organisation that nobody ever joined is not among them: it has lost nobody.
    """
    stays: dict[int, dict[int, datetime | None]] = {}
    for organisation_id, member_id, ended in participants.stays(session, programme_id):
        stays.setdefault(organisation_id, {})[member_id] = ended
    empty: dict[int, datetime] = {}
    without_contact: dict[int, datetime] = {}
    for row in organisations.of_programme(session, programme_id):
        ends = stays.get(row.id or 0, {})
        if (since := _all_over(ends.values())) is not None:
            empty[row.id or 0] = since
        if (since := ends.get(row.contact_id or 0)) is not None:
            without_contact[row.id or 0] = since
    return Vacancies(
        nobody=_news(session, programme_id, "organisation.emptied", empty, now),
        no_contact=_news(session, programme_id, "organisation.contact_gone", without_contact, now),
    )


def _all_over(ends: Collection[datetime | None]) -> datetime | None:
    """When the last of them ended; None while one lasts, and where there was none."""
    over = [end for end in ends if end is not None]
    return max(over) if over and len(over) == len(ends) else None


def _news(
    session: Session, programme_id: int, kind: str, since: dict[int, datetime], now: datetime
) -> tuple[str, ...]:
    """The names of those that were not told about since it happened to them."""
    told = journal.latest(session, programme_id, kind)
    names: list[str] = []
    for organisation_id, happened in since.items():
        if organisation_id in told and told[organisation_id] >= happened:
            continue
        journal.write(session, programme_id, now, None, kind, organisation_id)
        row = organisations.find(session, programme_id, organisation_id)
        names.append(row.name if row else "")
    return tuple(sorted(names))
