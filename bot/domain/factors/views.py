"""What everyone may see of a factor: its text, its votes counted, where it stands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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
from storage.factors import experiences, frozen, keyareas, lists, tallies
from storage.factors import factors as kept
from storage.factors.factors import Factor
from storage.factors.tallies import Voter
from storage.members.participants import Participant
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
    return _Shared(desk, [row], at).view(row)


def views(desk: Desk, rows: Sequence[Factor]) -> list[FactorView]:
    """Several factors of one programme, with as few queries as one takes.

    Raises:
        NotSetUp: the server has no programme.
    """
    shared = _Shared(desk, rows)
    return [shared.view(row) for row in rows]


def voting(row: Factor | Voter, now: datetime, *, archived: bool = False) -> Voting:
    """Whether a factor takes votes at an instant (aware UTC); none while its track is archived."""
    if archived:
        return Voting.OVER
    if row.opens_at is not None and now < row.opens_at:
        return Voting.NOT_YET
    if row.closes_at is not None and now >= row.closes_at:
        return Voting.OVER
    return Voting.OPEN


def stands(row: Factor | FactorView, state: Voting) -> bool:
    """Whether a factor's standing is frozen; the votes on one that is merged count elsewhere."""
    if row.status is FactorStatus.OPEN:
        return state is Voting.OVER
    return row.status is not FactorStatus.MERGED


def named_beside(desk: Desk, row: Factor, other: Factor) -> bool:
    """Whether what is told of a factor may name another, whoever reads it.

    Not one of another track that is closed: cards are everyone's who sees their channel.
    """
    if other.track_id in {None, row.track_id}:
        return True
    track = tracks.find(desk, other.track_id or 0)
    return track is None or not track.closed


def _reference(desk: Desk, row: Factor, other: Factor) -> Reference:
    if not named_beside(desk, row, other):
        return Reference(other.id or 0, "", None, None)
    return Reference(other.id or 0, other.title, card_url(other), other.thread_id)


class _Shared:
    """What the views of several factors share."""

    def __init__(self, desk: Desk, rows: Sequence[Factor], at: datetime | None = None) -> None:
        ids = [row.id or 0 for row in rows]
        self._desk = desk
        # The session finds what is kept here without asking for each by itself.
        self._around = lists.around(desk, rows) if len(rows) > 1 else []
        self._language = the_programme(desk).language
        self._tracks = {track.id: track for track in tracks.all_of(desk)}
        self._inside = organisations.memberships(desk, counted=True)
        self._origins = origins.of(desk, [row.occurrence_id for row in rows])
        self._counts = tallies.counts(desk, ids, at)
        self._stood = frozen.of(desk, rows)
        self._experiences = experiences.counts(desk, ids)
        self._merged: dict[int, list[Factor]] = defaultdict(list)
        for each in kept.merged_into(desk, ids):
            self._merged[each.merged_into_id or 0].append(each)

    def view(self, row: Factor) -> FactorView:
        factor_id = row.id or 0
        find = self._desk.session.get
        organisation = organisations.find(self._desk, row.organisation_id)
        area = find(keyareas.KeyArea, row.key_area_id) if row.key_area_id else None
        into = find(Factor, row.merged_into_id) if row.merged_into_id else None
        meeting = self._origins.get(row.occurrence_id)
        track = self._tracks.get(row.track_id or 0)
        state = voting(row, self._desk.now, archived=track is not None and track.archived)
        return FactorView(
            id=factor_id,
            programme_id=row.programme_id,
            language=self._language,
            **wording.columns(row),
            kind=row.kind,
            key_area_id=row.key_area_id,
            key_area=area.name if area else None,
            track=track,
            organisation_id=row.organisation_id,
            organisation=organisation.name if organisation else "",
            proposer_id=self._proposer(row),
            on_behalf=row.on_behalf,
            status=row.status,
            reason=row.reason,
            voting=state,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            version=row.version,
            revision=row.revision,
            created_at=row.created_at,
            tally=self._tally(row, state),
            experiences=self._experiences.get(factor_id, {}),
            discussed=row.discussed,
            merged_into=_reference(self._desk, row, into) if into else None,
            merged_here=tuple(
                _reference(self._desk, row, each) for each in self._merged.get(factor_id, ())
            ),
            source_url=message_url(row.programme_id, row.source_channel_id, row.source_message_id),
            channel_id=row.channel_id,
            message_id=row.message_id,
            thread_id=row.thread_id,
            meeting=meeting if meeting and meeting.named_in(row.track_id) else None,
        )

    def _proposer(self, row: Factor) -> int:
        if row.discreet or row.on_behalf or row.participant_id is None:
            return 0
        proposer = self._desk.session.get(Participant, row.participant_id)
        return max(proposer.member_id, 0) if proposer else 0  # negative: they were erased

    def _tally(self, row: Factor, state: Voting) -> Tally:
        stood = self._stood.get(row.id or 0)
        if stood is not None and stands(row, state):
            return tally.kept(stood.body, self._tracks, old_rules=stood.old_rules)
        counts = self._counts[row.id or 0]
        scope = [
            track
            for track in self._tracks.values()
            if track.id == row.track_id or (row.track_id is None and not track.archived)
        ]
        return tally.counted(
            counting.by_organisation(counts),
            self._inside,
            scope,
            before_edit=sum(number for (_, _, before), number in counts.items() if before),
        )
