"""A bot that does as little as a discord.py bot can: what leda's speed is held against.

It answers every press with the same card and remembers nothing; with ``--defer`` it does not even
show the card, and says only that it heard, as leda does in a crowd. ``LEDA_WIRE`` says where its
Discord is, as for ``tests.wire.launch``.
"""

import asyncio
import contextlib
import logging
import os
import signal
import sys
from typing import Any

import discord
from discord import ui

from tests.wire.launch import point

_HOW = "We let two units try it for four weeks and met every Friday. " * 4


class _Card(ui.LayoutView):
    """About as much as stands on a factor's card."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        row: ui.ActionRow[Any] = ui.ActionRow()
        for choice in ("support", "unsure", "object"):
            row.add_item(ui.Button(label=choice.title(), custom_id=f"vote:1:1:{choice}"))
        more: ui.ActionRow[Any] = ui.ActionRow()
        for name in ("experience", "more"):
            more.add_item(ui.Button(label=name.title(), custom_id=f"{name}:1:1"))
        texts = [ui.TextDisplay(text) for text in ("### Try it small first", "-# Kind", _HOW)]
        result = ui.TextDisplay("**Should this be in our shared result?**\n3 support · 1 unsure")
        self.add_item(ui.Container(*texts, result, row, more))

    def is_finished(self) -> bool:
        """Always, so that discord.py keeps no copy: as leda does it."""
        return True


class Bare(discord.AutoShardedClient):
    """The same intents as leda, and nothing else."""

    def __init__(self, *, defers: bool) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True), max_messages=None
        )
        self._card, self._defers = _Card(), defers

    async def on_ready(self) -> None:
        logging.getLogger(__name__).info("ready in %s servers", len(self.guilds))

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        if self._defers:
            await interaction.response.defer()
        else:
            await interaction.response.edit_message(view=self._card)


async def serve() -> None:
    loop = asyncio.get_running_loop()
    async with Bare(defers="--defer" in sys.argv) as bot:
        running = asyncio.ensure_future(bot.start(os.environ["DISCORD_TOKEN"]))
        loop.add_signal_handler(signal.SIGTERM, running.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await running


def main() -> None:
    logging.basicConfig(level=logging.INFO)
    point(os.environ["LEDA_WIRE"])
    try:
        import uvloop
    except ImportError:
        asyncio.run(serve())
    else:
        uvloop.run(serve())


if __name__ == "__main__":
    main()
