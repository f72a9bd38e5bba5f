"""The weekly digest: previewed, sent, posted."""

from bot.client import LedaBot
from cogs.digest.cog import DigestCog


async def setup(bot: LedaBot) -> None:
    """Add the cog."""
    await bot.add_cog(DigestCog(bot))
