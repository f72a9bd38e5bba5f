"""Where factors stood by the rules before revision 0012, for those that had come to their end.

These are the rules of then, kept as they were: nothing else reads them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import prod
from typing import Any

import sqlalchemy as sa

from storage.types import UtcDateTime

Votes = tuple[int, int, int]
_CHOICES = ("support", "object", "unsure")
_GRACE = timedelta(days=21)
_FEW = 3

_VOTES = sa.text(
    """
    SELECT root.id AS root, root.track_id, root.changed_at AS root_changed, cast_on.id AS cast_on,
        cast_on.changed_at, cast_on.moved_at, cast_on.stale_at, vote.participant_id, vote.choice,
        vote.cast_at, participant.organisation_id
    FROM factor AS root
    JOIN factor AS cast_on ON cast_on.root_id = root.id
    JOIN vote ON vote.factor_id = cast_on.id
    JOIN participant ON participant.id = vote.participant_id
    WHERE root.id IN :ids AND participant.left_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM member WHERE member.programme_id = participant.programme_id
            AND member.member_id = participant.member_id AND member.gone_at IS NOT NULL)
    """
).columns(
    **dict.fromkeys(
        ("root_changed", "changed_at", "moved_at", "stale_at", "cast_at"), UtcDateTime()
    )
)
_EDITS = sa.text(
    "SELECT factor_id, until FROM factor_version WHERE NOT small AND factor_id IN "
    "(SELECT id FROM factor WHERE root_id IN :ids) ORDER BY until"
).columns(until=UtcDateTime())


@dataclass
class Heard:
    """The votes that count for a factor: of each organisation, and who objects."""

    votes: dict[int, Votes] = field(default_factory=dict)
    objectors: list[int] = field(default_factory=list)
    before_edit: int = 0


def heard(
    connection: sa.Connection,
    ids: Sequence[int],
    tracks: Mapping[int, Collection[int]],
    now: datetime,
) -> dict[int, Heard]:
    """The votes that count for some factors.

    Args:
        connection: where they are.
        ids: which factors.
        tracks: the tracks of each organisation.
        now: when (aware UTC).
    """
    expanding: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)
    edits: dict[int, list[datetime]] = {}
    for factor_id, until in connection.execute(_EDITS.bindparams(expanding), {"ids": ids}):
        edits.setdefault(factor_id, []).append(until)
    newest: dict[tuple[int, int], Any] = {}
    for row in connection.execute(_VOTES.bindparams(expanding), {"ids": ids}):
        inside = tracks.get(row.organisation_id, ())
        if row.track_id not in inside and (row.track_id is not None or not inside):
            continue
        key = (row.root, row.participant_id)
        if key not in newest or _rank(newest[key]) < _rank(row):
            newest[key] = row
    found = {each: Heard() for each in ids}
    for row in newest.values():
        stale, since = _stale(row, edits)
        if row.choice is None:
            continue
        if stale and row.choice != "object" and (since is None or since <= now - _GRACE):
            continue
        here = found[row.root]
        votes = here.votes.get(row.organisation_id, (0, 0, 0))
        support, objections, unsure = (
            number + (row.choice == choice) for number, choice in zip(votes, _CHOICES, strict=True)
        )
        here.votes[row.organisation_id] = (support, objections, unsure)
        here.before_edit += stale
        if row.choice == "object":
            here.objectors.append(row.participant_id)
    return found


def stance(support: int, objections: int, unsure: int) -> str:
    """What an organisation says whose participants voted so."""
    votes = support + objections + unsure
    if not votes:
        return "silent"
    if objections > support:
        return "objects"
    if 3 * objections > votes:
        return "divided"
    return "supports" if 2 * support >= votes else "unsure"


def standing(tracks: Sequence[Mapping[int, Votes]]) -> str:
    """Where a factor stands in tracks whose organisations voted so."""
    counts = [_Count.of(members) for members in tracks if members]
    if not counts or any(each.voted < each.enough for each in counts):
        return "too_early"
    everyone: dict[int, Votes] = {}
    for members in tracks:
        everyone |= members
    overall = _Count.of(everyone)
    if overall.mostly_for and all(each.half_for and not each.against for each in counts):
        return "shared_ground"
    clearly_for = any(each.mostly_for and not each.against for each in counts)
    if clearly_for and not all(each.half_for for each in counts):
        return "differs"
    return "divided" if any(each.split for each in counts) else "no_clear_support"


def score(tracks: Sequence[Mapping[int, Votes]]) -> float:
    """The number that factors were ordered by."""
    means = [
        sum((a + u / 4 + 0.25) / (a + d + u + 1) for a, d, u in members.values()) / len(members)
        for members in tracks
        if members
    ]
    return prod(means) ** (1 / len(means)) if means else 0.25


@dataclass(frozen=True)
class _Count:
    stances: tuple[str, ...]

    @classmethod
    def of(cls, members: Mapping[int, Votes]) -> "_Count":
        return cls(tuple(stance(*votes) for votes in members.values()))

    def number(self, *which: str) -> int:
        return sum(each in which for each in self.stances)

    @property
    def voted(self) -> int:
        return len(self.stances) - self.number("silent")

    @property
    def enough(self) -> int:
        return max(-(-len(self.stances) // 2), min(len(self.stances), _FEW))

    @property
    def mostly_for(self) -> bool:
        return 3 * self.number("supports") >= 2 * self.voted

    @property
    def half_for(self) -> bool:
        return 2 * self.number("supports") >= self.voted

    @property
    def against(self) -> bool:
        return 3 * self.number("objects", "divided") >= self.voted

    @property
    def split(self) -> bool:
        return self.against and 3 * self.number("supports", "divided") >= self.voted


def _rank(row: Any) -> tuple[datetime, bool]:
    return row.cast_at, row.cast_on == row.root


def _stale(row: Any, edits: Mapping[int, Sequence[datetime]]) -> tuple[bool, datetime | None]:
    """Whether a vote is about an earlier text, and since when."""

    def first_edit(factor_id: int, after: datetime) -> datetime | None:
        return next(_after(edits.get(factor_id, ()), after), None)

    fresh_at = max(row.cast_at, row.moved_at or row.cast_at)
    if row.changed_at is not None and row.cast_at < row.changed_at:
        return True, first_edit(row.cast_on, row.cast_at)
    if row.stale_at is not None:
        return True, row.stale_at
    if row.root_changed is not None and fresh_at < row.root_changed:
        return True, first_edit(row.root, fresh_at)
    return False, None


def _after(moments: Sequence[datetime], after: datetime) -> Iterator[datetime]:
    return (each for each in moments if each > after)
