"""Cards follow from what changes around their factors: who takes part, and the time."""

import asyncio

from bot.delivery.queues import ServerQueue
from bot.domain.factors import recounts
from bot.domain.factors.views import FactorView
from bot.works import Works

_PAUSE = 1.0  # seconds, while votes go on coming in: cards are not edited more often than that


class RecountQueue:
    """Counts factors anew, and lets whoever shows them know (``on_factor_changed``).

    Which are due stands in the database, written with what changed, so a restart forgets none;
    a use case says so, and :meth:`wake` is called after its commit.
    """

    def __init__(self, works: Works) -> None:
        self._works = works
        self._queue = ServerQueue(self._work_off)
        self._begun: dict[int, asyncio.Task[FactorView]] = {}
        self._next: dict[int, asyncio.Task[FactorView]] = {}

    def wake(self, guild_id: int) -> None:
        """Some of this server's factors are due."""
        self._queue.wake(guild_id)

    async def count(self, programme_id: int, factor_id: int) -> FactorView:
        """A factor with every vote that is committed by now.

        Whoever asks while it is being counted shares the next count: one at a time is enough for
        any number of presses.
        """
        if factor_id not in self._next:
            before = self._begun.get(factor_id)
            self._next[factor_id] = asyncio.create_task(
                self._count(programme_id, factor_id, before)
            )
        return await asyncio.shield(self._next[factor_id])

    async def _count(
        self, programme_id: int, factor_id: int, before: "asyncio.Task[FactorView] | None"
    ) -> FactorView:
        if before is not None:
            await asyncio.wait({before})
        task = self._begun[factor_id] = self._next.pop(factor_id)
        try:
            return await self._works.visit(programme_id).write(recounts.count, factor_id)
        finally:
            if self._begun.get(factor_id) is task:
                del self._begun[factor_id]

    def stop(self) -> None:
        """Go no further; the next start does."""
        self._queue.stop()

    async def _work_off(self, guild_id: int) -> None:
        while await self._works.visit(guild_id).read(recounts.is_due):
            counted = await self._works.visit(guild_id).write(recounts.settle)
            for factor in counted:
                self._works.client.dispatch("factor_changed", factor)
            if 0 < len(counted) < recounts.AT_A_TIME and guild_id in self._queue:
                await asyncio.sleep(_PAUSE)
