"""Who takes a weekly list."""

from typing import Any

from sqlmodel import and_, col, or_, select

from storage.desk import Desk
from storage.enums import Reach
from storage.members.participants import Member, Participant


def readers(desk: Desk) -> list[int]:
    """The participants who take one by direct message, and are in the server."""
    return list(desk.session.exec(_readers(desk.programme_id).order_by(col(Participant.member_id))))


def takes(desk: Desk, member_id: int) -> bool:
    """Whether a member is among them."""
    query = _readers(desk.programme_id).where(col(Participant.member_id) == member_id)
    return desk.session.exec(query).first() is not None


def _readers(programme_id: int) -> Any:
    chose = and_(
        col(Member.programme_id) == col(Participant.programme_id),
        col(Member.member_id) == col(Participant.member_id),
    )
    wants = and_(col(Member.reach) == Reach.DIRECT, col(Member.weekly_list).is_(True))
    return (
        select(Participant.member_id)
        .join(Member, chose, isouter=True)
        .where(
            col(Participant.programme_id) == programme_id,
            col(Participant.left_at).is_(None),
            col(Member.gone_at).is_(None),
            or_(col(Member.member_id).is_(None), wants),  # also those who never chose
        )
    )
