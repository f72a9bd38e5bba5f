"""The first answer to an interaction: Discord wants it within three seconds."""

import asyncio
import logging
from typing import Any, Final

import discord

from bot.patience import TROUBLES

_log = logging.getLogger(__name__)
_KEY: Final = "leda.waiting"

soon = 2.0
"""Seconds after which leda says that it works, if it has not answered by then."""


class FirstAnswer:
    """Somebody waits for an answer. If it takes long, they are told that it comes.

    A press is only acknowledged, so that its answer can still change what was pressed; to all
    else a message of its own says that leda works, and the answer takes its place.
    """

    def __init__(self, interaction: discord.Interaction[Any]) -> None:
        self._interaction = interaction
        self._telling: asyncio.Task[None] | None = None
        self._taken = False
        self._timer = asyncio.get_running_loop().call_later(soon, self._tell)

    @classmethod
    def begin(cls, interaction: discord.Interaction[Any]) -> None:
        """See that an interaction is answered in time; the current task answers it."""
        waiting = interaction.extras[_KEY] = cls(interaction)
        task = asyncio.current_task()
        if task is not None:
            task.add_done_callback(lambda _: waiting._timer.cancel())

    async def end(self) -> bool:
        """Tell nothing more; whether the person was told to wait."""
        self._taken = True
        self._timer.cancel()
        if self._telling is None:
            return False
        await asyncio.wait({self._telling})
        return True

    def _tell(self) -> None:
        if not self._taken and not self._interaction.response.is_done():
            self._telling = asyncio.create_task(self._defer())

    async def _defer(self) -> None:
        response = self._interaction.response
        try:
            if self._interaction.message is not None:
                await response.defer()
            else:
                await response.defer(ephemeral=True, thinking=True)
        except TROUBLES as failure:
            _log.warning("could not put interaction %s off: %s", self._interaction.id, failure)


async def was_told_to_wait(interaction: discord.Interaction[Any]) -> bool:
    """To be asked before anything is answered: whether the person was told that it comes later."""
    waiting = interaction.extras.get(_KEY)
    return isinstance(waiting, FirstAnswer) and await waiting.end()
