"""Work that is done for one server at a time: once more when asked for meanwhile, or in turns."""

import asyncio
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary


class ServerQueue:
    """Runs one piece of work for each server. What has to be done stands in the database."""

    def __init__(self, work: Callable[[int], Awaitable[None]]) -> None:
        self._work = work
        self._again: set[int] = set()
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def wake(self, guild_id: int) -> None:
        """There is something to do for this server."""
        self._again.add(guild_id)
        if guild_id not in self._tasks:
            self._tasks[guild_id] = asyncio.create_task(self._run(guild_id))

    def __contains__(self, guild_id: int) -> bool:
        """Whether more is to be done for this server than what is under way."""
        return guild_id in self._again

    def stop(self) -> None:
        """End what is under way: what is due stays so in the database."""
        self._again.clear()
        for task in self._tasks.values():
            task.cancel()

    async def _run(self, guild_id: int) -> None:
        try:
            while guild_id in self._again:
                self._again.discard(guild_id)
                await self._work(guild_id)
        finally:  # and not later, or a wake in between would be lost
            del self._tasks[guild_id]


class Turns:
    """A lock for each server that somebody waits in."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def of(self, guild_id: int) -> asyncio.Lock:
        """The server's lock: ``async with bot.turns.of(guild.id): …``."""
        return self._locks.setdefault(guild_id, asyncio.Lock())
