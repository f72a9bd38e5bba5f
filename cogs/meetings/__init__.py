"""``/meeting``, the cards of meetings, and their reminders."""

from bot.delivery.crew import Host
from cogs.meetings.cog import MeetingCog
from cogs.meetings.reminding import ReminderCog


async def setup(bot: Host) -> None:
    """Add the cogs."""
    await bot.add_cog(MeetingCog(bot.crew))
    await bot.add_cog(ReminderCog(bot.crew))
