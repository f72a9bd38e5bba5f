"""**What needs me?**, from the home card."""

from typing import Any

import discord
from discord.ext import commands

from bot.delivery.crew import Crew
from bot.domain.needs import needs
from bot.ui.answers import person_of, privately
from bot.ui.presses import handles
from cogs.needs.cards import needs_card

_Interaction = discord.Interaction[Any]


class HomeCog(commands.Cog):
    """The home card's answers that belong to no other feature."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @handles("needs:1")
    async def needs(self, interaction: _Interaction) -> None:
        """What waits for the person."""
        found = await self.works.db.read(
            needs.of, interaction.guild_id or 0, person_of(interaction), now=self.works.now()
        )
        await privately(
            interaction,
            needs_card(self.works.speech.to(interaction.locale, interaction.guild_id or 0), found),
        )
