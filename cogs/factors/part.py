"""What the parts of ``/factor`` share."""

import discord
from discord.ext import commands

from bot.client import LedaBot
from bot.domain import factors, votes
from bot.domain.factor_views import FactorView
from bot.ui.answers import privately
from bot.ui.layout import Card
from cogs.factors.cards import OBJECTIONS_SHOWN, factor_card

FactorInteraction = discord.Interaction[LedaBot]


class Part(commands.Cog):
    """One part of what can be done with factors; :mod:`cogs.factors.cog` puts them together."""

    def __init__(self, bot: LedaBot) -> None:
        self.bot = bot

    async def private_card(self, interaction: FactorInteraction, factor: FactorView) -> Card:
        """A factor for one person: in their language, with the reasons of those who object."""
        against = await self.bot.db.read(
            votes.objections, factor.programme_id, factor.id, now=self.bot.now()
        )
        return factor_card(self.bot.words_for(interaction), factor, against[:OBJECTIONS_SHOWN])

    async def show_privately(self, interaction: FactorInteraction, factor: FactorView) -> None:
        """Show a factor to one person; what they see follows what changes, for some minutes."""
        message_id = await privately(interaction, await self.private_card(interaction, factor))

        async def render() -> tuple[Card, int]:
            now = await self.bot.db.read(
                factors.show, factor.programme_id, factor.id, now=self.bot.now()
            )
            return await self.private_card(interaction, now), now.revision

        self.bot.cards.follow([factor.id], interaction, message_id, render)
