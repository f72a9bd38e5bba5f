"""Voting with the buttons of a card."""

from bot.domain.factors import votes
from bot.domain.factors.votes import Ballot
from bot.ui.presses import handles
from cogs.factors.forms import objection_form
from cogs.factors.part import FactorInteraction, FactorPart
from storage.enums import Choice

# So many presses under way are a crowd.
_CROWD = 12


class FactorVoting(FactorPart):
    """Voting, changing one's vote, taking it back."""

    _under_way = 0

    @handles("vote:1")
    async def vote(self, interaction: FactorInteraction, factor_id: int, choice: Choice) -> None:
        """Count a vote; whoever objects is asked why first."""
        if choice is Choice.OBJECT:
            await self._object(interaction, factor_id)
            return
        await self._vote(interaction, factor_id, choice)

    @handles("objection:1")
    async def objected(
        self, interaction: FactorInteraction, typed: dict[str, str], factor_id: int
    ) -> None:
        """Count an objection with its reason."""
        reason = typed.get("reason", "")
        await self._vote(interaction, factor_id, Choice.OBJECT, reason)

    async def _object(self, interaction: FactorInteraction, factor_id: int) -> None:
        mine = await self.works.db.read(
            votes.ballot,
            interaction.guild_id or 0,
            factor_id,
            interaction.user.id,
            now=self.works.now(),
        )
        if mine == Ballot(Choice.OBJECT):
            await self._vote(interaction, factor_id, Choice.OBJECT)
            return
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await interaction.response.send_modal(objection_form(words, factor_id))

    async def _vote(
        self,
        interaction: FactorInteraction,
        factor_id: int,
        choice: Choice,
        reason: str | None = None,
    ) -> None:
        """Record a vote, and answer once it is on disk.

        The answer is the card with the vote on it. In a crowd it only says that it was heard, and
        the card follows once for all: else most would wait for longer than Discord does.
        """
        self._under_way += 1
        try:
            crowd = self._under_way > _CROWD and _is_public(interaction)
            await self._cast(interaction, factor_id, choice, reason)
            if crowd:
                self.crew.recounts.wake(interaction.guild_id or 0)
                await interaction.response.defer()
                return
            factor = await self.crew.recounts.count(interaction.guild_id or 0, factor_id)
            await self.answer_vote(interaction, factor)
        finally:
            self._under_way -= 1

    async def _cast(
        self, interaction: FactorInteraction, factor_id: int, choice: Choice, reason: str | None
    ) -> None:
        await self.works.db.write(
            votes.cast,
            interaction.guild_id or 0,
            factor_id,
            interaction.user.id,
            choice,
            reason=reason,
            now=self.works.now(),
        )


def _is_public(interaction: FactorInteraction) -> bool:
    """Whether everyone sees the card, so that it can follow by itself."""
    return interaction.message is not None and not interaction.message.flags.ephemeral
