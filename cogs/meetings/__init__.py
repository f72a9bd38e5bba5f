"""``/meeting``, and the cards of meetings."""

from bot.client import LedaBot
from cogs.meetings.cog import MeetingCog


async def setup(bot: LedaBot) -> None:
    """Add the cog."""
    await bot.add_cog(MeetingCog(bot))
