"""Showing a meeting to whoever asks for it, in a command or with a press."""

from bot.ask import Ask
from bot.domain.factors import origins
from bot.domain.kit.people import is_coordinator, need_coordinator
from bot.domain.meetings import answers, meetings
from bot.domain.meetings.views import MeetingView
from bot.ui.layout import Card
from cogs.meetings.more_cards import more_card


async def named(ask: Ask, said: str) -> MeetingView:
    """The meeting that a person named in a command."""
    guild_id, now = ask.programme_id, ask.works.now()
    meeting_id = await ask.works.db.read(meetings.need, guild_id, said, now=now)
    return await ask.works.db.read(origins.meeting, guild_id, meeting_id, now=now)


async def at(ask: Ask, occurrence_id: int) -> MeetingView:
    """A meeting at one of its times."""
    return await ask.works.db.read(
        origins.meeting_at, ask.programme_id, occurrence_id, now=ask.works.now()
    )


async def only_coordinators(ask: Ask) -> None:
    """Let only coordinators go on."""
    await ask.works.db.read(need_coordinator, ask.programme_id, ask.person)


async def private_card(ask: Ask, meeting: MeetingView) -> Card:
    """A meeting for one person: in their language, with what they answered and may do."""
    guild_id, read = ask.programme_id, ask.works.db.read
    manages = await read(is_coordinator, guild_id, ask.person)
    mine = await read(answers.answer_of, guild_id, meeting.shown.id, ask.person.id)
    return more_card(
        ask.words,
        meeting,
        mine,
        manages=manages,
    )
