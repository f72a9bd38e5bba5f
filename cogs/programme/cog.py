"""``/programme``."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.delivery.crew import Crew
from bot.domain.programme import programmes
from bot.domain.tracks.places import Slot
from bot.i18n.commands import described, named
from bot.i18n.words import Words, language_of
from bot.ui import completion
from bot.ui.answers import edit_answer, person_of, privately
from bot.ui.presses import handles
from bot.ui.text import clip, escape
from cogs.kit.builder import Stands
from cogs.kit.cards import blocked_card, progress_card, stopped_card
from cogs.kit.health import before_making, standing
from cogs.programme.cards import finished_card, status_card
from cogs.programme.home import bring_all_in_line
from cogs.programme.settings_cog import settings_card_for
from cogs.programme.status import make_coordinator, repair, report, try_again
from storage.enums import Language, Preset


class ProgrammeCog(commands.Cog):
    """Setting a programme up, seeing how it is, repairing it."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    programme = app_commands.Group(
        name=named("programme"), description=described("command.programme")
    )

    @programme.command(name=named("setup"), description=described("command.programme.setup"))
    @app_commands.describe(
        preset=described("command.programme.setup.preset"),
        language=described("command.programme.setup.language"),
        timezone=described("command.programme.setup.timezone"),
    )
    @app_commands.rename(
        preset=named("preset"), language=named("language"), timezone=named("timezone")
    )
    @app_commands.choices(
        preset=[
            app_commands.Choice(name=described(f"preset.{preset}"), value=preset.value)
            for preset in Preset
        ],
        language=[
            app_commands.Choice(name=described(f"language.{language}"), value=language.value)
            for language in Language
        ],
    )
    @app_commands.autocomplete(timezone=completion.timezone)
    async def setup(
        self,
        interaction: discord.Interaction[Any],
        preset: str,
        language: str | None = None,
        timezone: str | None = None,
    ) -> None:
        """Make the programme, or what is missing of it."""
        guild = interaction.guild
        assert guild is not None
        words, person = (
            self.works.speech.to(interaction.locale, interaction.guild_id or 0),
            person_of(interaction),
        )
        asked: Any = {
            "preset": Preset(preset),
            "language": Language(language) if language else None,
            "timezone": timezone,
            "spoken": language_of(interaction.guild_locale),
        }
        slots = await self.works.db.read(programmes.plan, guild.id, person, **asked)
        stands = partial(_stands, guild)
        stopping = [trouble for trouble in before_making(guild, slots) if trouble.stops]
        if stopping:
            await privately(interaction, blocked_card(words, slots, stands, stopping))
            return
        await self.works.db.write(
            programmes.set_up, guild.id, person, now=self.works.now(), **asked
        )
        self.works.speech.nouns.update(await self.works.db.read(programmes.nouns))
        await privately(interaction, progress_card(words, slots, stands))
        await self._build(interaction, guild, words, slots)

    @programme.command(name=named("status"), description=described("command.programme.status"))
    async def status(self, interaction: discord.Interaction[Any]) -> None:
        """Show whether all is well."""
        guild = interaction.guild
        assert guild is not None
        found = await report(self.crew, guild, person_of(interaction))
        await privately(
            interaction,
            status_card(self.works.speech.to(interaction.locale, interaction.guild_id or 0), found),
        )

    @handles("repair:1", direct=True)
    async def repair(self, interaction: discord.Interaction[Any], programme_id: int) -> None:
        """Make good what is wrong."""
        await repair(self.crew, interaction, programme_id)

    @handles("deliveries:1", direct=True)
    async def try_again(self, interaction: discord.Interaction[Any], programme_id: int) -> None:
        """Try again what could not be posted."""
        await try_again(self.crew, interaction, programme_id)

    @programme.command(name=named("settings"), description=described("command.programme.settings"))
    async def settings(self, interaction: discord.Interaction[Any]) -> None:
        """Show the settings, each with a way to change it."""
        await privately(interaction, await settings_card_for(interaction))

    async def _build(
        self,
        interaction: discord.Interaction[Any],
        guild: discord.Guild,
        words: Words,
        slots: Sequence[Slot],
    ) -> None:
        async def progress(stands: Stands) -> None:
            await edit_answer(interaction, progress_card(words, slots, stands))

        outcome = await bring_all_in_line(self.crew, guild, progress)
        stopping = [trouble for trouble in outcome.troubles if trouble.stops]
        if stopping and not outcome.made:  # it came about since the first look
            stands = partial(_stands, guild)
            await edit_answer(interaction, blocked_card(words, slots, stands, stopping))
            return
        # Whoever sets a programme up coordinates it, and sees the coordinators' channel.
        await make_coordinator(guild, outcome.programme, interaction.user.id)
        if outcome.refusal is None:
            card = finished_card(words, outcome)
        else:
            head = words("setup.stopped", why=clip(escape(outcome.refusal), 300))
            card = stopped_card(words, outcome.programme.slots, head)
        await edit_answer(interaction, card)


def _stands(guild: discord.Guild, slot: Slot) -> bool:
    return standing(guild, slot) is not None
