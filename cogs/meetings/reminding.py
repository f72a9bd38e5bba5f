"""Reminders of meetings: what the courier posts, and what people press on it."""

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.meetings import answers, reminders
from bot.domain.membership import answering
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.meetings.posts import KINDS
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
        """Answer from a reminder; saying the same twice does not take it back here."""
        before = await ask.read(answers.answer_of, occurrence_id, ask.person.id)
        if before is not answer:
            await ask.write(answering.answer, occurrence_id, ask.person.id, answer, elsewhere=True)
            self.crew.follow_up(ask.programme_id)
        words = ask.words
        said = words("reminder.answered", answer=words(f"meeting.answer.{answer}"))
        await ask.answer(note(said))

    @handles("snooze:1", direct=True)
    async def snooze(self, ask: Ask, occurrence_id: int) -> None:
        """Remind once more."""
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
