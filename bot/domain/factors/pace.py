"""What keeps one person from filling a track: five factors an hour, and nothing twice."""

from datetime import timedelta

from bot.domain.factors.draft_views import DraftView
from bot.domain.factors.errors import FactorCopied, TooManyFactors
from bot.domain.kit import names
from bot.domain.kit.links import card_url
from storage.desk import Desk
from storage.enums import FactorStatus
from storage.factors import factors as kept
from storage.factors.factors import Factor
from storage.members import spent
from storage.members.spent import HOUR
from storage.search import stems

HOURLY_LIMIT = 5
PUBLISHED = "factor.published"
"""What counts, as the journal calls it."""
# For so long nobody publishes nearly the same again.
COPIES_WITHIN = timedelta(days=7)
# From this likeness on (0-100), one HOW says what the other does.
_SAME_HOW = 90


def need_room(desk: Desk, member_id: int, draft: DraftView) -> None:
    """Let only a draft pass that its author may publish now.

    Args:
        member_id: the author.
        draft: what they would publish. On an organisation's behalf there is no limit to how
            many, and copies are those of what was entered on its behalf.

    Raises:
        TooManyFactors: they have published five in the last hour.
        FactorCopied: it nearly equals one of theirs of the last week that is still open.
    """
    recent = kept.published_since(
        desk,
        member_id,
        desk.now - COPIES_WITHIN,
        organisation_id=draft.organisation_id if draft.on_behalf else None,
    )
    this_hour = [row for row in recent if row.created_at >= desk.now - HOUR]
    used = len(this_hour) + spent.spent(desk, member_id, PUBLISHED)
    if used >= HOURLY_LIMIT and not draft.on_behalf:
        raise TooManyFactors(limit=HOURLY_LIMIT)
    for row in recent:
        if row.status is FactorStatus.OPEN and _copies(draft, row):
            url = card_url(row) or ""
            raise FactorCopied(title=row.title, url=url)


def _copies(draft: DraftView, row: Factor) -> bool:
    if names.alike(draft.title, row.title):
        return True
    from rapidfuzz import fuzz

    likeness: float = fuzz.ratio(stems.fold(draft.how), stems.fold(row.how))
    return likeness >= _SAME_HOW
