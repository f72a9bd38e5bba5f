"""Factors that say much the same as a draft, and supporting one of them instead."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain.factors import drafts, finding, views, votes
from bot.domain.factors.views import FactorView
from bot.domain.factors.votes import Ballot
from bot.domain.kit.errors import UserError
from storage.desk import Person
from storage.enums import Choice
from storage.factors import factors as kept


@dataclass(frozen=True)
class Similar:
    """A factor that says much the same; ``may_support`` if the person may vote on it now."""

    factor: FactorView
    may_support: bool


def to_draft(
    session: Session, programme_id: int, person: Person, draft_id: int, *, now: datetime
) -> tuple[Similar, ...]:
    """Up to three factors like a draft of the person's, most alike first.

    There is none for a draft that cannot be published yet.

    Raises:
        NotSetUp, NotAParticipant, DraftGone: as :func:`bot.domain.factors.drafts.view`.
    """
    draft = drafts.view(session, programme_id, person, draft_id, now=now)
    if draft.problems:
        return ()
    track_id = draft.track.id if draft.track else None
    keys = finding.similar(session, programme_id, draft.title, draft.how, track_id=track_id)
    rows = [row for key in keys if (row := kept.find(session, programme_id, key))]
    found = views.views(session, programme_id, rows, now)
    if draft.on_behalf:
        return tuple(Similar(each, may_support=False) for each in found)
    return tuple(Similar(each, _may_vote(session, each, person, now)) for each in found)


def support(
    session: Session, programme_id: int, factor_id: int, member_id: int, *, now: datetime
) -> FactorView:
    """Support a factor; nothing changes for whoever supports it already.

    Raises:
        As :func:`bot.domain.factors.votes.vote`.
    """
    row, _ = votes.need_voter(session, programme_id, factor_id, member_id, now=now)
    mine = votes.ballot(session, programme_id, factor_id, member_id, now=now)
    if mine == Ballot(Choice.SUPPORT):
        return views.view(session, row, now)
    return votes.vote(session, programme_id, factor_id, member_id, Choice.SUPPORT, now=now)


def _may_vote(session: Session, factor: FactorView, person: Person, now: datetime) -> bool:
    try:
        votes.need_voter(session, factor.programme_id, factor.id, person.id, now=now)
    except UserError:
        return False
    return True
