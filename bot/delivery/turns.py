"""One job at a time in each server, where two at once would make things twice."""

import asyncio
from weakref import WeakValueDictionary


class Turns:
    """A lock for each server that somebody waits in."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def of(self, guild_id: int) -> asyncio.Lock:
        """The server's lock: ``async with bot.turns.of(guild.id): …``."""
        return self._locks.setdefault(guild_id, asyncio.Lock())
