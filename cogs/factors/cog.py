"""What happens to factors' cards without anybody asking."""

from collections.abc import Sequence

import discord
from discord.ext import commands

from bot.delivery.crew import Crew
from bot.domain.factors import factors
from bot.domain.factors.views import FactorView
from cogs.factors.posting import refresh


class FactorCog(commands.Cog):
    """Factors' cards: they follow what changes, and what is deleted is noticed."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

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
            await self.works.visit(guild_id).write(factors.lost, messages, thread)
