"""The weekly digest: previewed, sent, posted."""

from bot.delivery.crew import Host
from cogs.digest.cog import DigestCog


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(DigestCog(bot.crew))
