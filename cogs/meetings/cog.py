"""``/meeting``, put together from its parts."""

from collections.abc import Sequence

import discord
from discord.ext import commands

from bot.delivery.crew import Crew
from bot.domain.meetings import meetings
from bot.i18n.commands import described, named
from cogs.meetings.answering import Answering
from cogs.meetings.cards import meeting_card
from cogs.meetings.changing import Changing
from cogs.meetings.finding import MeetingFinding


class MeetingCog(
    Changing,
    Answering,
    MeetingFinding,
    commands.GroupCog,
    group_name=named("meeting"),
    group_description=described("command.meeting"),
):
    """Meetings: everything that can be done with them."""

    def __init__(self, crew: Crew) -> None:
        super().__init__(crew)
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
            await self.works.db.write(meetings.lost, guild_id, message_ids)
