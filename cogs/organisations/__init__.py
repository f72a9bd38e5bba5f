"""Organisations: adding and listing them."""

from bot.client import LedaBot
from cogs.organisations.cog import OrganisationCog


async def setup(bot: LedaBot) -> None:
    """Add the cog."""
    await bot.add_cog(OrganisationCog(bot))
