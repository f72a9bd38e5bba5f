"""**What needs me?**, from the home card."""

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.needs import needs
from bot.ui.presses import handles
from cogs.needs.cards import needs_card


class HomeCog(commands.Cog):
    """The home card's answers that belong to no other feature."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @handles("needs:1")
    async def needs(self, ask: Ask) -> None:
        """What waits for the person."""
        found = await ask.read(needs.of)
        await ask.answer(
            needs_card(ask.words, found),
        )
