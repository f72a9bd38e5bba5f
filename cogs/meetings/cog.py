"""What happens to meetings' cards without anybody asking."""

from collections.abc import Sequence

import discord
from discord.ext import commands

from bot.delivery.crew import Crew
from bot.domain.meetings import meetings
from cogs.meetings.cards import meeting_card


class MeetingCog(commands.Cog):
    """Meetings' cards: how they are drawn, and what is deleted is noticed."""

    def __init__(self, crew: Crew) -> None:
        self.works = crew.works
        crew.meetings.drawn_by(meeting_card)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """It may have been a meeting's card."""
        await self._lost(event.guild_id, [event.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Meetings' cards may have been among them."""
        await self._lost(event.guild_id, sorted(event.message_ids))

    async def _lost(self, guild_id: int | None, message_ids: Sequence[int]) -> None:
        if guild_id is not None:
            await self.works.visit(guild_id).write(meetings.lost, message_ids)
