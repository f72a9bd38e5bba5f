"""Voting with the buttons of a card."""

from bot.domain import votes
from bot.domain.factor_views import FactorView
from bot.domain.votes import Ballot
from bot.ui.presses import handles
from cogs.factors.forms import objection_form
from cogs.factors.part import FactorInteraction, Part
from storage.enums import Choice


class Voting(Part):
    """Voting, changing one's vote, taking it back."""

    @handles("vote:1")
    async def vote(self, interaction: FactorInteraction, factor_id: int, choice: Choice) -> None:
        """Count a vote; whoever objects is asked why first."""
        if choice is Choice.OBJECT:
            await self._object(interaction, factor_id)
            return
        factor = await self._vote(interaction, factor_id, choice)
        await self.answer_vote(interaction, factor)

    @handles("objection:1")
    async def objected(
        self, interaction: FactorInteraction, typed: dict[str, str], factor_id: int
    ) -> None:
        """Count an objection with its reason."""
        reason = typed.get("reason", "")
        factor = await self._vote(interaction, factor_id, Choice.OBJECT, reason)
        await self.answer_vote(interaction, factor)

    async def _object(self, interaction: FactorInteraction, factor_id: int) -> None:
        mine = await self.bot.db.read(
            votes.ballot,
            interaction.guild_id or 0,
            factor_id,
            interaction.user.id,
            now=self.bot.now(),
        )
        if mine == Ballot(Choice.OBJECT):
            factor = await self._vote(interaction, factor_id, Choice.OBJECT)
            await self.answer_vote(interaction, factor)
            return
        words = self.bot.words_for(interaction)
        await interaction.response.send_modal(objection_form(words, factor_id))

    async def _vote(
        self,
        interaction: FactorInteraction,
        factor_id: int,
        choice: Choice,
        reason: str | None = None,
    ) -> FactorView:
        programme_id = interaction.guild_id or 0
        await self.bot.db.write(
            votes.cast,
            programme_id,
            factor_id,
            interaction.user.id,
            choice,
            reason=reason,
            now=self.bot.now(),
        )
        return await self.bot.recounts.count(programme_id, factor_id)
