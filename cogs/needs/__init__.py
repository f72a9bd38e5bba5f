"""**What needs me?**, and the weekly lists of it."""

from bot.client import LedaBot
from cogs.needs.cog import HomeCog
from cogs.needs.weekly import WeeklyListCog


async def setup(bot: LedaBot) -> None:
    """Add the cogs."""
    await bot.add_cog(HomeCog(bot))
    await bot.add_cog(WeeklyListCog(bot))
