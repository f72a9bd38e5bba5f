"""``/meeting``, the cards of meetings, and their reminders."""

from bot.client import LedaBot
from cogs.meetings.cog import MeetingCog
from cogs.meetings.reminding import ReminderCog


async def setup(bot: LedaBot) -> None:
    """Add the cogs."""
    await bot.add_cog(MeetingCog(bot))
    await bot.add_cog(ReminderCog(bot))
