"""Organisations: who takes part, who answers for them, and how their people get in."""

from bot.delivery.crew import Host
from cogs.organisations.cog import OrganisationCog
from cogs.organisations.presses import OrganisationPresses


async def setup(bot: Host) -> None:
    """Add the commands and the buttons."""
    await bot.add_cog(OrganisationCog(bot.crew))
    await bot.add_cog(OrganisationPresses(bot.crew))
