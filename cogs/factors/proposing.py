"""Proposing a factor: the form, the draft, publishing it."""

import discord
from discord import app_commands

from bot.domain import drafts, factors, programmes
from bot.domain.drafts import Written
from bot.i18n import described, named
from bot.ui.answers import person_of, privately
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.factors.cards import preview_card, published_card, waiting_card
from cogs.factors.forms import propose_form
from cogs.factors.part import FactorInteraction, Part
from cogs.factors.posting import ensure_posted
from storage.enums import FactorKind


class Proposing(Part):
    """Proposing factors."""

    @app_commands.command(name=named("propose"), description=described("command.factor.propose"))
    async def propose(self, interaction: FactorInteraction) -> None:
        """Propose a factor."""
        await self._propose(interaction)

    @handles("begin:1")
    async def propose_from_home(self, interaction: FactorInteraction) -> None:
        """The home card's button."""
        await self._propose(interaction)

    async def _propose(self, interaction: FactorInteraction) -> None:
        """Open the form, or offer the draft that waits."""
        begin = await self._start(interaction)
        words = self.bot.words_for(interaction)
        if begin.draft is not None:
            await privately(interaction, waiting_card(words, begin.draft))
            return
        await interaction.response.send_modal(
            propose_form(words, begin.tracks, near=await self._track_here(interaction))
        )

    @handles("new:1")
    async def propose_anew(self, interaction: FactorInteraction) -> None:
        """Open an empty form, though a draft waits."""
        begin = await self._start(interaction)
        near = await self._track_here(interaction)
        words = self.bot.words_for(interaction)
        await interaction.response.send_modal(propose_form(words, begin.tracks, near=near))

    @handles("propose:1")
    async def proposed(
        self, interaction: FactorInteraction, typed: dict[str, str], draft_id: int
    ) -> None:
        """Keep what was typed and show it back."""
        written = Written(
            title=typed.get("title", ""),
            kind=FactorKind(typed.get("kind") or FactorKind.PROMOTING),
            how=typed.get("how", ""),
            track=typed.get("track", ""),
        )
        draft = await self.bot.db.write(
            drafts.save,
            interaction.guild_id or 0,
            person_of(interaction),
            written,
            draft_id=draft_id,
            now=self.bot.now(),
        )
        card = preview_card(self.bot.words_for(interaction), draft)
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await interaction.response.edit_message(view=card)
        else:  # from a command, or from the home card, which is everyone's
            await privately(interaction, card)

    @handles("draft:1")
    async def show_draft(self, interaction: FactorInteraction, draft_id: int) -> None:
        """Go on with a draft."""
        card = preview_card(
            self.bot.words_for(interaction), await self._draft(interaction, draft_id)
        )
        await interaction.response.edit_message(view=card)

    @handles("change:1")
    async def change_draft(self, interaction: FactorInteraction, draft_id: int) -> None:
        """Open the form with the draft in it."""
        draft = await self._draft(interaction, draft_id)
        begin = await self._start(interaction)
        words = self.bot.words_for(interaction)
        await interaction.response.send_modal(propose_form(words, begin.tracks, draft))

    @handles("later:1")
    async def keep_draft(self, interaction: FactorInteraction, draft_id: int) -> None:
        """Leave the draft for later."""
        await self._draft(interaction, draft_id)
        words = self.bot.words_for(interaction)
        await interaction.response.edit_message(view=note(words("draft.kept")))

    @handles("publish:1")
    async def publish(self, interaction: FactorInteraction, draft_id: int) -> None:
        """Make a factor of the draft and post its card."""
        factor = await self.bot.db.write(
            factors.publish,
            interaction.guild_id or 0,
            person_of(interaction),
            draft_id,
            now=self.bot.now(),
        )
        words = self.bot.words_for(interaction)
        await interaction.response.edit_message(view=note(words("factor.publishing")))
        factor = await ensure_posted(self.bot, factor)
        await interaction.edit_original_response(view=published_card(words, factor))

    async def _start(self, interaction: FactorInteraction) -> drafts.Start:
        return await self.bot.db.read(
            drafts.start, interaction.guild_id or 0, person_of(interaction), now=self.bot.now()
        )

    async def _draft(self, interaction: FactorInteraction, draft_id: int) -> drafts.DraftView:
        return await self.bot.db.read(
            drafts.view,
            interaction.guild_id or 0,
            person_of(interaction),
            draft_id,
            now=self.bot.now(),
        )

    async def _track_here(self, interaction: FactorInteraction) -> int | None:
        """The track whose channel the person is in."""
        return await self.bot.db.read(
            programmes.track_of_channel, interaction.guild_id or 0, _channel_ids(interaction)
        )


def _channel_ids(interaction: FactorInteraction) -> frozenset[int]:
    """The channel that somebody is in, and for a thread the channel it belongs to."""
    channel = interaction.channel
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    return frozenset(found for found in (interaction.channel_id, parent) if found)
