"""**More…**: everything about one factor, for the person alone."""

import asyncio
from io import BytesIO

import discord

from bot.domain.factors import details, factors
from bot.domain.factors.views import FactorView
from bot.i18n.words import Words
from bot.ui.answers import in_place, person_of, privately
from bot.ui.layout import Card
from bot.ui.presses import handles
from cogs.factors.detail_cards import details_card, experiences_card, objections_card, text_card
from cogs.factors.part import FactorInteraction, FactorPart
from cogs.factors.picture import drawn
from cogs.factors.why_cards import PICTURE, stances_of, why_card


class FactorReading(FactorPart):
    """Reading all there is about a factor."""

    @handles("more:1")
    async def more(self, interaction: FactorInteraction, factor_id: int) -> None:
        """Everything about a factor, beside the card that was pressed."""
        await privately(interaction, await self._details(interaction, factor_id))

    @handles("back:1")
    async def back(self, interaction: FactorInteraction, factor_id: int) -> None:
        """The same in place of what was read."""
        await in_place(interaction, await self._details(interaction, factor_id))

    @handles("text:1")
    async def text(self, interaction: FactorInteraction, factor_id: int, page: int) -> None:
        """The whole of a long text."""
        factor = await self._factor(interaction, factor_id)
        await in_place(
            interaction,
            text_card(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0), factor, page
            ),
        )

    @handles("why:1")
    async def why(self, interaction: FactorInteraction, factor_id: int) -> None:
        """Why a factor stands where it does, with a picture that takes a moment to draw."""
        factor = await self._factor(interaction, factor_id)
        message = interaction.message
        own = message is not None and message.flags.ephemeral
        await interaction.response.defer(ephemeral=True, thinking=not own)
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        files = await _pictures(words, factor)
        await interaction.edit_original_response(view=why_card(words, factor), attachments=files)

    @handles("objections:1")
    async def objections(self, interaction: FactorInteraction, factor_id: int, page: int) -> None:
        """Why people object."""
        found = await self.works.db.read(
            details.objections, interaction.guild_id or 0, factor_id, now=self.works.now()
        )
        await in_place(
            interaction,
            objections_card(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0), found, page
            ),
        )

    @handles("experiences:1")
    async def experiences(self, interaction: FactorInteraction, factor_id: int, page: int) -> None:
        """What organisations tell."""
        found = await self.works.db.read(
            details.told,
            interaction.guild_id or 0,
            person_of(interaction),
            factor_id,
            now=self.works.now(),
        )
        card = experiences_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), found, page
        )
        await in_place(interaction, card)

    async def _details(self, interaction: FactorInteraction, factor_id: int) -> Card:
        found = await self.works.db.read(
            details.of,
            interaction.guild_id or 0,
            person_of(interaction),
            factor_id,
            now=self.works.now(),
        )
        return details_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), found
        )

    async def _factor(self, interaction: FactorInteraction, factor_id: int) -> FactorView:
        return await self.works.db.read(
            factors.show, interaction.guild_id or 0, factor_id, now=self.works.now()
        )


async def _pictures(words: Words, factor: FactorView) -> list[discord.File]:
    """Where organisations stand; of a factor that is merged into another, nothing is drawn."""
    if factor.merged_into is not None:
        return []
    image = await asyncio.to_thread(drawn, words, stances_of(factor.tally))
    return [discord.File(BytesIO(image), PICTURE)]
