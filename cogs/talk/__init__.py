"""How much is said where."""

from bot.client import LedaBot
from cogs.talk.cog import TalkCog


async def setup(bot: LedaBot) -> None:
    """Add the cog."""
    await bot.add_cog(TalkCog(bot))
