"""``/programme``."""

import asyncio
from weakref import WeakValueDictionary

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import LedaBot
from bot.domain import programmes
from bot.domain.errors import PermissionsMissing
from bot.domain.people import COORDINATORS_ROLE, need_manager
from bot.domain.programmes import ProgrammeView, Slot
from bot.i18n import Words, described, language_of, named
from bot.permissions import missing
from bot.ui import completion
from bot.ui.answers import person_of, privately
from cogs.programme.builder import build
from cogs.programme.cards import finished_card, progress_card, stopped_card
from cogs.programme.settings_cog import settings_card_for
from storage.enums import Language, Preset


class ProgrammeCog(commands.Cog):
    """Setting a programme up."""

    def __init__(self, bot: LedaBot) -> None:
        self.bot = bot
        self._building: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

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
        interaction: discord.Interaction[LedaBot],
        preset: str,
        language: str | None = None,
        timezone: str | None = None,
    ) -> None:
        """Make the programme, or what is missing of it."""
        guild = interaction.guild
        assert guild is not None
        words = self.bot.words_for(interaction)
        person = person_of(interaction)
        need_manager(person)
        lacking = missing(guild.me.guild_permissions)
        if lacking:
            raise PermissionsMissing(
                permissions=", ".join(words(f"permission.{name}") for name in lacking)
            )
        programme = await self.bot.db.write(
            programmes.set_up,
            guild.id,
            person,
            preset=Preset(preset),
            language=Language(language) if language else None,
            timezone=timezone,
            spoken=language_of(interaction.guild_locale),
            now=self.bot.now(),
        )
        self.bot.nouns.update(await self.bot.db.read(programmes.nouns))
        await interaction.response.send_message(
            view=progress_card(words, programme, 0), ephemeral=True
        )
        # Who asks while it is being made waits, and finds it made.
        async with self._building.setdefault(guild.id, asyncio.Lock()):
            programme = await self.bot.db.read(programmes.view, guild.id)
            await self._build(interaction, guild, words, programme)

    @programme.command(name=named("settings"), description=described("command.programme.settings"))
    async def settings(self, interaction: discord.Interaction[LedaBot]) -> None:
        """Show the settings, each with a way to change it."""
        await privately(interaction, await settings_card_for(interaction))

    async def _build(
        self,
        interaction: discord.Interaction[LedaBot],
        guild: discord.Guild,
        words: Words,
        programme: ProgrammeView,
    ) -> None:
        async def keep(slot: Slot, discord_id: int) -> None:
            await self.bot.db.write(programmes.fill, guild.id, slot, discord_id)

        async def progress(done: int) -> None:
            await interaction.edit_original_response(view=progress_card(words, programme, done))

        try:
            made = await build(guild, programme, keep, progress)
            await self._welcome_coordinator(interaction, guild, programme)
        except discord.HTTPException as refusal:
            standing = await self.bot.db.read(programmes.view, guild.id)
            card = stopped_card(words, standing, refusal.text or str(refusal.status))
        else:
            standing = await self.bot.db.read(programmes.view, guild.id)
            card = finished_card(words, standing, made)
        await interaction.edit_original_response(view=card)

    async def _welcome_coordinator(
        self,
        interaction: discord.Interaction[LedaBot],
        guild: discord.Guild,
        programme: ProgrammeView,
    ) -> None:
        """Whoever sets a programme up coordinates it, and sees the coordinators' channel."""
        view = await self.bot.db.read(programmes.view, programme.id)
        role = guild.get_role(view.discord_id(COORDINATORS_ROLE) or 0)
        if role is not None and isinstance(interaction.user, discord.Member):
            await interaction.user.add_roles(role)
