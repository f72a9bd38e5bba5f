"""Merging factors, and undoing it."""

from discord import app_commands

from bot.delivery.telling import tell_about
from bot.domain.factors import merging
from bot.domain.factors.merging import Merged
from bot.i18n.commands import described, named
from bot.ui import completion
from bot.ui.answers import person_of, privately
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.factors.deciding_cards import (
    left_text,
    merge_question_card,
    merged_card,
    merged_text,
    parted_text,
    received_text,
    unmerged_card,
)
from cogs.factors.deciding_forms import merge_form
from cogs.factors.part import FactorInteraction, FactorPart
from cogs.factors.posting import refresh


class Merging(FactorPart):
    """Merging factors into each other."""

    @app_commands.command(name=named("merge"), description=described("command.factor.merge"))
    @app_commands.describe(
        factor=described("command.factor.show.factor"),
        into=described("command.factor.merge.into"),
        reason=described("command.factor.reason"),
    )
    @app_commands.rename(factor=named("factor"), into=named("into"), reason=named("reason"))
    @app_commands.autocomplete(factor=completion.open_factor, into=completion.open_factor)
    async def merge(
        self, interaction: FactorInteraction, factor: str, into: str, reason: str = ""
    ) -> None:
        """Say what merging would do; first ask why, where no reason was given."""
        one, other = await self.named(interaction, factor), await self.named(interaction, into)
        if reason:
            await self._ask(interaction, one.id, other.id, reason)
            return
        await self._need_mergeable(interaction, one.id, other.id)
        form = merge_form(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), one.id, other.id
        )
        await interaction.response.send_modal(form)

    @handles("merging:1")
    async def reasoned(
        self, interaction: FactorInteraction, typed: dict[str, str], factor_id: int, into_id: int
    ) -> None:
        """The form with the reason."""
        await self._ask(interaction, factor_id, into_id, typed.get("reason", ""))

    async def _ask(
        self, interaction: FactorInteraction, factor_id: int, into_id: int, reason: str
    ) -> None:
        await self._need_mergeable(interaction, factor_id, into_id)
        await self.see_who_is_here(interaction)
        question = await self.works.db.write(
            merging.ask,
            interaction.guild_id or 0,
            person_of(interaction),
            factor_id,
            into_id,
            reason,
            now=self.works.now(),
        )
        card = merge_question_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), question
        )
        await privately(interaction, card)

    async def _need_mergeable(
        self, interaction: FactorInteraction, factor_id: int, into_id: int
    ) -> None:
        await self.works.db.read(
            merging.need_mergeable,
            interaction.guild_id or 0,
            person_of(interaction),
            factor_id,
            into_id,
        )

    @handles("mergenow:1")
    async def merge_now(self, interaction: FactorInteraction, question_id: int) -> None:
        """Do what was asked about."""
        asked = (interaction.guild_id or 0, person_of(interaction), question_id)
        await self.works.db.read(merging.need_question, *asked, now=self.works.now())
        await self.see_who_is_here(interaction, anew=False)
        done = await self.works.db.write(merging.confirm, *asked, now=self.works.now())
        card = merged_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), done
        )
        await interaction.edit_original_response(view=card)
        self._refresh_both(done)
        know = {interaction.user.id}
        told = await tell_about(
            self.works, done.merged, lambda words: merged_text(words, done), but=know
        )
        await tell_about(
            self.works, done.into, lambda words: received_text(words, done), but={*know, told}
        )

    @handles("mergenot:1")
    async def leave_apart(self, interaction: FactorInteraction, question_id: int) -> None:
        """Merge nothing."""
        await self.works.db.write(
            merging.cancel,
            interaction.guild_id or 0,
            person_of(interaction),
            question_id,
            now=self.works.now(),
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await interaction.response.edit_message(view=note(words("merge.cancelled")))

    @app_commands.command(name=named("unmerge"), description=described("command.factor.unmerge"))
    @app_commands.describe(factor=described("command.factor.unmerge.factor"))
    @app_commands.rename(factor=named("factor"))
    @app_commands.autocomplete(factor=completion.merged_factor)
    async def unmerge(self, interaction: FactorInteraction, factor: str) -> None:
        """Undo a merge."""
        await self.unmerge_by_button(interaction, (await self.named(interaction, factor)).id)

    @handles("unmerge:1")
    async def unmerge_by_button(self, interaction: FactorInteraction, factor_id: int) -> None:
        """The same by a button."""
        guild_id, person = interaction.guild_id or 0, person_of(interaction)
        await self.works.db.read(merging.need_merged, guild_id, person, factor_id)
        await self.see_who_is_here(interaction)
        done = await self.works.db.write(
            merging.unmerge, guild_id, person, factor_id, now=self.works.now()
        )
        await privately(
            interaction,
            unmerged_card(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0), done
            ),
        )
        self._refresh_both(done)
        self.crew.recounts.wake(guild_id)  # for what it was merged into, if that was merged on
        know = {interaction.user.id}
        told = await tell_about(
            self.works, done.merged, lambda words: parted_text(words, done), but=know
        )
        await tell_about(
            self.works, done.into, lambda words: left_text(words, done), but={*know, told}
        )

    def _refresh_both(self, done: Merged) -> None:
        refresh(self.crew, done.merged)
        refresh(self.crew, done.into)
