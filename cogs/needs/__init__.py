"""**What needs me?**, and the weekly lists of it."""

from bot.delivery.crew import Host
from cogs.needs.cog import NeedsCog


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(NeedsCog(bot.crew))
