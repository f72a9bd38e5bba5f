"""Editing factors, and standing by a vote on a text that was edited."""

from io import BytesIO

import discord
from discord import app_commands

from bot.domain.factors import edits, factors, votes
from bot.domain.factors.edits import Text
from bot.domain.factors.errors import FactorClosed
from bot.domain.kit.errors import EditedMeanwhile, TextMissing, UserError
from bot.i18n.commands import described, named
from bot.ui import completion
from bot.ui.answers import in_place, person_of, what_was_wrong
from bot.ui.presses import handles
from cogs.factors.edit_cards import (
    RETURNED,
    changed_card,
    edited_card,
    returned_card,
    versions_card,
)
from cogs.factors.edit_forms import SMALL, edit_form
from cogs.factors.part import FactorInteraction, FactorPart
from cogs.factors.posting import refresh


class Editing(FactorPart):
    """Changing a factor's text."""

    @app_commands.command(name=named("edit"), description=described("command.factor.edit"))
    @app_commands.describe(factor=described("command.factor.edit.factor"))
    @app_commands.rename(factor=named("factor"))
    @app_commands.autocomplete(factor=completion.factor)
    async def edit(self, interaction: FactorInteraction, factor: str) -> None:
        """Open the form with a factor's text in it."""
        found = await self.works.db.read(
            factors.named, interaction.guild_id or 0, factor, now=self.works.now()
        )
        await self.open_edit(interaction, found.id)

    @handles("edit:1")
    async def open_edit(self, interaction: FactorInteraction, factor_id: int) -> None:
        """The button of the private card: the form with the text as it is now."""
        start = await self.works.db.read(
            edits.begin, interaction.guild_id or 0, person_of(interaction), factor_id
        )
        await interaction.response.send_modal(
            edit_form(self.works.speech.to(interaction.locale, interaction.guild_id or 0), start)
        )

    @handles("edited:1")
    async def edited(
        self,
        interaction: FactorInteraction,
        typed: dict[str, str],
        factor_id: int,
        version: int,
    ) -> None:
        """Save the new text, or give back what was typed."""
        text = Text(**{part: typed.get(part, "") for part in vars(Text("", ""))})
        small = typed.get(SMALL) == SMALL
        try:
            done = await self.works.db.write(
                edits.edit,
                interaction.guild_id or 0,
                person_of(interaction),
                factor_id,
                text,
                small=small,
                version=version,
                now=self.works.now(),
            )
        except (EditedMeanwhile, FactorClosed, TextMissing) as refusal:
            await self._give_back(interaction, factor_id, refusal, text)
            return
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await in_place(interaction, edited_card(words, done, said_small=small))
        refresh(self.crew, done.factor)

    @handles("changed:1")
    async def changed(self, interaction: FactorInteraction, factor_id: int) -> None:
        """What has changed since the person voted."""
        now = self.works.now()
        found = await self.works.db.read(
            edits.since_vote, interaction.guild_id or 0, factor_id, interaction.user.id, now=now
        )
        await in_place(
            interaction,
            changed_card(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0), found, now
            ),
        )

    @handles("still:1")
    async def still(self, interaction: FactorInteraction, factor_id: int) -> None:
        """Count a vote from before the edit as one on the text of now."""
        factor = await self.works.db.write(
            votes.still_mine,
            interaction.guild_id or 0,
            factor_id,
            interaction.user.id,
            now=self.works.now(),
        )
        await self.answer_vote(interaction, factor)

    @handles("versions:1")
    async def versions(self, interaction: FactorInteraction, factor_id: int, page: int) -> None:
        """The texts that a factor has had."""
        found = await self.works.db.read(
            edits.history, interaction.guild_id or 0, factor_id, page=page
        )
        await in_place(
            interaction,
            versions_card(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0), found
            ),
        )

    async def _give_back(
        self, interaction: FactorInteraction, factor_id: int, refusal: UserError, text: Text
    ) -> None:
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        card, whole = returned_card(words, factor_id, what_was_wrong(words, refusal), text)
        files = [discord.File(BytesIO(whole.encode()), RETURNED)] if whole else []
        await in_place(interaction, card, *files)
