"""All programmes of a database, counted for whoever runs it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.enums import DeliveryState
from storage.kit.programmes import Programme
from storage.members.participants import Participant
from storage.posts.deliveries import Delivery


@dataclass(frozen=True)
class Numbers:
    """How many there are; ``late`` posts should be out by now, ``failed`` ones will not be."""

    programmes: int
    participants: int
    late: int
    failed: int


def numbers(session: Session, late_before: datetime, failed_since: datetime) -> Numbers:
    """Count; posts are late that were due before an instant (aware UTC) and are not settled."""
    open_now = col(Delivery.state).in_((DeliveryState.PLANNED, DeliveryState.SENDING))
    failed = col(Delivery.state) == DeliveryState.FAILED
    return Numbers(
        _count(session, Programme),
        _count(session, Participant, col(Participant.left_at).is_(None)),
        _count(session, Delivery, open_now, col(Delivery.next_at) < late_before),
        _count(session, Delivery, failed, col(Delivery.settled_at) >= failed_since),
    )


def _count(session: Session, table: type, *wanted: object) -> int:
    query = select(func.count()).select_from(table).where(*wanted)  # type: ignore[arg-type]
    return session.exec(query).one()
