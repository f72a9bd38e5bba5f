"""Factors: proposing, showing, listing, voting."""

from bot.client import LedaBot
from cogs.factors.cog import FactorCog


async def setup(bot: LedaBot) -> None:
    """Add the cog."""
    await bot.add_cog(FactorCog(bot))
