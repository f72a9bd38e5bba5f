"""What waits for one person: votes, answers to meetings, statements and requests to decide on."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Generic, TypeVar

from bot.domain.factors import drafts, experiences, lists, views
from bot.domain.factors.draft_views import DraftView
from bot.domain.factors.experiences import ExperienceView
from bot.domain.factors.views import FactorView, Voting
from bot.domain.kit.links import card_url
from bot.domain.meetings import views as shows
from bot.domain.meetings.views import OccurrenceView
from bot.domain.members import participants
from bot.domain.members.participants import ParticipantView
from bot.domain.membership import joining
from bot.domain.membership.joining import RequestView
from storage.desk import Desk
from storage.enums import MeetingKind, Need
from storage.factors import factors as kept
from storage.factors import votes
from storage.factors.factors import Factor
from storage.meetings import answers
from storage.needs import rests

_Thing = TypeVar("_Thing")
SHOWN: Final = 4
AHEAD: Final = timedelta(days=28)
"""Meetings that begin within this time wait for an answer."""


@dataclass(frozen=True)
class Unanswered:
    """A meeting that waits for somebody's answer, at the first time of which that is so.

    ``url`` is its card, if it was posted; ``muted`` says that they want no reminders of it.
    """

    programme_id: int
    kind: MeetingKind
    time: OccurrenceView
    url: str | None
    muted: bool


@dataclass(frozen=True)
class Waiting(Generic[_Thing]):
    """Things of one kind that wait: those that are shown, and how many there are; false if none."""

    shown: tuple[_Thing, ...]
    total: int

    def __bool__(self) -> bool:
        return bool(self.shown)


@dataclass(frozen=True)
class Needs:
    """What waits for a participant.

    ``factors`` lack the vote of their organisation, ``edited`` have changed since they voted,
    ``experiences`` are statements of an organisation that they answer for.
    """

    draft: DraftView | None
    requests: Waiting[RequestView]
    experiences: Waiting[ExperienceView]
    meetings: Waiting[Unanswered]
    edited: Waiting[FactorView]
    factors: Waiting[FactorView]

    @property
    def nothing(self) -> bool:
        """Whether nothing waits."""
        return not any(vars(self).values())


def of(desk: Desk) -> Needs:
    """What waits for a participant: meetings soonest first, factors newest first.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the member is with no organisation.
    """
    who = participants.need(desk, desk.asker.id)
    resting = rests.resting(desk, desk.asker.id)
    changed = _awake(resting, Need.EDITED, edited(desk, who), lambda row: row.id)
    # What they have to confirm counts no more, or not for long: it is asked for once.
    apart = {row.id or 0 for row in changed}
    apart |= {key for kind, key in resting if kind is Need.FACTOR}
    lacking = lists.lacking(desk, who, but=apart, size=SHOWN)
    statements = experiences.to_confirm(desk, desk.asker.id)
    meetings = unanswered(desk, who)
    return Needs(
        draft=drafts.waiting(desk),
        requests=_some(joining.waiting_for(desk, desk.asker.id)),
        experiences=_some(_awake(resting, Need.CONFIRM, statements, lambda each: each.id)),
        meetings=_some(_awake(resting, Need.MEETING, meetings, lambda each: each.time.id)),
        edited=Waiting(tuple(views.views(desk, changed[:SHOWN])), len(changed)),
        factors=Waiting(*lacking),
    )


def _awake(
    resting: Collection[tuple[Need, int]],
    kind: Need,
    found: Iterable[_Thing],
    key: Callable[[_Thing], int | None],
) -> list[_Thing]:
    return [each for each in found if (kind, key(each) or 0) not in resting]


def _some(found: Sequence[_Thing]) -> Waiting[_Thing]:
    return Waiting(tuple(found[:SHOWN]), len(found))


def edited(desk: Desk, who: ParticipantView) -> list[Factor]:
    """Only what can be confirmed: its votes have not closed, its track is theirs and goes on."""
    within = {None, *(track.id for track in who.tracks if not track.archived)}
    return [
        row
        for key in votes.before_edits(desk, who.id)
        if (row := kept.find(desk, key))
        and row.track_id in within
        and views.voting(row, desk.now) is Voting.OPEN
    ]


def unanswered(desk: Desk, who: ParticipantView) -> list[Unanswered]:
    """Each meeting once: *Going* said to one time of a series holds for the later ones too."""
    found: dict[int, Unanswered] = {}
    tracks = [track.id for track in who.tracks]
    for row, time, muted in answers.unanswered(
        desk, who.id, tracks, after=desk.now, until=desk.now + AHEAD
    ):
        if row.id is not None and row.id not in found:
            found[row.id] = Unanswered(
                programme_id=desk.programme_id,
                kind=row.kind,
                time=shows.occurrence_view(row, time, desk.now),
                url=card_url(row),
                muted=muted,
            )
    return list(found.values())
