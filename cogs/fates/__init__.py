"""**What became of mine**."""

from bot.delivery.crew import Host
from cogs.fates.cog import FateCog


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(FateCog())
