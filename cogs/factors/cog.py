"""``/factor``, put together from its parts."""

from collections.abc import Sequence

import discord
from discord.ext import commands

from bot.domain.factors import factors
from bot.domain.factors.views import FactorView
from bot.i18n.commands import described, named
from cogs.factors.deciding import Deciding
from cogs.factors.details import FactorReading
from cogs.factors.editing import Editing
from cogs.factors.files import Files
from cogs.factors.finding import FactorFinding
from cogs.factors.merging import Merging
from cogs.factors.posting import refresh
from cogs.factors.proposing import Proposing
from cogs.factors.telling import Telling
from cogs.factors.voting import FactorVoting


class FactorCog(
    Proposing,
    FactorVoting,
    FactorFinding,
    Telling,
    FactorReading,
    Editing,
    Deciding,
    Merging,
    Files,
    commands.GroupCog,
    group_name=named("factor"),
    group_description=described("command.factor"),
):
    """Factors: everything that can be done with them."""

    @commands.Cog.listener()
    async def on_factor_changed(self, factor: FactorView) -> None:
        """Show on the card what has changed around a factor."""
        refresh(self.crew, factor)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """It may have been a factor's card."""
        await self._lost(event.guild_id, messages=[event.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Factors' cards may have been among them."""
        await self._lost(event.guild_id, messages=sorted(event.message_ids))

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """It may have been what was said about a factor, in a forum with its card."""
        await self._lost(event.guild_id, thread=event.thread_id)

    async def _lost(
        self, guild_id: int | None, *, messages: Sequence[int] = (), thread: int | None = None
    ) -> None:
        if guild_id is not None:
            await self.works.db.write(factors.lost, guild_id, messages, thread)
