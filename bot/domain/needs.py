"""What waits for one person: votes, votes to confirm, statements and requests to decide on."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain import drafts, experiences, factor_lists, factor_views, participants, requests
from bot.domain.draft_views import DraftView
from bot.domain.experiences import ExperienceView
from bot.domain.factor_lists import Listing
from bot.domain.factor_views import FactorView, Voting
from bot.domain.people import Person
from bot.domain.requests import RequestView
from storage import factors as kept
from storage import votes
from storage.enums import Order

SHOWN = 4


@dataclass(frozen=True)
class Needs:
    """What waits for a participant.

    ``factors`` lack their vote, ``edited`` have changed since they voted, ``experiences`` are
    statements of an organisation that they answer for. The totals count also what is not shown.
    """

    draft: DraftView | None
    factors: tuple[FactorView, ...]
    factors_total: int
    edited: tuple[FactorView, ...]
    edited_total: int
    experiences: tuple[ExperienceView, ...]
    requests: tuple[RequestView, ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing waits."""
        return not (self.draft or self.factors or self.edited or self.experiences or self.requests)


def of(session: Session, programme_id: int, person: Person, *, now: datetime) -> Needs:
    """What waits for a participant, newest factors first.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the member is with no organisation.
    """
    who = participants.need(session, programme_id, person.id)
    lacking = Listing(order=Order.NEEDS, reader=person.id)
    found = factor_lists.listed(session, programme_id, lacking, size=SHOWN, now=now)
    # Only what can be confirmed: its votes have not closed, its track is theirs and goes on.
    within = {None, *(track.id for track in who.tracks if not track.archived)}
    edited = [
        row
        for key in votes.before_edits(session, who.id)
        if (row := kept.find(session, programme_id, key))
        and row.track_id in within
        and factor_views.voting(row, now) is Voting.OPEN
    ]
    return Needs(
        draft=drafts.waiting(session, programme_id, person, now=now),
        factors=found.factors,
        factors_total=found.total,
        edited=tuple(factor_views.views(session, programme_id, edited[:SHOWN], now)),
        edited_total=len(edited),
        experiences=tuple(experiences.to_confirm(session, programme_id, person.id)[:SHOWN]),
        requests=tuple(requests.waiting_for(session, programme_id, person.id)[:SHOWN]),
    )
