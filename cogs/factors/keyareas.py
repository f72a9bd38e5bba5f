"""``/keyarea``."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.delivery.crew import Crew
from bot.domain.factors import keyareas
from bot.i18n.commands import described, named
from bot.ui import completion
from bot.ui.answers import person_of, privately
from cogs.factors.keyarea_cards import created_card, list_card, merged_card, renamed_card

_Interaction = discord.Interaction[Any]


class KeyAreaCog(
    commands.GroupCog,
    group_name=named("keyarea"),
    group_description=described("command.keyarea"),
):
    """Key areas: making, renaming, merging and listing them."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @app_commands.command(name=named("create"), description=described("command.keyarea.create"))
    @app_commands.describe(name=described("command.keyarea.create.name"))
    @app_commands.rename(name=named("name"))
    async def create(self, interaction: _Interaction, name: str) -> None:
        """Make a key area."""
        guild_id, person = interaction.guild_id or 0, person_of(interaction)
        area = await self.works.db.write(
            keyareas.create, guild_id, person, name, now=self.works.now()
        )
        await privately(
            interaction,
            created_card(self.works.speech.to(interaction.locale, interaction.guild_id or 0), area),
        )

    @app_commands.command(name=named("rename"), description=described("command.keyarea.rename"))
    @app_commands.describe(
        keyarea=described("command.keyarea.keyarea"),
        name=described("command.keyarea.rename.name"),
    )
    @app_commands.rename(keyarea=named("keyarea"), name=named("name"))
    @app_commands.autocomplete(keyarea=completion.key_area)
    async def rename(self, interaction: _Interaction, keyarea: str, name: str) -> None:
        """Call a key area something else; cards that name it follow."""
        guild_id, person = interaction.guild_id or 0, person_of(interaction)
        done = await self.works.db.write(
            keyareas.rename, guild_id, person, keyarea, name, now=self.works.now()
        )
        card = renamed_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0),
            done.before,
            done.area,
        )
        await privately(interaction, card)
        self.crew.follow_up(guild_id)

    @app_commands.command(name=named("merge"), description=described("command.keyarea.merge"))
    @app_commands.describe(
        keyarea=described("command.keyarea.merge.keyarea"),
        into=described("command.keyarea.merge.into"),
    )
    @app_commands.rename(keyarea=named("keyarea"), into=named("into"))
    @app_commands.autocomplete(keyarea=completion.key_area, into=completion.key_area)
    async def merge(self, interaction: _Interaction, keyarea: str, into: str) -> None:
        """Put everything under one key area under another; cards follow."""
        guild_id, person = interaction.guild_id or 0, person_of(interaction)
        done = await self.works.db.write(
            keyareas.merge, guild_id, person, keyarea, into, now=self.works.now()
        )
        card = merged_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0),
            done.before,
            done.area,
        )
        await privately(interaction, card)
        self.crew.follow_up(guild_id)

    @app_commands.command(name=named("list"), description=described("command.keyarea.list"))
    async def list(self, interaction: _Interaction) -> None:
        """Show the key areas."""
        areas = await self.works.db.read(keyareas.all_of, interaction.guild_id or 0)
        await privately(
            interaction,
            list_card(self.works.speech.to(interaction.locale, interaction.guild_id or 0), areas),
        )
