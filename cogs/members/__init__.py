"""Joining and leaving."""

from bot.client import LedaBot
from cogs.members.cog import MemberCog


async def setup(bot: LedaBot) -> None:
    """Add the cog."""
    await bot.add_cog(MemberCog(bot))
