"""Organisations: who takes part, who answers for them, and how their people get in."""

from bot.client import LedaBot
from cogs.organisations.cog import OrganisationCog
from cogs.organisations.presses import OrganisationPresses


async def setup(bot: LedaBot) -> None:
    """Add the commands and the buttons."""
    await bot.add_cog(OrganisationCog(bot))
    await bot.add_cog(OrganisationPresses(bot))
