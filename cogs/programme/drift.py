"""Noticing what was deleted or closed by hand, and telling the coordinators, once."""

import asyncio
import logging
from functools import partial

import discord
from discord.ext import commands

from bot.delivery.coordinators import tell_coordinators
from bot.delivery.crew import Crew
from bot.domain.kit.errors import NotSetUp
from bot.domain.programme import status
from cogs.kit.health import is_above, lost, note_troubles
from cogs.programme.cards import drift_card

_log = logging.getLogger(__name__)


class DriftWatch(commands.Cog):
    """Looks at a server's places soon after something that may concern them has changed.

    A look compares what stands with what should; what leda changes itself is right by then, so
    it never raises the alarm.
    """

    # Seconds to wait for what belongs together: a category and its channels are deleted one by
    # one.
    pause = 2.0

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works
        self._due: set[int] = set()
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def cog_unload(self) -> None:
        """Stop looking."""
        for task in [*self._tasks.values()]:
            task.cancel()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Find what happened while leda was away."""
        for guild in self.works.client.guilds:
            await self._look(guild)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """It may have been a place of the programme's."""
        self._look_soon(channel.guild)

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """It may have been a place of the programme's, or leda's own."""
        self._look_soon(role.guild)

    @commands.Cog.listener()
    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """Something may have been closed to leda, or opened again."""
        if before.overwrites != after.overwrites:
            self._look_soon(after.guild)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Permissions of ours may have changed, or a role stand above our own now."""
        if after in after.guild.me.roles:
            concerns = before.permissions != after.permissions or after.position < before.position
        else:
            concerns = after.position > before.position and is_above(after)
        if concerns:
            self._look_soon(after.guild)

    def _look_soon(self, guild: discord.Guild) -> None:
        self._due.add(guild.id)
        if guild.id not in self._tasks:
            task = asyncio.create_task(self._look_while_due(guild))
            self._tasks[guild.id] = task
            task.add_done_callback(lambda _: self._tasks.pop(guild.id, None))

    async def _look_while_due(self, guild: discord.Guild) -> None:
        while guild.id in self._due:
            await asyncio.sleep(self.pause)
            self._due.discard(guild.id)
            await self._look(guild)

    async def _look(self, guild: discord.Guild) -> None:
        try:
            async with self.crew.turns.of(guild.id):
                await tell_news(self.crew, guild)
        except NotSetUp:
            pass  # a server without a programme has nothing to lose
        except Exception:  # noqa: BLE001 - nobody waits for it; the log tells
            if not self.works.client.is_closed():  # else it was only too late to look
                _log.exception("could not look at the places of %s", guild.id)


async def tell_news(crew: Crew, guild: discord.Guild) -> None:
    """Tell the coordinators what is wrong that they have not been told of.

    Raises:
        NotSetUp: the server has no programme.
    """
    if guild.unavailable:  # Discord's own trouble: nothing can be seen
        return
    found = await lost(crew.works, guild)
    known = await crew.works.visit(guild.id).read(status.known_troubles)
    news = [trouble for trouble in found if trouble.mark not in known]
    told = not news or await tell_coordinators(
        crew.works, guild.id, partial(drift_card, guild.id, news)
    )
    if told:  # else the next look tries again
        await note_troubles(crew.works, guild, found)
