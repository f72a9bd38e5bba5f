"""What somebody can do here."""

from bot.delivery.crew import Host
from cogs.help.cog import HelpCog


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(HelpCog(bot.tree))
