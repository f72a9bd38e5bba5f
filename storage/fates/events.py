"""What happened to what somebody gave: read from the journal, by what each thing is about."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlmodel import col, select

from storage.desk import Desk
from storage.enums import Choice
from storage.factors.experiences import Experience
from storage.factors.factors import Factor
from storage.factors.votes import Vote
from storage.journal import Entry
from storage.members.participants import Participant

KINDS: Final = (
    "factor.moved", "factor.edited", "factor.decided", "factor.withdrawn", "factor.merged",
)  # fmt: skip


@dataclass(frozen=True)
class FateEvent:
    """Something that happened to a factor (aware UTC); ``who`` did it, None for leda itself."""

    factor_id: int
    at: datetime
    who: int | None
    kind: str
    data: dict[str, Any]


def proposed(desk: Desk, member_id: int) -> set[int]:
    """The factors that a member proposed."""
    query = select(Factor.id).where(col(Factor.participant_id).in_(_stays(desk, member_id)))
    return {key for key in desk.session.exec(query) if key is not None}


def objected(desk: Desk, member_id: int) -> dict[int, datetime]:
    """The factors to which a member objects, since when (aware UTC)."""
    query = select(Vote.factor_id, Vote.cast_at).where(
        col(Vote.participant_id).in_(_stays(desk, member_id)), col(Vote.choice) == Choice.OBJECT
    )
    return dict(desk.session.exec(query).all())


def told_of(desk: Desk, member_id: int) -> dict[int, datetime]:
    """The factors of which a member told an experience that stands, and when (aware UTC)."""
    query = select(Experience.factor_id, Experience.written_at).where(
        col(Experience.participant_id).in_(_stays(desk, member_id)),
        col(Experience.current).is_(True),
    )
    return dict(desk.session.exec(query).all())


def since(desk: Desk, factor_ids: Collection[int], after: datetime) -> list[FateEvent]:
    """What happened to some factors from an instant on (aware UTC), newest first."""
    query = select(Entry).where(
        col(Entry.programme_id) == desk.programme_id,
        col(Entry.subject) == "factor",
        col(Entry.subject_id).in_(factor_ids),
        col(Entry.at) >= after,
    )
    found = [
        FateEvent(row.subject_id or 0, row.at, row.who, row.kind, row.data)
        for row in desk.session.exec(query)
        if row.kind in KINDS
    ]
    return sorted(found, key=lambda event: event.at, reverse=True)


def _stays(desk: Desk, member_id: int) -> Any:
    return select(Participant.id).where(
        col(Participant.programme_id) == desk.programme_id,
        col(Participant.member_id) == member_id,
    )
