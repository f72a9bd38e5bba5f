"""The audit trail: who changed which setting, track, organisation or membership, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.domain.kit.pages import Page
from bot.domain.kit.people import only_coordinators, the_programme
from storage import journal
from storage.desk import Desk
from storage.factors import factors
from storage.journal import Entry
from storage.meetings import meetings
from storage.members import participants
from storage.organisations import organisations
from storage.tracks import tracks

KEPT_IN_SIGHT: Final = 100
PAGE_SIZE: Final = 8
KINDS: Final = (
    "delivery.retried",
    "digest.changed",
    "digest.sent",
    "factor.decided",
    "factor.imported",
    "factor.merged",
    "factor.scheduled",
    "factor.sorted",
    "factor.unmerged",
    "factor.withdrawn",
    "key_area.created",
    "key_area.merged",
    "key_area.renamed",
    "meeting.cancelled",
    "meeting.changed",
    "meeting.minutes",
    "meeting.planned",
    "member.back",
    "member.erased",
    "member.gone",
    "organisation.added",
    "organisation.code_renewed",
    "organisation.contact",
    "organisation.contact_gone",
    "organisation.edited",
    "organisation.emptied",
    "organisation.left_out",
    "organisation.imported",
    "organisation.removed",
    "participant.approved",
    "participant.declined",
    "participant.joined",
    "participant.left",
    "programme.changed",
    "programme.removed",
    "programme.returned",
    "programme.set_up",
    "track.archived",
    "track.created",
    "track.edited",
    "track.reopened",
)
"""The kinds that are told, each with a text ``history.<kind>``.

Others are left out for a reason that stands in tests/domain/test_history.py.
"""
FIELDS: Final = (
    "closed",
    "coordinators",
    "description",
    "digest_hour",
    "digest_weekday",
    "discussion_days",
    "emoji",
    "forum",
    "joining",
    "language",
    "name",
    "participant",
    "reminders",
    "size",
    "timezone",
    "tracks",
    "voting_days",
    "word_definite",
    "word_many",
    "word_one",
)
"""What is told of a change, each with a text ``field.<name>``."""
# Their data holds an old and a new value for each field that changed.
_CHANGING: Final = {
    "organisation.contact",
    "organisation.edited",
    "programme.changed",
    "programme.set_up",
    "track.edited",
}
# What has a name or a title of its own.
_NAMED: Final[dict[str, Callable[[Desk, int], Any]]] = {
    "factor": factors.find,
    "meeting": meetings.find,
    "organisation": organisations.find,
    "track": tracks.find,
}
# Their subject is a member; other kinds about participants name the participant's row.
_ABOUT_MEMBER: Final = {"participant.approved", "participant.declined"}


@dataclass(frozen=True)
class PastChange:
    """One value, as it was and as it became; both as text, empty for nothing."""

    field: str
    was: str
    will: str


@dataclass(frozen=True)
class Happening:
    """One thing that happened.

    ``who`` is a member, None for leda itself and for people who were erased. ``subject`` is the
    name of the organisation or track it happened to, ``member`` whom it happened to, and
    ``number`` how many there were where that was noted.
    """

    at: datetime
    who: int | None
    kind: str
    subject: str
    member: int | None
    number: int
    changed: tuple[PastChange, ...]


def view(desk: Desk, page: int) -> Page[Happening]:
    """A page of the last hundred things that happened, newest first.

    Args:
        page: from 0; one that is not there becomes the nearest that is.

    Raises:
        NotSetUp: the server has no programme.
        CoordinatorsOnly: the person is none.
    """
    the_programme(desk)
    only_coordinators(desk)
    entries = journal.recent(desk.session, desk.programme_id, KINDS, KEPT_IN_SIGHT)
    here = Page.of(entries, page, PAGE_SIZE)
    return here.holding(_happening(desk, entry) for entry in here.items)


def _happening(desk: Desk, entry: Entry) -> Happening:
    member, subject = _about(desk, entry)
    return Happening(
        at=entry.at,
        who=entry.who,
        kind=entry.kind,
        subject=subject,
        member=member,
        number=int(entry.data.get("count", 0)),
        changed=tuple(_changes(desk, entry)),
    )


def _about(desk: Desk, entry: Entry) -> tuple[int | None, str]:
    """Whom it happened to, and the name of what it happened to, as far as they are known."""
    key = entry.subject_id or 0
    name = entry.data.get("name")
    if entry.subject == "member":
        return entry.subject_id, ""
    if entry.subject == "participant":
        about_member = entry.kind in _ABOUT_MEMBER
        member = entry.subject_id if about_member else _member(desk, key)
        return member, _name(desk, "organisation", entry.data.get("organisation", 0))
    return None, name if isinstance(name, str) else _name(desk, entry.subject, key)


def _changes(desk: Desk, entry: Entry) -> list[PastChange]:
    if entry.kind not in _CHANGING:
        return []
    return [
        PastChange(field, *(_text(desk, field, value) for value in values))
        for field, values in entry.data.items()
        if field in FIELDS
    ]


def _text(desk: Desk, field: str, value: Any) -> str:
    """A value as text: tracks by name, participants as members' ids."""
    if isinstance(value, list):
        return ", ".join(_name(desk, "track", track_id) for track_id in value)
    if value is None:
        return ""
    if field == "participant":
        return str(_member(desk, value) or "")
    return str(value)


def _member(desk: Desk, participant_id: int) -> int | None:
    row = participants.find(desk, participant_id)
    return row.member_id if row and row.member_id > 0 else None  # else they were erased


def _name(desk: Desk, subject: str, key: int) -> str:
    """What something is called; empty where it is gone, or has no name."""
    row = _NAMED[subject](desk, key) if subject in _NAMED else None
    if row is None:
        return ""
    return str(row.title if hasattr(row, "title") else row.name)
