"""My data: seeing it, being forgotten."""

from bot.client import LedaBot
from cogs.privacy.cog import PrivacyCog


async def setup(bot: LedaBot) -> None:
    """Add the cog."""
    await bot.add_cog(PrivacyCog(bot))
