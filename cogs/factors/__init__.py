"""Factors: proposing, showing, listing, voting; and the key areas above them."""

from bot.delivery.crew import Host
from cogs.factors.cog import FactorCog
from cogs.factors.keyareas import KeyAreaCog


async def setup(bot: Host) -> None:
    """Add the cogs."""
    await bot.add_cog(FactorCog(bot.crew))
    await bot.add_cog(KeyAreaCog(bot.crew))
