"""Factors that say much the same as a draft, and supporting one of them instead."""

from dataclasses import dataclass

from bot.domain.factors import drafts, finding, views, votes
from bot.domain.factors.views import FactorView
from bot.domain.factors.votes import Ballot
from bot.domain.kit.errors import UserError
from storage.desk import Desk
from storage.enums import Choice
from storage.factors import factors as kept


@dataclass(frozen=True)
class Similar:
    """A factor that says much the same; ``may_support`` if the person may vote on it now."""

    factor: FactorView
    may_support: bool


def to_draft(desk: Desk, draft_id: int) -> tuple[Similar, ...]:
    """Up to three factors like a draft of the person's, most alike first.

    There is none for a draft that cannot be published yet.

    Raises:
        NotSetUp, NotAParticipant, DraftGone: as :func:`bot.domain.factors.drafts.view`.
    """
    draft = drafts.view(desk, draft_id)
    if draft.problems:
        return ()
    track_id = draft.track.id if draft.track else None
    keys = finding.similar(desk, draft.title, draft.how, track_id=track_id)
    rows = [row for key in keys if (row := kept.find(desk, key))]
    found = views.views(desk, rows)
    if draft.on_behalf:
        return tuple(Similar(each, may_support=False) for each in found)
    return tuple(Similar(each, _may_vote(desk, each)) for each in found)


def support(desk: Desk, factor_id: int, member_id: int) -> FactorView:
    """Support a factor; nothing changes for whoever supports it already.

    Raises:
        As :func:`bot.domain.factors.votes.vote`.
    """
    row, _ = votes.need_voter(desk, factor_id, member_id)
    mine = votes.ballot(desk, factor_id, member_id)
    if mine == Ballot(Choice.SUPPORT):
        return views.view(desk, row)
    return votes.vote(desk, factor_id, member_id, Choice.SUPPORT)


def _may_vote(desk: Desk, factor: FactorView) -> bool:
    try:
        votes.need_voter(desk, factor.id, desk.asker.id)
    except UserError:
        return False
    return True
