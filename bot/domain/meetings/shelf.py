"""What was typed about meetings, kept for a day so that nothing is typed twice."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.domain.kit.errors import UserError
from bot.domain.meetings.errors import MeetingDraftGone
from bot.domain.meetings.plans import WantedMeeting
from storage.desk import Desk
from storage.enums import MeetingKind, Repeat
from storage.meetings import lists as kept
from storage.meetings.meetings import MeetingDraft

KEPT_FOR: Final = timedelta(hours=24)


@dataclass(frozen=True)
class Asked:
    """What was typed cannot be understood, or not in one way alone; it is kept.

    ``error`` says what about it, and where it can be read in several ways, holds the
    ``readings``. Of a change to a meeting that stands, ``meeting_id`` is set, and
    ``occurrence_id`` where it is about one of its times; ``reminder`` says that it is to be
    reminded of. ``ends`` are last days to choose from, where a series needs one.
    ``now`` is what stands, where somebody else has changed it since.
    """

    draft_id: int
    wanted: WantedMeeting
    error: UserError
    meeting_id: int | None = None
    occurrence_id: int | None = None
    reminder: bool = False
    ends: tuple[date, ...] = ()
    now: WantedMeeting | None = None


@dataclass(frozen=True)
class Kept:
    """What is kept of a draft.

    ``start`` is what was understood of ``wanted.when``, as a button carries it; empty if nothing
    was. ``saved`` is the meeting that was made of it. ``meeting`` and ``occurrence`` are what it
    would change, and ``typed`` how; or what the ``reminder`` is of, a coordinator's own words.
    ``without`` are the times of a series that are left out, as ``rows`` names them. ``seen`` is
    what stood in the form, as :mod:`bot.domain.meetings.seen` has it; empty where nobody knows.
    """

    wanted: WantedMeeting
    start: str = ""
    saved: int | None = None
    meeting: int | None = None
    occurrence: int | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    reminder: str = ""
    without: Sequence[str] = ()
    seen: str = ""


def keep(desk: Desk, what: Kept, *, draft_id: int | None = None) -> int:
    """Keep a draft, in place of an earlier one of the same person that is not saved yet."""
    row = kept.find_draft(desk, desk.asker.id, draft_id) if draft_id else None
    if row is None or (what.saved is None and _read(row).saved is not None):
        row = MeetingDraft(
            programme_id=desk.programme_id, member_id=desk.asker.id, data="", written_at=desk.now
        )
    row.data, row.written_at = json.dumps(asdict(what)), desk.now
    desk.session.add(row)
    desk.session.flush()
    return row.id or 0


def need(desk: Desk, draft_id: int) -> Kept:
    """A draft of the person's own.

    Raises:
        MeetingDraftGone: it was dropped, is more than a day old, or is somebody else's.
    """
    found = find(desk, draft_id)
    if found is None:
        raise MeetingDraftGone
    return found


def find(desk: Desk, draft_id: int) -> Kept | None:
    """A draft of the person's own; None if it was dropped, or is more than a day old."""
    row = kept.find_draft(desk, desk.asker.id, draft_id)
    return _read(row) if row and row.written_at >= desk.now - KEPT_FOR else None


def drop(desk: Desk, draft_id: int) -> None:
    """Forget a draft because its author says so; one that is gone stays so."""
    row = kept.find_draft(desk, desk.asker.id, draft_id)
    if row is not None:
        desk.session.delete(row)


def forget_old(session: Session, *, now: datetime) -> None:
    """Delete the drafts whose day is over."""
    kept.forget_drafts(session, now - KEPT_FOR)


def _read(row: MeetingDraft) -> Kept:
    data = json.loads(row.data)
    wanted = data.pop("wanted")
    kind, repeat = wanted.pop("kind"), wanted.pop("repeat")
    read = WantedMeeting(**wanted, kind=MeetingKind(kind) if kind else None, repeat=Repeat(repeat))
    return Kept(wanted=read, **data)
