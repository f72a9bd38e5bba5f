"""What everyone may see of a factor: its text, its votes counted, where it stands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.factors import counting, origins, tally, wording
from bot.domain.factors.origins import Origin
from bot.domain.factors.tally import Tally
from bot.domain.factors.wording import FactorText
from bot.domain.kit.links import card_url, message_url
from bot.domain.kit.people import the_programme
from bot.domain.tracks import tracks
from bot.domain.tracks.tracks import TrackView
from storage.desk import Desk
from storage.enums import ExperienceStance, FactorKind, FactorStatus, Language
from storage.factors import experiences, frozen, heads, tallies
from storage.factors import factors as kept
from storage.factors.factors import Factor
from storage.factors.heads import Head
from storage.factors.tallies import Counts, Voter
from storage.organisations import organisations


class Voting(StrEnum):
    """Whether a factor takes votes now."""

    OPEN = "open"
    NOT_YET = "not_yet"
    OVER = "over"


@dataclass(frozen=True)
class Reference:
    """Another factor, to point at; of one in another track that is closed, nothing is told."""

    id: int
    title: str
    url: str | None
    thread_id: int | None


@dataclass(frozen=True, kw_only=True)
class FactorView(FactorText):
    """A factor as everyone may see it. Without ``track`` it belongs to all tracks.

    ``proposer_id`` is 0 where the organisation alone is named: by the proposer's choice, because
    a coordinator entered it (``on_behalf``), or because they had themselves erased.
    ``opens_at`` and ``closes_at`` bound the votes, aware UTC. ``revision`` grows with every change
    of what the card shows. ``discussed`` counts the messages in its thread. ``meeting`` is what it
    came from.
    """

    id: int
    programme_id: int
    language: Language
    kind: FactorKind
    key_area_id: int | None
    key_area: str | None
    track: TrackView | None
    organisation_id: int
    organisation: str
    proposer_id: int
    on_behalf: bool
    status: FactorStatus
    reason: str
    voting: Voting
    opens_at: datetime | None
    closes_at: datetime | None
    version: int
    revision: int
    created_at: datetime
    tally: Tally
    experiences: Mapping[ExperienceStance, int]
    discussed: int
    merged_into: Reference | None
    merged_here: tuple[Reference, ...]
    source_url: str | None
    channel_id: int | None
    message_id: int | None
    thread_id: int | None
    meeting: Origin | None = None

    @property
    def url(self) -> str | None:
        """Where the card is, if it was posted."""
        return card_url(self)

    @property
    def is_counted_up(self) -> bool:
        """Whether it takes no more votes: it is decided, or voting on it is over."""
        return self.status is not FactorStatus.OPEN or self.voting is Voting.OVER


def view(desk: Desk, row: Factor, *, at: datetime | None = None) -> FactorView:
    """One factor.

    Args:
        row: the factor.
        at: when its votes from before an edit must have counted (aware UTC); now, if left out.
    """
    [(_, seen)] = seen_with_heads(desk, [row.id or 0], at=at)
    return seen


def views(desk: Desk, rows: Sequence[Factor]) -> list[FactorView]:
    """Several factors of one programme, with as few queries as one takes.

    Raises:
        NotSetUp: the server has no programme.
    """
    if not rows:
        the_programme(desk)
    return [seen for _, seen in seen_with_heads(desk, [row.id or 0 for row in rows])]


def seen_with_heads(
    desk: Desk, factor_ids: Sequence[int], *, at: datetime | None = None
) -> list[tuple[Head, FactorView]]:
    """Factors of one programme, each with the row that it was made from; see :func:`view`."""
    found = heads.of(desk, factor_ids)
    if not found:
        return []
    shared = _Shared(desk, found, at)
    return [(head, shared.view(head)) for head in found]


def voting(row: Factor | Voter | Head, now: datetime, *, archived: bool = False) -> Voting:
    """Whether a factor takes votes at an instant (aware UTC); none while its track is archived."""
    if archived:
        return Voting.OVER
    if row.opens_at is not None and now < row.opens_at:
        return Voting.NOT_YET
    if row.closes_at is not None and now >= row.closes_at:
        return Voting.OVER
    return Voting.OPEN


def stands(row: Factor | FactorView | Head, state: Voting) -> bool:
    """Whether a factor's standing is frozen; the votes on one that is merged count elsewhere."""
    if row.status is FactorStatus.OPEN:
        return state is Voting.OVER
    return row.status is not FactorStatus.MERGED


