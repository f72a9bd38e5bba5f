"""A draft before its author: what is like it, keeping it, dropping it."""

from bot.domain.factors import drafts, similar
from bot.domain.factors.draft_views import DraftView
from bot.ui.answers import person_of, privately
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.factors.draft_cards import Naming, preview_card, supported_card
from cogs.factors.part import FactorInteraction, FactorPart
from cogs.factors.posting import refresh


class Drafting(FactorPart):
    """What can be done with a draft beside changing and publishing it."""

    @handles("later:1")
    async def keep_draft(self, interaction: FactorInteraction, draft_id: int) -> None:
        """Leave the draft for later."""
        await self.draft(interaction, draft_id)
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await interaction.response.edit_message(view=note(words("draft.kept")))

    @handles("instead:1")
    async def support_instead(
        self, interaction: FactorInteraction, draft_id: int, factor_id: int
    ) -> None:
        """Support a factor that is there already; the draft is kept until its author drops it."""
        factor = await self.works.db.write(
            similar.support,
            interaction.guild_id or 0,
            factor_id,
            interaction.user.id,
            now=self.works.now(),
        )
        card = supported_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), factor, draft_id
        )
        await interaction.response.edit_message(view=card)
        refresh(self.crew, factor)

    @handles("draftmeeting:1")
    async def name_meeting(
        self, interaction: FactorInteraction, draft_id: int, naming: Naming
    ) -> None:
        """Say whether the factor came from the meeting that the preview speaks of."""
        draft = await self.works.db.write(
            drafts.name_meeting,
            interaction.guild_id or 0,
            person_of(interaction),
            draft_id,
            named=naming is Naming.ON,
            now=self.works.now(),
        )
        await self.preview(interaction, draft)

    @handles("discard:1")
    async def discard(self, interaction: FactorInteraction, draft_id: int) -> None:
        """Forget a draft."""
        await self.works.db.write(
            drafts.drop,
            interaction.guild_id or 0,
            person_of(interaction),
            draft_id,
            now=self.works.now(),
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await interaction.response.edit_message(view=note(words("draft.discarded")))

    async def preview(self, interaction: FactorInteraction, draft: DraftView) -> None:
        """Show a draft with what is like it, in place of the private card it came from."""
        alike = () if draft.problems else await self._similar(interaction, draft)
        card = preview_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), draft, alike
        )
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await interaction.response.edit_message(view=card)
        else:  # from a command, or from the home card, which is everyone's
            await privately(interaction, card)

    async def _similar(
        self, interaction: FactorInteraction, draft: DraftView
    ) -> tuple[similar.Similar, ...]:
        return await self.works.db.read(
            similar.to_draft,
            draft.programme_id,
            person_of(interaction),
            draft.id,
            now=self.works.now(),
        )

    async def draft(self, interaction: FactorInteraction, draft_id: int) -> DraftView:
        """A draft of the person's own."""
        return await self.works.db.read(
            drafts.view,
            interaction.guild_id or 0,
            person_of(interaction),
            draft_id,
            now=self.works.now(),
        )
