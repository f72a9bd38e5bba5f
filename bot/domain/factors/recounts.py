"""Factors that have to follow what changed around them: who takes part, and the time."""

from datetime import datetime

from sqlmodel import Session

from bot.domain.factors import votes
from bot.domain.factors.errors import FactorNotFound
from bot.domain.factors.views import FactorView
from storage.desk import Desk
from storage.factors import changes
from storage.factors import factors as kept
from storage.factors.votes import GRACE
from storage.shards import Shards

AT_A_TIME = 10
"""So many factors are counted in one transaction, at most."""


def is_due(desk: Desk) -> bool:
    """Whether any factor of a programme has to be counted anew."""
    return bool(kept.due(desk, 1)) or changes.pending(desk)


def settle(desk: Desk) -> list[FactorView]:
    """Count some of the factors anew that are due, or find out about some more whether they are.

    One slice, while :func:`is_due`: a press need not wait for long. The cards of those that are
    given have yet to follow.
    """
    found = kept.due(desk, AT_A_TIME)
    if not found:
        changes.spread(desk)
    return votes.recount_all(desk, found)


def count(desk: Desk, factor_id: int) -> FactorView:
    """Count one factor anew, on which votes were cast.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    if kept.find(desk, factor_id) is None:
        raise FactorNotFound
    [seen] = votes.recount_all(desk, [factor_id])
    return seen


def pass_time(session: Session, shards: Shards, after: datetime, until: datetime) -> None:
    """Let those be due whose votes opened, closed or grew too old between two moments.

    Args:
        session: the transaction.
        shards: the servers that the caller looks after.
        after: aware UTC; what happened then is not among them.
        until: aware UTC; what happened then is.
    """
    kept.make_due_by_time(session, shards, after, until, GRACE)
