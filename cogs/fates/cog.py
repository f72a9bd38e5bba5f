"""**What became of mine**, from *My choices*."""

from discord.ext import commands

from bot.ask import Ask
from bot.domain.fates import fates
from bot.ui.presses import handles
from cogs.fates.cards import fates_card


class FateCog(commands.Cog):
    """What became of what somebody gave."""

    @handles("fates:1", direct=True)
    async def show(self, ask: Ask) -> None:
        """What became of theirs, beside their choices."""
        await ask.answer(fates_card(ask.words, await ask.read(fates.mine)))
