"""Joining and leaving, asking to be let in, how one is reached."""

from bot.client import LedaBot
from cogs.members.cog import MemberCog
from cogs.members.notify_cog import NotifyCog
from cogs.members.requests_cog import RequestCog


async def setup(bot: LedaBot) -> None:
    """Add the cogs."""
    await bot.add_cog(MemberCog(bot))
    await bot.add_cog(RequestCog(bot))
    await bot.add_cog(NotifyCog(bot))
