"""Options of commands that name a meeting, or a time for one."""

from typing import Annotated

from bot.ask import Ask
from bot.domain.meetings import meetings
from bot.domain.programme import programmes
from bot.domain.when.ideas import ideas
from bot.i18n import dates
from bot.ui.commands import LABEL, Offered
from bot.ui.text import clip
from cogs.meetings.forms import WHEN_LIMIT


async def _meetings(ask: Ask, typed: str) -> list[tuple[str, str]]:
    """By title and date, which stays whole."""
    found = await ask.read(meetings.named, typed)
    offered = []
    for each in found:
        moment = dates.moment(ask.language, each.starts_at, each.zone)
        title = clip(each.title, LABEL - len(moment) - 3)
        offered.append((f"{title} · {moment}", str(each.id)))
    return offered


async def _times(ask: Ask, typed: str) -> list[tuple[str, str]]:
    """How a time is understood so far, in words."""
    zone = (await ask.read(programmes.view)).timezone
    found = ideas(typed, ask.language, zone, ask.works.now())
    return [(start.told(ask.language), start.typed) for start in found]


MeetingSaid = Annotated[str, Offered(_meetings, "command.meeting.show.meeting")]
WhenSaid = Annotated[str, Offered(_times, limit=WHEN_LIMIT)]
