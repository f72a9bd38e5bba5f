"""Reminders of meetings: what the courier posts, and what people press on it."""

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.delivery.parcels import PostKind, PostPart
from bot.domain.meetings import answers, reminders
from bot.domain.membership import answering
from bot.domain.posts.claims import Parcel, Thing
from bot.i18n.words import Words
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.meetings.reminder_cards import reminder_part
from storage.enums import Answer


class ReminderCog(commands.Cog):
    """Serves the ledger's posts about meetings.

    Personal ones may stand in a direct message, which names no server: their buttons carry the
    programme, and each use case looks the member up in it.
    """

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works
        for name in (reminders.POSTED, reminders.PERSONAL, reminders.CHANGE):
            crew.courier.take_on(name, PostKind(title=reminders.title, render=self._render))
        crew.courier.take_on(
            reminders.OWN, PostKind(title=reminders.own_title, render=self._render)
        )
        crew.courier.take_on(
            reminders.PEOPLE, PostKind(title=reminders.title, work=reminders.remind_people)
        )

    @handles("coming:1", direct=True)
    async def answer(
        self,
        ask: Ask,
        occurrence_id: int,
        answer: Answer,
    ) -> None:
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
        due = await ask.write(reminders.snooze, occurrence_id, ask.person.id)  # fmt: skip
        self.crew.courier.wake()
        words = ask.words
        when = f"<t:{int(due.timestamp())}:t>"
        await ask.answer(note(words("reminder.snoozed", when=when)))

    @handles("notthis:1", direct=True)
    async def mute(self, ask: Ask, occurrence_id: int) -> None:
        """Remind no more of this meeting."""
        await ask.write(answers.mute, occurrence_id, ask.person.id)  # fmt: skip
        words = ask.words
        await ask.answer(note(words("reminder.muted")))

    async def _render(self, words: Words, parcel: Parcel, thing: Thing) -> PostPart | None:
        reminded = await self.works.visit(parcel.programme_id).read(
            reminders.today, thing, parcel.people
        )
        return reminder_part(words, thing, reminded) if reminded else None
