"""The home card, in its channel, as it is today."""

from bot.delivery.crew import Host
from cogs.home.cog import HomeCog


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(HomeCog(bot.crew))
