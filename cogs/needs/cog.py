"""**What needs me?**, from the home card."""

import discord
from discord.ext import commands

from bot.client import LedaBot
from bot.domain.needs import needs
from bot.ui.answers import person_of, privately
from bot.ui.presses import handles
from cogs.needs.cards import needs_card

_Interaction = discord.Interaction[LedaBot]


class HomeCog(commands.Cog):
    """The home card's answers that belong to no other feature."""

    def __init__(self, bot: LedaBot) -> None:
        self.bot = bot

    @handles("needs:1")
    async def needs(self, interaction: _Interaction) -> None:
        """What waits for the person."""
        found = await self.bot.db.read(
            needs.of, interaction.guild_id or 0, person_of(interaction), now=self.bot.now()
        )
        await privately(interaction, needs_card(self.bot.words_for(interaction), found))
