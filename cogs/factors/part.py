"""What the parts of ``/factor`` share."""

import discord
from discord.ext import commands

from bot.client import LedaBot
from bot.delivery.patience import TROUBLES
from bot.delivery.rounds import check_members
from bot.domain.factors import factors, votes
from bot.domain.factors.views import FactorView
from bot.ui.answers import privately
from bot.ui.layout import Card
from cogs.factors.cards import OBJECTIONS_SHOWN, factor_card
from cogs.factors.posting import refresh

FactorInteraction = discord.Interaction[LedaBot]


class FactorPart(commands.Cog):
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

    async def show_privately(self, interaction: FactorInteraction, factor: FactorView) -> None:
        """Show a factor to one person; what they see follows what changes, for some minutes."""
        message_id = await privately(interaction, await self.private_card(interaction, factor))

        async def render() -> tuple[Card, int]:
            now = await self.bot.db.read(
                factors.show, factor.programme_id, factor.id, now=self.bot.now()
            )
            return await self.private_card(interaction, now), now.revision

        self.bot.cards.follow([factor.id], interaction, message_id, render)

    async def answer_vote(self, interaction: FactorInteraction, factor: FactorView) -> None:
        """Update the card that was pressed, and the public one where that is another."""
        message = interaction.message
        public = message is not None and message.id == factor.message_id
        if public:
            card = factor_card(self.bot.words_in(factor.language, factor.programme_id), factor)
        else:
            card = await self.private_card(interaction, factor)
        try:
            await self.bot.cards.answer(interaction, card, factor.revision)
        except TROUBLES:
            # The vote counts all the same, and whoever does not see that would press again.
            refresh(self.bot, factor)
            raise
        if public:
            self.bot.cards.changed(factor.id)
        else:
            refresh(self.bot, factor)
