"""What the buttons on cards about organisations do."""

import io
from typing import Any

import discord
from discord.ext import commands

from bot.delivery.crew import Crew
from bot.domain.kit import uploads
from bot.domain.members import directory
from bot.domain.membership import importing, removal
from bot.ui.answers import person_of, privately
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.organisations.cards import WAITING, exported_card, list_card, removal_card
from cogs.organisations.imports import imported_card

_Interaction = discord.Interaction[Any]


class OrganisationPresses(commands.Cog):
    """Buttons on cards about organisations."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @handles("removeorganisation:1")
    async def removal_confirmed(self, interaction: _Interaction, organisation_id: int) -> None:
        """Remove it, whatever it has."""
        guild_id = interaction.guild_id or 0
        view = await self.works.db.write(
            removal.remove,
            guild_id,
            person_of(interaction),
            str(organisation_id),
            now=self.works.now(),
        )
        card = removal_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), view
        )
        await interaction.response.edit_message(view=card)
        self.crew.follow_up(guild_id)

    @handles("keeporganisation:1")
    async def removal_cancelled(self, interaction: _Interaction, _organisation_id: int) -> None:
        """Let it stay."""
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await interaction.response.edit_message(view=note(words("organisation.kept")))

    @handles("organisations:1")
    async def turn(self, interaction: _Interaction, page: int, how: str) -> None:
        """Turn a page of the list, or show another choice of it."""
        found = await self.works.db.read(
            directory.listed,
            interaction.guild_id or 0,
            person_of(interaction),
            page=page,
            waiting=how.startswith(WAITING),
        )
        card = list_card(self.works.speech.to(interaction.locale, interaction.guild_id or 0), found)
        await interaction.response.edit_message(view=card)

    @handles("organisationfile:1")
    async def export(self, interaction: _Interaction) -> None:
        """Give all organisations as a file."""
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        count, data = await self.works.db.read(
            directory.export,
            interaction.guild_id or 0,
            person_of(interaction),
            words.language,
        )
        filename = f"{words('file.organisations')}.csv"
        card = exported_card(words, count, filename)
        await privately(interaction, card, discord.File(io.BytesIO(data), filename))

    @handles("importorganisations:1")
    async def import_confirmed(self, interaction: _Interaction, upload_id: int) -> None:
        """Take in what the file holds."""
        await interaction.response.defer()
        view = await self.works.db.write(
            importing.confirm,
            interaction.guild_id or 0,
            person_of(interaction),
            upload_id,
            now=self.works.now(),
        )
        card = imported_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), view
        )
        await interaction.edit_original_response(view=card)
        self.crew.follow_up(interaction.guild_id or 0)

    @handles("dropimport:1")
    async def import_cancelled(self, interaction: _Interaction, upload_id: int) -> None:
        """Forget the file."""
        await self.works.db.write(
            uploads.drop,
            interaction.guild_id or 0,
            interaction.user.id,
            upload_id,
            now=self.works.now(),
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await interaction.response.edit_message(view=note(words("import.cancelled")))
