"""The home card's answers that belong to no other feature, and what waits for people."""

from bot.client import LedaBot
from cogs.home.cog import HomeCog
from cogs.home.weekly import WeeklyListCog


async def setup(bot: LedaBot) -> None:
    """Add the cogs."""
    await bot.add_cog(HomeCog(bot))
    await bot.add_cog(WeeklyListCog(bot))
