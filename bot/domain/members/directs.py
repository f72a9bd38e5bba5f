"""Direct messages: the channel to a person, kept for good, and who lets none through."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from storage.desk import Desk
from storage.members import participants as kept

# So long nobody is asked again who lets no direct message through.
CLOSED_FOR: Final = timedelta(days=30)


@dataclass(frozen=True)
class Direct:
    """The way to a person: the channel (a Discord id) if there is one, and whether it is closed."""

    channel_id: int | None = None
    closed: bool = False


def to(desk: Desk, member_id: int) -> Direct:
    """The way to a person."""
    row = kept.find_member(desk, member_id)
    if row is None:
        return Direct()
    closed = row.closed_at is not None and row.closed_at > desk.now - CLOSED_FOR
    return Direct(row.direct_id, closed)


def opened(desk: Desk, member_id: int, channel_id: int) -> None:
    """Keep the channel to a person (a Discord id): opening many is refused for a while."""
    kept.member(desk, member_id).direct_id = channel_id


def closed(desk: Desk, member_id: int) -> None:
    """Note that a person lets no direct message through."""
    kept.member(desk, member_id).closed_at = desk.now
