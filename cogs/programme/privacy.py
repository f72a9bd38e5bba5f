"""``/privacy``: what leda keeps about the one who asks."""

import logging
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.delivery import rounds
from bot.delivery.coordinators import tell_coordinators
from bot.delivery.crew import Crew
from bot.delivery.notices import vacancies_card
from bot.delivery.patience import TROUBLES
from bot.domain.membership.presence import Vacancies
from bot.domain.programme import privacy
from bot.domain.programme.privacy import Erased
from bot.i18n.commands import described, named
from bot.ui.answers import privately
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.factors.posting import refresh
from cogs.programme.privacy_cards import ask_card, erased_card, export_card, export_file

_Interaction = discord.Interaction[Any]
_log = logging.getLogger(__name__)


class PrivacyCog(commands.Cog):
    """My data: seeing it, being forgotten."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    privacy = app_commands.Group(name=named("privacy"), description=described("command.privacy"))

    @privacy.command(name=named("export"), description=described("command.privacy.export"))
    async def export(self, interaction: _Interaction) -> None:
        """Hand over all that is kept about the person, as a file."""
        # A long journal takes a moment to be searched.
        await interaction.response.defer(ephemeral=True, thinking=True)
        held = await self.works.db.read(
            privacy.export, interaction.guild_id or 0, interaction.user.id
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        if held.nothing:
            await privately(interaction, note(words("privacy.nothing")))
            return
        file = export_file(words, held, self.works.now())
        card = export_card(words, held, file.filename)
        await interaction.followup.send(view=card, file=file, ephemeral=True)

    @privacy.command(name=named("erase"), description=described("command.privacy.erase"))
    async def ask(self, interaction: _Interaction) -> None:
        """Say what erasing does, and ask."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        held = await self.works.db.read(
            privacy.export, interaction.guild_id or 0, interaction.user.id
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        card = note(words("privacy.nothing")) if held.nothing else ask_card(words)
        await privately(interaction, card)

    @handles("erase:1")
    async def erase(self, interaction: _Interaction) -> None:
        """Forget the person who presses, whoever was asked."""
        guild_id = interaction.guild_id or 0
        member_id = interaction.user.id
        await interaction.response.defer()
        done = await self.works.db.write(privacy.erase, guild_id, member_id, now=self.works.now())
        aligned = await self.crew.roles.align(guild_id, member_id)
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await interaction.edit_original_response(view=erased_card(words, done, aligned=aligned))
        await self._follow_up(guild_id, done)

    @handles("keepme:1")
    async def keep(self, interaction: _Interaction) -> None:
        """Change nothing."""
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await interaction.response.edit_message(view=note(words("privacy.kept")))

    async def _follow_up(self, guild_id: int, done: Erased) -> None:
        """Take the name out of what stands in channels, and tell who has to know."""
        for factor in done.factors:
            refresh(self.crew, factor)
        for channel_id, message_id in done.cards:
            channel = self.works.client.get_partial_messageable(channel_id)
            try:
                await channel.get_partial_message(message_id).delete()
            except TROUBLES as refusal:
                _log.info("message %s could not be deleted: %s", message_id, refusal)
        if done.answered_for:
            found = Vacancies(no_contact=done.answered_for)
            await tell_coordinators(
                self.works, guild_id, lambda words: vacancies_card(words, found)
            )
        if done.anything:
            await rounds.tell_vacancies(self.works, guild_id, self.works.now())
