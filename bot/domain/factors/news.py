"""What becomes of a factor, told where it is talked about and to whoever proposed it.

It is planned in the transaction of what it is about, so that it arrives whatever happens.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.domain.factors import factors, views
from bot.domain.factors.errors import FactorNotFound
from bot.domain.factors.proposers import proposer
from bot.domain.factors.views import FactorView
from bot.domain.posts import planning
from bot.domain.posts.claims import Thing
from bot.domain.posts.planning import Post
from storage.desk import Desk
from storage.enums import Reach, Way
from storage.factors.factors import Factor
from storage.posts.deliveries import CHANNEL

IN_THREAD, DIRECT = "factor.news", "factor.told"
_WORTH_TELLING: Final = timedelta(days=7)


class Became(StrEnum):
    """How it changed: ``received`` and ``left`` are for what another was merged into."""

    DECIDED = "decided"
    MERGED = "merged"
    RECEIVED = "received"
    PARTED = "parted"
    LEFT = "left"


@dataclass(frozen=True)
class FactorNews:
    """What there is to tell today. ``moved`` people's votes went with the ``other`` factor."""

    news: Became
    factor: FactorView
    other: FactorView | None
    moved: int


def tell(
    desk: Desk,
    row: Factor,
    news: Became,
    *,
    other: int = 0,
    moved: int = 0,
    but: Collection[int] = (),
) -> int:
    """Plan to tell it in the factor's thread, and to its proposer in the way they chose.

    Args:
        row: the factor, as it is now.
        news: what became of it.
        other: the other factor, where two were merged or parted.
        moved: how many people's votes moved.
        but: members who know already.

    Returns:
        the member whose factor it is, 0 where nobody is to be told.
    """
    who = proposer(desk, row.id or 0, but=but)
    at = int(desk.now.timestamp() * 1000)
    data = {
        "news": news.value, "status": row.status.value, "other": other, "moved": moved, "at": at,
    }  # fmt: skip

    def post(kind: str, way: Way, slot: str | None, member_id: int | None) -> Post:
        return Post(
            key=f"{kind}:{row.id}:{news}:{row.status}:{at}",
            kind=kind,
            subject_id=row.id or 0,
            way=way,
            due_at=desk.now,
            expires_at=desk.now + _WORTH_TELLING,
            slot=slot,
            member_id=member_id,
            data=data,
        )

    posts = []
    if row.thread_id is not None:
        mentioned = who.member_id if who and who.reach is Reach.MENTION else None
        posts.append(post(IN_THREAD, Way.POST, f"{CHANNEL}{row.thread_id}", mentioned))
    if who is not None and who.reach is Reach.DIRECT:
        posts.append(post(DIRECT, Way.DIRECT, None, who.member_id))
    planning.plan(desk, posts)
    return who.member_id if who else 0


def today(desk: Desk, thing: Thing) -> FactorNews | None:
    """What is to be told now; None where something else has become of it since."""
    try:
        row = factors.need(desk, thing.subject_id)
        other = factors.need(desk, thing.data["other"]) if thing.data["other"] else None
    except FactorNotFound:
        return None
    if row.status != thing.data["status"]:
        return None
    decided_at = row.decided_at and int(row.decided_at.timestamp() * 1000)
    if thing.data["news"] == Became.DECIDED and thing.data.get("at", decided_at) != decided_at:
        return None  # decided the same way again since, which is told by itself
    return FactorNews(
        Became(thing.data["news"]),
        views.view(desk, row),
        views.view(desk, other) if other else None,
        thing.data["moved"],
    )


def title(desk: Desk, factor_id: int) -> str:
    """What the factor is called, for lists of what goes out."""
    return factors.need(desk, factor_id).title
