"""``/meeting``, the cards of meetings, and their reminders."""

from bot.delivery.crew import Host
from cogs.meetings.answering import Answering, MeetingCog
from cogs.meetings.changing import Changing
from cogs.meetings.finding import MeetingFinding
from cogs.meetings.planning import Planning
from cogs.meetings.reminding import ReminderCog

_COGS = (MeetingCog, Planning, Changing, Answering, MeetingFinding, ReminderCog)


async def setup(bot: Host) -> None:
    """Add the cogs."""
    for cog in _COGS:
        await bot.add_cog(cog(bot.crew))
