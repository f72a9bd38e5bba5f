"""How a participant wants to be reached."""

from bot.client import LedaBot
from cogs.members.cog import NotifyCog


async def setup(bot: LedaBot) -> None:
    """Add the cog."""
    await bot.add_cog(NotifyCog(bot))
