"""Showing a meeting to whoever asks for it, in a command or with a press."""

from bot.ask import Ask
from bot.domain.factors import origins
from bot.domain.kit.errors import StalePress
from bot.domain.kit.people import is_coordinator
from bot.domain.meetings import answers, meetings
from bot.domain.meetings.views import MeetingView
from bot.ui.layout import Card
from cogs.meetings.cards import ANSWERS
from cogs.meetings.more_cards import more_card, own_answer_card
from storage.enums import Answer


async def named(ask: Ask, said: str) -> MeetingView:
    """The meeting that a person named in a command."""
    meeting_id = await ask.read(meetings.need, said)
    return await ask.read(origins.meeting, meeting_id)


async def at(ask: Ask, occurrence_id: int) -> MeetingView:
    """A meeting at one of its times."""
    return await ask.read(origins.meeting_at, occurrence_id)


def need_offered(answer: Answer) -> None:
    """Let only an answer pass that cards have a button for; taking it back is another press.

    Raises:
        StalePress: it is none.
    """
    if answer not in ANSWERS:
        raise StalePress


async def private_card(ask: Ask, meeting: MeetingView) -> Card:
    """A meeting for one person: in their language, with what they answered and may do."""
    manages = await ask.read(is_coordinator)
    mine = await ask.read(answers.mine, meeting.shown.id, ask.person.id)
    return more_card(ask.words, meeting, mine, manages=manages)


async def own_card(ask: Ask, occurrence_id: int) -> Card:
    """What one person has said to a meeting already, and how they take it back."""
    mine = await ask.read(answers.mine, occurrence_id, ask.person.id)
    return own_answer_card(ask.words, ask.programme_id, mine)
