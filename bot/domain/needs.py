"""What waits for one person: factors without their vote, requests that are theirs to decide."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain import drafts, factors, participants, requests
from bot.domain.drafts import DraftView
from bot.domain.factors import FactorView
from bot.domain.requests import RequestView
from storage import factors as kept

SHOWN = 4


@dataclass(frozen=True)
class Needs:
    """What waits for a participant; ``factors_total`` counts also those that are not shown."""

    draft: DraftView | None
    factors: tuple[FactorView, ...]
    factors_total: int
    requests: tuple[RequestView, ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing waits."""
        return not (self.draft or self.factors or self.requests)


def of(session: Session, programme_id: int, member_id: int, *, now: datetime) -> Needs:
    """What waits for a participant, newest factors first.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the member is with no organisation.
    """
    who = participants.need(session, programme_id, member_id)
    track_ids = [track.id for track in who.tracks]
    rows, total = kept.lacking_vote(session, programme_id, who.id, track_ids, SHOWN)
    draft = drafts.start(session, programme_id, member_id, now=now).draft if who.tracks else None
    return Needs(
        draft=draft,
        factors=tuple(factors.views_of(session, programme_id, rows)),
        factors_total=total,
        requests=tuple(requests.waiting_for(session, programme_id, member_id)[:SHOWN]),
    )
