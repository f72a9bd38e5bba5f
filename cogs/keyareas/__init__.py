"""Key areas: the headings that factors are sorted under."""

from bot.client import LedaBot
from cogs.keyareas.cog import KeyAreaCog


async def setup(bot: LedaBot) -> None:
    """Add the cog."""
    await bot.add_cog(KeyAreaCog(bot))
