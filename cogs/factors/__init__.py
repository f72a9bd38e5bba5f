"""Factors: proposing, showing, listing, voting; and the key areas above them."""

from bot.client import LedaBot
from cogs.factors.cog import FactorCog
from cogs.factors.keyareas import KeyAreaCog


async def setup(bot: LedaBot) -> None:
    """Add the cogs."""
    await bot.add_cog(FactorCog(bot))
    await bot.add_cog(KeyAreaCog(bot))
