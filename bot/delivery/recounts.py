"""Cards follow from what changes around their factors: who takes part, and the time."""

from typing import TYPE_CHECKING

from bot.delivery.queues import ServerQueue
from bot.domain import recounts

if TYPE_CHECKING:
    from bot.client import LedaBot


class RecountQueue:
    """Counts factors anew, and lets whoever shows them know (``on_factor_changed``).

    Which are due stands in the database, written with what changed, so a restart forgets none;
    a use case says so, and :meth:`wake` is called after its commit.
    """

    def __init__(self, bot: "LedaBot") -> None:
        self._bot = bot
        self._queue = ServerQueue(self._work_off)

    def wake(self, guild_id: int) -> None:
        """Some of this server's factors are due."""
        self._queue.wake(guild_id)

    def stop(self) -> None:
        """Go no further; the next start does."""
        self._queue.stop()

    async def _work_off(self, guild_id: int) -> None:
        while await self._bot.db.read(recounts.is_due, guild_id):
            for factor in await self._bot.db.write(recounts.settle, guild_id, now=self._bot.now()):
                self._bot.dispatch("factor_changed", factor)
