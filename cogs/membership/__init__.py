"""Joining and leaving, and asking to be let in."""

from bot.delivery.crew import Host
from cogs.membership.cog import MemberCog
from cogs.membership.requests import RequestCog


async def setup(bot: Host) -> None:
    """Add the cogs."""
    await bot.add_cog(MemberCog(bot.crew))
    await bot.add_cog(RequestCog(bot.crew))
