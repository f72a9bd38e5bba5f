"""What the parts of ``/meeting`` share."""

from typing import Any

import discord
from discord.ext import commands

from bot.delivery.crew import Crew
from bot.domain.factors import origins
from bot.domain.kit.people import is_coordinator, need_coordinator
from bot.domain.meetings import answers, meetings
from bot.domain.meetings.views import MeetingView
from bot.ui.answers import person_of
from bot.ui.layout import Card
from cogs.meetings.more_cards import more_card

MeetingInteraction = discord.Interaction[Any]


class MeetingPart(commands.Cog):
    """One part of what can be done with meetings; :mod:`cogs.meetings.cog` puts them together."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    async def named(self, interaction: MeetingInteraction, said: str) -> MeetingView:
        """The meeting that a person named in a command."""
        guild_id, now = interaction.guild_id or 0, self.works.now()
        meeting_id = await self.works.db.read(meetings.need, guild_id, said, now=now)
        return await self.works.db.read(origins.meeting, guild_id, meeting_id, now=now)

    async def at(self, interaction: MeetingInteraction, occurrence_id: int) -> MeetingView:
        """A meeting at one of its times."""
        return await self.works.db.read(
            origins.meeting_at, interaction.guild_id or 0, occurrence_id, now=self.works.now()
        )

    async def need_coordinator(self, interaction: MeetingInteraction) -> None:
        """Let only coordinators go on."""
        await self.works.db.read(
            need_coordinator, interaction.guild_id or 0, person_of(interaction)
        )

    async def private_card(self, interaction: MeetingInteraction, meeting: MeetingView) -> Card:
        """A meeting for one person: in their language, with what they answered and may do."""
        guild_id, read = interaction.guild_id or 0, self.works.db.read
        manages = await read(is_coordinator, guild_id, person_of(interaction))
        mine = await read(answers.answer_of, guild_id, meeting.shown.id, interaction.user.id)
        return more_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0),
            meeting,
            mine,
            manages=manages,
        )
