"""What the parts of ``/factor`` share."""

import discord
from discord.ext import commands

from bot.client import LedaBot
from bot.delivery.rounds import check_members
from bot.domain import factors, votes
from bot.domain.factor_views import FactorView
from bot.ui.layout import Card
from cogs.factors.cards import OBJECTIONS_SHOWN, factor_card

FactorInteraction = discord.Interaction[LedaBot]


class Part(commands.Cog):
    """One part of what can be done with factors; :mod:`cogs.factors.cog` puts them together."""

    def __init__(self, bot: LedaBot) -> None:
        self.bot = bot

    async def named(self, interaction: FactorInteraction, said: str) -> FactorView:
        """The factor that a person named in a command."""
        return await self.bot.db.read(
            factors.named, interaction.guild_id or 0, said, now=self.bot.now()
        )

    async def see_who_is_here(self, interaction: FactorInteraction, *, anew: bool = True) -> None:
        """Before a decision: find out who has left. It takes a while, so the answer is put off.

        Args:
            interaction: what is answered later.
            anew: by a message of its own; else by the one that was pressed.
        """
        if anew:
            await interaction.response.defer(ephemeral=True, thinking=True)
        else:
            await interaction.response.defer()
        await check_members(self.bot, interaction.guild_id or 0, self.bot.now())

    async def private_card(self, interaction: FactorInteraction, factor: FactorView) -> Card:
        """A factor for one person: in their language, with the reasons of those who object."""
        against = await self.bot.db.read(
            votes.objections, factor.programme_id, factor.id, now=self.bot.now()
        )
        return factor_card(self.bot.words_for(interaction), factor, against[:OBJECTIONS_SHOWN])
