"""What the parts of ``/factor`` share."""

from typing import Any

import discord
from discord.ext import commands

from bot.delivery.crew import Crew
from bot.delivery.patience import TROUBLES
from bot.delivery.rounds import check_members
from bot.domain.factors import factors, votes
from bot.domain.factors.views import FactorView
from bot.ui.answers import privately
from bot.ui.layout import Card
from cogs.factors.cards import OBJECTIONS_SHOWN, factor_card
from cogs.factors.posting import refresh

FactorInteraction = discord.Interaction[Any]


class FactorPart(commands.Cog):
    """One part of what can be done with factors; :mod:`cogs.factors.cog` puts them together."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    async def named(self, interaction: FactorInteraction, said: str) -> FactorView:
        """The factor that a person named in a command."""
        return await self.works.db.read(
            factors.named, interaction.guild_id or 0, said, now=self.works.now()
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
        await check_members(self.crew, interaction.guild_id or 0, self.works.now())

    async def private_card(self, interaction: FactorInteraction, factor: FactorView) -> Card:
        """A factor for one person: in their language, with the reasons of those who object."""
        against = await self.works.db.read(
            votes.objections, factor.programme_id, factor.id, now=self.works.now()
        )
        return factor_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0),
            factor,
            against[:OBJECTIONS_SHOWN],
        )

    async def show_privately(self, interaction: FactorInteraction, factor: FactorView) -> None:
        """Show a factor to one person; what they see follows what changes, for some minutes."""
        message_id = await privately(interaction, await self.private_card(interaction, factor))

        async def render() -> tuple[Card, int]:
            now = await self.works.db.read(
                factors.show, factor.programme_id, factor.id, now=self.works.now()
            )
            return await self.private_card(interaction, now), now.revision

        self.crew.cards.follow([factor.id], interaction, message_id, render)

    async def answer_vote(self, interaction: FactorInteraction, factor: FactorView) -> None:
        """Update the card that was pressed, and the public one where that is another."""
        message = interaction.message
        public = message is not None and message.id == factor.message_id
        if public:
            card = factor_card(self.works.speech.in_(factor.language, factor.programme_id), factor)
        else:
            card = await self.private_card(interaction, factor)
        try:
            await self.crew.cards.answer(interaction, card, factor.revision)
        except TROUBLES:
            # The vote counts all the same, and whoever does not see that would press again.
            refresh(self.crew, factor)
            raise
        if public:
            self.crew.cards.changed(factor.id)
        else:
            refresh(self.crew, factor)