def named_beside(desk: Desk, row: Factor, other: Factor) -> bool:
    """Whether what is told of a factor may name another, whoever reads it.

    Not one of another track that is closed: cards are everyone's who sees their channel.
    """
    there = tracks.find(desk, other.track_id) if other.track_id else None
    return _may_be_named(row.track_id, there)


def _may_be_named(track_id: int | None, other: TrackView | None) -> bool:
    return other is None or other.id == track_id or not other.closed


class _Shared:
    """What the views of several factors share."""

    def __init__(self, desk: Desk, found: Sequence[Head], at: datetime | None) -> None:
        ids = [head.id for head in found]
        self._now = desk.now
        self._tracks = {track.id: track for track in tracks.all_of(desk)}
        self._inside = organisations.memberships(desk, counted=True)
        self._origins = origins.of(desk, [head.occurrence_id for head in found])
        self._states = {head.id: self._state(head) for head in found}
        self._stood = frozen.of(desk, found)
        self._counts = self._count(desk, found, at)
        told = any(head.has_told for head in found)
        self._experiences = experiences.counts(desk, ids) if told else {}
        self._merged: dict[int, list[Factor]] = defaultdict(list)
        if any(head.has_merged for head in found):
            for each in kept.merged_into(desk, ids):
                self._merged[each.merged_into_id or 0].append(each)

    def _state(self, head: Head) -> Voting:
        track = self._tracks.get(head.track_id)
        return voting(head, self._now, archived=track is not None and track.archived)

    def _count(self, desk: Desk, found: Sequence[Head], at: datetime | None) -> Counts:
        plain = [
            head.id
            for head in found
            if self._states[head.id] is Voting.OPEN
            and head.status is FactorStatus.OPEN
            and head.root_id == head.id
            and not (head.has_merged or head.changed_at or head.moved_at or head.stale_at)
        ]
        counts = tallies.plain_counts(desk, plain) if plain else {}
        rest = [head.id for head in found if head.id not in counts]
        return {**counts, **tallies.counts(desk, rest, at)} if rest else counts

    def view(self, head: Head) -> FactorView:
        """One of them."""
        meeting = self._origins.get(head.occurrence_id)
        return FactorView(
            id=head.id,
            programme_id=head.programme_id,
            language=head.language,
            **wording.columns(head),
            kind=head.kind,
            key_area_id=head.key_area_id,
            key_area=head.key_area,
            track=self._tracks.get(head.track_id),
            organisation_id=head.organisation_id,
            organisation=head.organisation or "",
            proposer_id=_proposer(head),
            on_behalf=head.on_behalf,
            status=head.status,
            reason=head.reason,
            voting=self._states[head.id],
            opens_at=head.opens_at,
            closes_at=head.closes_at,
            version=head.version,
            revision=head.revision,
            created_at=head.created_at,
            tally=self._tally(head),
            experiences=self._experiences.get(head.id, {}),
            discussed=head.discussed,
            merged_into=self._into(head),
            merged_here=tuple(
                self._reference(
                    head, each.track_id, each.id or 0, each.title, card_url(each), each.thread_id
                )
                for each in self._merged.get(head.id, ())
            ),
            source_url=message_url(
                head.programme_id, head.source_channel_id, head.source_message_id
            ),
            channel_id=head.channel_id,
            message_id=head.message_id,
            thread_id=head.thread_id,
            meeting=meeting if meeting and meeting.named_in(head.track_id) else None,
        )

    def _into(self, head: Head) -> Reference | None:
        if head.merged_into_id is None:
            return None
        url = message_url(head.programme_id, head.into_channel_id, head.into_message_id)
        return self._reference(
            head, head.into_track_id, head.merged_into_id, head.into_title, url, head.into_thread_id
        )

    def _reference(self, head: Head, track_id: int | None, factor_id: int, *said: Any) -> Reference:
        if _may_be_named(head.track_id, self._tracks.get(track_id or 0)):
            return Reference(factor_id, *said)
        return Reference(factor_id, "", None, None)

    def _tally(self, head: Head) -> Tally:
        stood = self._stood.get(head.id)
        if stood is not None and stands(head, self._states[head.id]):
            return tally.kept(stood.body, self._tracks, old_rules=stood.old_rules)
        counts = self._counts[head.id]
        scope = [
            track
            for track in self._tracks.values()
            if track.id == head.track_id or (head.track_id is None and not track.archived)
        ]
        return tally.counted(
            counting.by_organisation(counts),
            self._inside,
            scope,
            before_edit=sum(number for (_, _, before), number in counts.items() if before),
        )


def _proposer(head: Head) -> int:
    if head.discreet or head.on_behalf or head.proposer is None:
        return 0
    return max(int(head.proposer), 0)  # negative: they were erased
