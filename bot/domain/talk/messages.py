"""How much is said where: messages are counted, each once, and nothing else of them is kept."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.tracks.places import FORUM
from storage.desk import Desk
from storage.kit import programmes
from storage.talk import talk as kept

_COUNTED_IN = ("discussion", "factors")


@dataclass(frozen=True)
class SaidMessage:
    """A message in a channel or thread (Discord ids), written at aware UTC.

    ``place_id`` is the channel that a thread hangs in, and of a channel the channel itself. What
    was not written by a person is passed over.
    """

    id: int
    channel_id: int
    place_id: int
    at: datetime
    by_person: bool = True


def places(desk: Desk) -> frozenset[int]:
    """The channels (Discord ids) in which messages are counted, as in all their threads."""
    return frozenset(
        place.discord_id
        for place in programmes.places(desk)
        if place.slot == FORUM or place.slot.partition(":")[0] in _COUNTED_IN
    )


def heard(desk: Desk) -> dict[int, int]:
    """Up to which message (a Discord id) each channel or thread was counted."""
    return kept.heard(desk)


def heard_in(desk: Desk, channel_id: int) -> int:
    """The same of one of them; 0 where nothing was counted yet."""
    return kept.last_heard(desk, channel_id)


def count(desk: Desk, messages: Collection[SaidMessage]) -> dict[int, int]:
    """Count messages, those that were counted before apart.

    Of each channel they are all that followed the last that was counted there, in any order:
    Discord's ids grow with time, so what has a lesser id than that was counted.

    Returns:
        how many of people's messages were new, by channel or thread.
    """
    counted: dict[int, int] = {}
    programme = programmes.find(desk)
    if programme is None:
        return counted
    zone = ZoneInfo(programme.timezone)
    by_channel: dict[int, dict[int, SaidMessage]] = defaultdict(dict)
    for message in messages:
        by_channel[message.channel_id][message.id] = message
    for channel_id, said in by_channel.items():
        last = kept.last_heard(desk, channel_id)
        fresh = [message for message in said.values() if message.id > last]
        if not fresh:
            continue
        kept.hear(desk, channel_id, max(message.id for message in fresh))
        spoken = [message for message in fresh if message.by_person]
        _add(desk, channel_id, spoken, zone)
        counted[channel_id] = len(spoken)
    return counted


def forget(desk: Desk, channel_id: int) -> None:
    """Forget what was said in a channel or thread (a Discord id) that is gone: nobody finds it."""
    kept.forget(desk, channel_id)


def _add(desk: Desk, channel_id: int, messages: Collection[SaidMessage], zone: ZoneInfo) -> None:
    """Count messages of one channel by day."""
    days = Counter((each.place_id, each.at.astimezone(zone).date()) for each in messages)
    for (place_id, day), number in sorted(days.items()):
        kept.add(desk, channel_id, place_id, day, number)
