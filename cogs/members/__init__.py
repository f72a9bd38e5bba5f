"""How a participant wants to be reached."""

from bot.delivery.crew import Host
from cogs.members.cog import NotifyCog


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(NotifyCog(bot.crew))
