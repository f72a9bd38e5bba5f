"""What somebody can do here."""

from bot.client import LedaBot
from cogs.help.cog import HelpCog


async def setup(bot: LedaBot) -> None:
    """Add the cog."""
    await bot.add_cog(HelpCog(bot))
