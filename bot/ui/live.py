"""Cards that many people press at the same time, kept right whatever order answers come in."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

from bot.ui.layout import Card

if TYPE_CHECKING:
    from bot.client import LedaBot

_log = logging.getLogger(__name__)


@dataclass
class _Shown:
    """What a card last showed, remembered while any edit of it is under way."""

    revision: int = -1
    card: Card | None = None
    under_way: int = 0


class LiveCards:
    """What every card that is being edited last showed, and the edits that are under way."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._shown: dict[int, _Shown] = {}
        self._wanted: dict[int, Callable[[], Awaitable[tuple[Card, int]]]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def answer(
        self, interaction: discord.Interaction["LedaBot"], card: Card, revision: int
    ) -> None:
        """Answer a press by updating the card it was made on.

        Answers may finish in another order than the presses were counted in. Whoever finishes
        after a newer answer shows that newer one again.
        """
        message_id = interaction.message.id if interaction.message else 0
        with self._edit(message_id) as shown:
            await interaction.response.edit_message(view=card)
            await self._settle(shown, card, revision, interaction.edit_original_response)

    def refresh(
        self,
        channel_id: int,
        message_id: int,
        render: Callable[[], Awaitable[tuple[Card, int]]],
    ) -> None:
        """Bring another copy of a card up to date, soon.

        At most one edit of a message is under way; however many are asked for meanwhile, one
        more follows it, with the state of then.

        Args:
            channel_id: the channel's Discord id.
            message_id: the message's.
            render: makes the card and tells its revision.
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
                with self._edit(message_id) as shown:
                    card, revision = await render()
                    await message.edit(view=card)
                    await self._settle(shown, card, revision, message.edit)
            except discord.HTTPException as failure:
                _log.warning("could not refresh message %s: %s", message_id, failure)

    @contextmanager
    def _edit(self, message_id: int) -> Iterator[_Shown]:
        shown = self._shown.setdefault(message_id, _Shown())
        shown.under_way += 1
        try:
            yield shown
        finally:
            shown.under_way -= 1
            if not shown.under_way:
                del self._shown[message_id]

    async def _settle(
        self,
        shown: _Shown,
        card: Card,
        revision: int,
        edit: Callable[..., Awaitable[Any]],
    ) -> None:
        """Note what was shown, or show what is newer until nothing newer came meanwhile."""
        while shown.card is not None and shown.revision > revision:
            card, revision = shown.card, shown.revision
            await edit(view=card)
        shown.card, shown.revision = card, revision
