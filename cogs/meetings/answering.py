"""Answering a meeting, and saying afterwards that one was there."""

from bot.delivery.patience import TROUBLES
from bot.domain.factors import origins
from bot.domain.meetings.views import MeetingView
from bot.domain.membership import answering
from bot.ui.answers import in_place
from bot.ui.presses import handles
from cogs.meetings.cards import meeting_card
from cogs.meetings.part import MeetingInteraction, MeetingPart
from storage.enums import Answer


class Answering(MeetingPart):
    """Answering meetings."""

    @handles("attend:1")
    async def answer(
        self, interaction: MeetingInteraction, occurrence_id: int, answer: Answer
    ) -> None:
        """Count an answer; the same once more takes it back."""
        meeting = await self.works.db.write(
            answering.answer,
            interaction.guild_id or 0,
            occurrence_id,
            interaction.user.id,
            answer,
            now=self.works.now(),
        )
        await self._answered(interaction, meeting)

    @handles("therewas:1")
    async def was_there(self, interaction: MeetingInteraction, occurrence_id: int) -> None:
        """Count somebody as having been there; once more, and they were not."""
        meeting = await self.works.db.write(
            answering.attend,
            interaction.guild_id or 0,
            occurrence_id,
            interaction.user.id,
            now=self.works.now(),
        )
        await self._answered(interaction, meeting)

    async def _answered(self, interaction: MeetingInteraction, meeting: MeetingView) -> None:
        """Update the card that was pressed, and the public one where that is another."""
        message = interaction.message
        if message is None or message.id != meeting.message_id:
            await in_place(interaction, await self.private_card(interaction, meeting))
            self.crew.meetings.refresh(meeting)
            return
        # The time that was answered need not be the one that the card is about by now.
        now = await self.works.db.read(
            origins.meeting, meeting.programme_id, meeting.id, now=self.works.now()
        )
        card = meeting_card(self.works.speech.in_(now.language, now.programme_id), now)
        try:
            await self.crew.cards.answer(interaction, card, now.revision)
        except TROUBLES:
            # The answer counts all the same, and whoever does not see that would press again.
            self.crew.meetings.refresh(now)
            raise
