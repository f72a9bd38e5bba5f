"""The home card's answers that belong to no other feature."""

from bot.client import LedaBot
from cogs.home.cog import HomeCog


async def setup(bot: LedaBot) -> None:
    """Add the cog."""
    await bot.add_cog(HomeCog(bot))
