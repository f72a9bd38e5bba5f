"""Proposing a factor: the form, the draft, what is like it, publishing it."""

from dataclasses import replace

import discord
from discord import app_commands

from bot.domain.factors import drafts, factors, keyareas
from bot.domain.factors.drafts import DraftDetails, DraftStart, Written
from bot.domain.kit import names, texts
from bot.domain.tracks import places
from bot.i18n.commands import described, named
from bot.ui import completion
from bot.ui.answers import channels_around, person_of, privately
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.factors.draft_cards import published_card, waiting_card
from cogs.factors.draft_forms import ORGANISATION_ONLY, details_form, propose_form
from cogs.factors.drafting import Drafting
from cogs.factors.part import FactorInteraction
from cogs.factors.posting import ensure_posted
from storage.enums import FactorKind


class Proposing(Drafting):
    """Proposing factors."""

    async def cog_load(self) -> None:
        """Add the message menu: a cog cannot declare one."""
        await super().cog_load()
        name = described("menu.propose")
        self._menu = app_commands.ContextMenu(name=name, callback=self.propose_message)
        self.crew.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the message menu away again."""
        self.crew.tree.remove_command(self._menu.name, type=self._menu.type)
        await super().cog_unload()

    @app_commands.command(name=named("propose"), description=described("command.factor.propose"))
    @app_commands.describe(organisation=described("command.factor.propose.organisation"))
    @app_commands.rename(organisation=named("organisation"))
    @app_commands.autocomplete(organisation=completion.organisation)
    async def propose(self, interaction: FactorInteraction, organisation: str = "") -> None:
        """Propose a factor; for an organisation that is named, on its behalf."""
        await self._propose(interaction, organisation)

    @handles("begin:1")
    async def propose_from_home(self, interaction: FactorInteraction) -> None:
        """The home card's button."""
        await self._propose(interaction)

    async def _propose(self, interaction: FactorInteraction, behalf: str = "") -> None:
        """Open the form, or offer the draft that waits."""
        begin = await self._start(interaction, behalf)
        if begin.draft is not None:
            card = waiting_card(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0), begin.draft
            )
            await privately(interaction, card)
            return
        await self._open_form(interaction, begin)

    async def propose_message(
        self, interaction: FactorInteraction, message: discord.Message
    ) -> None:
        """Open the form with what a message says as a start for HOW, and remember the message."""
        begin = await self._start(interaction)
        form = propose_form(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0),
            begin,
            near=await self._track_here(interaction),
            quoted=texts.kept(message.clean_content, texts.HOW_LIMIT),
            source=(message.channel.id, message.id),
        )
        await interaction.response.send_modal(form)

    @handles("new:1")
    async def propose_anew(self, interaction: FactorInteraction) -> None:
        """Open an empty form, though a draft waits."""
        await self._open_form(interaction, await self._start(interaction))

    @handles("newfor:1")
    async def propose_anew_for(self, interaction: FactorInteraction, organisation_id: int) -> None:
        """The same on an organisation's behalf."""
        await self._open_form(interaction, await self._start(interaction, str(organisation_id)))

    async def _open_form(self, interaction: FactorInteraction, begin: DraftStart) -> None:
        near = await self._track_here(interaction)
        form = propose_form(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), begin, near=near
        )
        await interaction.response.send_modal(form)

    @handles("propose:1")
    async def proposed(
        self, interaction: FactorInteraction, typed: dict[str, str], draft_id: int
    ) -> None:
        """Keep what was typed and show it back."""
        await self._keep(interaction, _written(typed), draft_id)

    @handles("proposefrom:1")
    async def proposed_from(
        self,
        interaction: FactorInteraction,
        typed: dict[str, str],
        channel_id: int,
        message_id: int,
    ) -> None:
        """Keep what was typed, and the message that it began with."""
        await self._keep(interaction, _written(typed, (channel_id, message_id)))

    @handles("behalf:1")
    async def proposed_on_behalf(
        self,
        interaction: FactorInteraction,
        typed: dict[str, str],
        organisation_id: int,
        draft_id: int,
    ) -> None:
        """Keep what a coordinator typed on an organisation's behalf."""
        await self._keep(interaction, _written(typed), draft_id, organisation_id)

    async def _keep(
        self,
        interaction: FactorInteraction,
        written: Written,
        draft_id: int = 0,
        organisation_id: int = 0,
    ) -> None:
        draft = await self.works.db.write(
            drafts.save,
            interaction.guild_id or 0,
            person_of(interaction),
            replace(written, channels=channels_around(interaction)),
            draft_id=draft_id,
            organisation_id=organisation_id,
            now=self.works.now(),
        )
        await self.preview(interaction, draft)

    @handles("draft:1")
    async def show_draft(self, interaction: FactorInteraction, draft_id: int) -> None:
        """Go on with a draft."""
        await self.preview(interaction, await self.draft(interaction, draft_id))

    @handles("change:1")
    async def change_draft(self, interaction: FactorInteraction, draft_id: int) -> None:
        """Open the form with the draft in it."""
        draft = await self.draft(interaction, draft_id)
        behalf = str(draft.organisation_id) if draft.on_behalf else ""
        begin = await self._start(interaction, behalf)
        form = propose_form(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), begin, draft=draft
        )
        await interaction.response.send_modal(form)

    @handles("adddetails:1")
    async def add_details(self, interaction: FactorInteraction, draft_id: int) -> None:
        """Open the form for what a draft may have beside what it must."""
        draft = await self.draft(interaction, draft_id)
        areas = await self.works.db.read(keyareas.all_of, draft.programme_id)
        form = details_form(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), draft, areas
        )
        await interaction.response.send_modal(form)

    @handles("details:1")
    async def detailed(
        self, interaction: FactorInteraction, typed: dict[str, str], draft_id: int
    ) -> None:
        """Keep the details and show the draft with them."""
        details = DraftDetails(
            context=typed.get("context", ""),
            evidence=typed.get("evidence", ""),
            key_area_id=names.id_said(typed.get("key_area", "")),
            discreet=typed.get("name") == ORGANISATION_ONLY,
        )
        draft = await self.works.db.write(
            drafts.add_details,
            interaction.guild_id or 0,
            person_of(interaction),
            draft_id,
            details,
            now=self.works.now(),
        )
        await self.preview(interaction, draft)

    @handles("publish:1")
    async def publish(self, interaction: FactorInteraction, draft_id: int) -> None:
        """Make a factor of the draft and post its card."""
        factor = await self.works.db.write(
            factors.publish,
            interaction.guild_id or 0,
            person_of(interaction),
            draft_id,
            now=self.works.now(),
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await interaction.response.edit_message(view=note(words("factor.publishing")))
        factor = await ensure_posted(self.crew, factor)
        await interaction.edit_original_response(view=published_card(words, factor))

    async def _start(self, interaction: FactorInteraction, behalf: str = "") -> DraftStart:
        return await self.works.db.read(
            drafts.start,
            interaction.guild_id or 0,
            person_of(interaction),
            now=self.works.now(),
            behalf=behalf,
        )

    async def _track_here(self, interaction: FactorInteraction) -> int | None:
        """The track whose channel the person is in."""
        return await self.works.db.read(
            places.track_of_channel, interaction.guild_id or 0, channels_around(interaction)
        )


def _written(typed: dict[str, str], source: tuple[int, int] | None = None) -> Written:
    return Written(
        title=typed.get("title", ""),
        kind=FactorKind(typed.get("kind") or FactorKind.PROMOTING),
        how=typed.get("how", ""),
        track=typed.get("track", ""),
        source=source,
    )
