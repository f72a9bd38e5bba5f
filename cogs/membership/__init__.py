"""Joining and leaving, and asking to be let in."""

from bot.client import LedaBot
from cogs.membership.cog import MemberCog
from cogs.membership.requests import RequestCog


async def setup(bot: LedaBot) -> None:
    """Add the cogs."""
    await bot.add_cog(MemberCog(bot))
    await bot.add_cog(RequestCog(bot))
