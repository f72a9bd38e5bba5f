"""Reminders of meetings: what the courier posts, and what people press on it."""

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.meetings import answers, reminders
from bot.domain.membership import answering
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.meetings.posts import KINDS
from cogs.meetings.showing import need_offered, own_card
from storage.enums import Answer


class ReminderCog(commands.Cog):
    """Serves the ledger's posts about meetings.

    Personal ones may stand in a direct message, which names no server: their buttons carry the
    programme, and each use case looks the member up in it.
    """

    posts = KINDS

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @handles("coming:1", direct=True)
    async def answer(self, ask: Ask, occurrence_id: int, answer: Answer) -> None:
        """Answer from a reminder; the same once more changes nothing."""
        need_offered(answer)
        who, said_at = ask.person.id, ask.said_at
        done = await ask.write(
            answering.answer, occurrence_id, who, answer, elsewhere=True, said_at=said_at
        )
        if done is None:
            await ask.answer(await own_card(ask, occurrence_id))
            return
        self.crew.follow_up(ask.programme_id)
        words = ask.words
        said = words("reminder.answered", answer=words(f"meeting.answer.{answer}"))
        await ask.answer(note(said))

    @handles("snooze:1", direct=True)
    async def snooze(self, ask: Ask, occurrence_id: int) -> None:
        """Remind once more; a press while that is planned changes nothing."""
        due = await ask.write(reminders.snooze, occurrence_id, ask.person.id)
        self.crew.courier.wake()
        words = ask.words
        when = f"<t:{int(due.timestamp())}:t>"
        await ask.answer(note(words("reminder.snoozed", when=when)))

    @handles("notthis:1", direct=True)
    async def mute(self, ask: Ask, occurrence_id: int) -> None:
        """Remind no more of this meeting."""
        await ask.write(answers.mute, occurrence_id, ask.person.id)
        words = ask.words
        await ask.answer(note(words("reminder.muted")))
