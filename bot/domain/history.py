"""The audit trail: who changed which setting, track, organisation or membership, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session

from bot.domain.people import Person, need_coordinator, need_programme
from storage import journal, organisations, participants, tracks
from storage.journal import Entry

KEPT_IN_SIGHT: Final = 100
PAGE_SIZE: Final = 10
KINDS: Final = (
    "member.back",
    "member.gone",
    "organisation.added",
    "participant.joined",
    "participant.left",
    "programme.changed",
    "programme.set_up",
)
"""The kinds that are told, each with a text ``history.<kind>``.

Others are left out for a reason that stands in tests/domain/test_history.py.
"""


@dataclass(frozen=True)
class Changed:
    """One value, as it was and as it became; both as text, empty for nothing."""

    field: str
    was: str
    will: str


@dataclass(frozen=True)
class Happening:
    """One thing that happened.

    ``who`` is a member, None for leda itself and for people who were erased. ``subject`` is the
    name of the organisation or track it happened to, and ``member`` whom it happened to.
    """

    at: datetime
    who: int | None
    kind: str
    subject: str
    member: int | None
    changed: tuple[Changed, ...]


@dataclass(frozen=True)
class HistoryPage:
    """Some of the latest happenings, newest first; ``total`` counts those of all pages."""

    happenings: tuple[Happening, ...]
    page: int
    pages: int
    total: int


def view(session: Session, programme_id: int, person: Person, page: int) -> HistoryPage:
    """A page of the last hundred things that happened.

    Args:
        session: the transaction.
        programme_id: the server.
        person: who asks.
        page: from 0; one that is not there becomes the nearest that is.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
    """
    need_programme(session, programme_id)
    need_coordinator(session, programme_id, person)
    entries = journal.recent(session, programme_id, KINDS, KEPT_IN_SIGHT)
    pages = max(1, -(-len(entries) // PAGE_SIZE))
    page = min(max(page, 0), pages - 1)
    shown = entries[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    found = tuple(_happening(session, entry) for entry in shown)
    return HistoryPage(found, page, pages, len(entries))


def _happening(session: Session, entry: Entry) -> Happening:
    member, subject = _about(session, entry)
    return Happening(
        at=entry.at,
        who=entry.who,
        kind=entry.kind,
        subject=subject,
        member=member,
        changed=tuple(_changes(session, entry)),
    )


def _about(session: Session, entry: Entry) -> tuple[int | None, str]:
    """Whom it happened to, and the name of what it happened to, as far as they are known."""
    key = entry.subject_id or 0
    if entry.subject == "member":
        return entry.subject_id, ""
    if entry.subject == "participant":
        row = participants.find(session, entry.programme_id, key)
        organisation = entry.data.get("organisation") or (row.organisation_id if row else 0)
        return row.member_id if row else None, _organisation(session, entry, organisation)
    name = entry.data.get("name")
    if isinstance(name, str):
        return None, name
    if entry.subject == "organisation":
        return None, _organisation(session, entry, key)
    return None, _track(session, entry, key) if entry.subject == "track" else ""


def _changes(session: Session, entry: Entry) -> list[Changed]:
    """What was written with an old and a new value."""
    found = []
    data: Mapping[str, Any] = entry.data
    for field, values in data.items():
        if isinstance(values, list) and len(values) == 2:  # noqa: PLR2004 - old and new
            was, will = (_text(session, entry, field, value) for value in values)
            found.append(Changed(field, was, will))
    return found


def _text(session: Session, entry: Entry, field: str, value: Any) -> str:
    if isinstance(value, list):
        names = [
            _track(session, entry, part) if field == "tracks" else str(part) for part in value
        ]
        return ", ".join(names)
    return "" if value is None else str(value)


def _organisation(session: Session, entry: Entry, organisation_id: int) -> str:
    row = organisations.find(session, entry.programme_id, organisation_id)
    return row.name if row else ""


def _track(session: Session, entry: Entry, track_id: int) -> str:
    row = tracks.find(session, entry.programme_id, track_id)
    return row.name if row else ""
