"""**More…**: everything about one factor, for the person alone."""

import asyncio
from io import BytesIO

import discord
from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.factors import details, factors
from bot.domain.factors.views import FactorView
from bot.i18n.words import Words
from bot.ui.layout import Card
from bot.ui.presses import handles
from cogs.factors.detail_cards import details_card, experiences_card, objections_card, text_card
from cogs.factors.picture import drawn
from cogs.factors.why_cards import PICTURE, stances_of, why_card


class FactorReading(commands.Cog):
    """Reading all there is about a factor."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @handles("more:1")
    async def more(self, ask: Ask, factor_id: int) -> None:
        """Everything about a factor, beside the card that was pressed."""
        await ask.answer(await self._details(ask, factor_id))

    @handles("back:1")
    async def back(self, ask: Ask, factor_id: int) -> None:
        """The same in place of what was read."""
        await ask.update(await self._details(ask, factor_id))

    @handles("text:1")
    async def text(self, ask: Ask, factor_id: int, page: int) -> None:
        """The whole of a long text."""
        factor = await self._factor(ask, factor_id)
        await ask.update(text_card(ask.words, factor, page))

    @handles("why:1")
    async def why(self, ask: Ask, factor_id: int) -> None:
        """Why a factor stands where it does, with a picture that takes a moment to draw."""
        factor = await self._factor(ask, factor_id)
        await ask.later(anew=not ask.pressed_own)
        words = ask.words
        files = await _pictures(words, factor)
        await ask.go_on(why_card(words, factor), *files)

    @handles("objections:1")
    async def objections(self, ask: Ask, factor_id: int, page: int) -> None:
        """Why people object."""
        found = await ask.read(details.objections, factor_id)
        await ask.update(objections_card(ask.words, found, page))

    @handles("experiences:1")
    async def experiences(self, ask: Ask, factor_id: int, page: int) -> None:
        """What organisations tell."""
        found = await ask.read(details.told, factor_id)
        card = experiences_card(ask.words, found, page)
        await ask.update(card)

    async def _details(self, ask: Ask, factor_id: int) -> Card:
        found = await ask.read(details.of, factor_id)
        return details_card(ask.words, found)

    async def _factor(self, ask: Ask, factor_id: int) -> FactorView:
        return await ask.read(factors.show, factor_id)


async def _pictures(words: Words, factor: FactorView) -> list[discord.File]:
    """Where organisations stand; of a factor that is merged into another, nothing is drawn."""
    if factor.merged_into is not None:
        return []
    image = await asyncio.to_thread(drawn, words, stances_of(factor.tally))
    return [discord.File(BytesIO(image), PICTURE)]
