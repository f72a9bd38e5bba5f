"""**What needs me?**, and the weekly lists of it."""

from bot.delivery.crew import Host
from cogs.needs.cog import HomeCog
from cogs.needs.weekly import WeeklyListCog


async def setup(bot: Host) -> None:
    """Add the cogs."""
    await bot.add_cog(HomeCog(bot.crew))
    await bot.add_cog(WeeklyListCog(bot.crew))
