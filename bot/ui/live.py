"""Cards that many people press at the same time, kept right whatever order answers come in."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import discord

from bot.ui.layout import Card

if TYPE_CHECKING:
    from bot.client import LedaBot

_log = logging.getLogger(__name__)
_REMEMBERED = 5_000


class LiveCards:
    """What every card last showed, and the edits that are under way."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._shown: OrderedDict[int, tuple[int, Card]] = OrderedDict()
        self._wanted: dict[int, Callable[[], Awaitable[Card]]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def answer(
        self, interaction: discord.Interaction["LedaBot"], card: Card, revision: int
    ) -> None:
        """Answer a press by updating the card it was made on.

        Answers may finish in another order than the presses were counted in. Whoever finishes
        after a newer answer shows that newer one again.
        """
        await interaction.response.edit_message(view=card)
        message_id = interaction.message.id if interaction.message else 0
        newest, newest_card = self._shown.get(message_id, (revision, card))
        if newest > revision:
            await interaction.edit_original_response(view=newest_card)
            return
        self._shown[message_id] = (revision, card)
        self._shown.move_to_end(message_id)
        if len(self._shown) > _REMEMBERED:
            self._shown.popitem(last=False)

    def refresh(
        self, channel_id: int, message_id: int, render: Callable[[], Awaitable[Card]]
    ) -> None:
        """Bring another copy of a card up to date, soon.

        At most one edit of a message is under way; however many are asked for meanwhile, one
        more follows it, with the state of then.
        """
        self._wanted[message_id] = render
        if message_id not in self._tasks:
            task = asyncio.create_task(self._catch_up(channel_id, message_id))
            self._tasks[message_id] = task
            task.add_done_callback(lambda _: self._tasks.pop(message_id, None))

    async def _catch_up(self, channel_id: int, message_id: int) -> None:
        channel = self._client.get_partial_messageable(channel_id)
        message = channel.get_partial_message(message_id)
        while (render := self._wanted.pop(message_id, None)) is not None:
            try:
                await message.edit(view=await render())
            except discord.HTTPException as failure:
                _log.warning("could not refresh message %s: %s", message_id, failure)
