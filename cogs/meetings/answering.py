"""Answering a meeting, and saying afterwards that one was there."""

from collections.abc import Sequence

import discord
from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.factors import origins
from bot.domain.meetings import meetings
from bot.domain.meetings.views import MeetingView
from bot.domain.membership import answering
from bot.patience import TROUBLES
from bot.ui.layout import note
from bot.ui.presses import handles
from bot.ui.text import clip, escape
from cogs.meetings.cards import meeting_card
from cogs.meetings.said import TITLE_SHOWN
from cogs.meetings.showing import need_offered, own_card, private_card
from storage.enums import Answer


class Answering(commands.Cog):
    """Answering meetings."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @handles("attend:1")
    async def answer(self, ask: Ask, occurrence_id: int, answer: Answer) -> None:
        """Count an answer; the same once more changes nothing."""
        need_offered(answer)
        who, said_at = ask.person.id, ask.said_at
        meeting = await ask.write(answering.answer, occurrence_id, who, answer, said_at=said_at)
        await self._answered(ask, occurrence_id, meeting)

    @handles("therewas:1")
    async def was_there(self, ask: Ask, occurrence_id: int) -> None:
        """Count somebody as having been there; once more changes nothing."""
        meeting = await ask.write(answering.attend, occurrence_id, ask.person.id)
        await self._answered(ask, occurrence_id, meeting)

    @handles("answerback:1", direct=True)
    async def take_back(self, ask: Ask, occurrence_id: int) -> None:
        """Take the person's own answer back; the card follows."""
        who, said_at = ask.person.id, ask.said_at
        done = await ask.write(
            answering.answer, occurrence_id, who, Answer.OPEN, elsewhere=True, said_at=said_at
        )
        await self._took_back(ask, occurrence_id, done, "meeting.answer.taken_back")

    @handles("thereback:1")
    async def was_not_there(self, ask: Ask, occurrence_id: int) -> None:
        """Count somebody no more as having been there; the card follows."""
        done = await ask.write(answering.attend, occurrence_id, ask.person.id, there=False)
        await self._took_back(ask, occurrence_id, done, "meeting.there.taken_back")

    async def _took_back(
        self, ask: Ask, occurrence_id: int, done: MeetingView | None, key: str
    ) -> None:
        if done is None:
            await ask.update(await own_card(ask, occurrence_id))
            return
        await ask.update(note(ask.words(key, title=clip(escape(done.shown.title), TITLE_SHOWN))))
        self.crew.meetings.refresh(done)

    async def _answered(self, ask: Ask, occurrence_id: int, meeting: MeetingView | None) -> None:
        """Update the card that was pressed, and the public one where that is another."""
        if meeting is None:
            await ask.answer(await own_card(ask, occurrence_id))
            return
        if ask.message_id is None or ask.message_id != meeting.message_id:
            await ask.update(await private_card(ask, meeting))
            self.crew.meetings.refresh(meeting)
            return
        # The time that was answered need not be the one that the card is about by now.
        now = await ask.read(origins.meeting, meeting.id)
        card = meeting_card(ask.works.speech.in_(now.language, now.programme_id), now)
        try:
            await self.crew.cards.answer(ask.raw, card, now.revision)
        except TROUBLES:
            # The answer counts all the same, and whoever does not see that would press again.
            self.crew.meetings.refresh(now)
            raise


class MeetingCog(commands.Cog):
    """Meetings' cards: how they are drawn, and what is deleted is noticed."""

    def __init__(self, crew: Crew) -> None:
        self.works = crew.works
        crew.meetings.drawn_by(meeting_card)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """It may have been a meeting's card."""
        await self._lost(event.guild_id, [event.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Meetings' cards may have been among them."""
        await self._lost(event.guild_id, sorted(event.message_ids))

    async def _lost(self, guild_id: int | None, message_ids: Sequence[int]) -> None:
        if guild_id is not None:
            await self.works.visit(guild_id).write(meetings.lost, message_ids)
