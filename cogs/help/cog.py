"""``/help``."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.delivery.crew import Crew
from bot.domain.members.standing import standing_of
from bot.i18n.commands import described, named
from bot.ui.answers import person_of, privately
from cogs.help.cards import help_card


class HelpCog(commands.Cog):
    """What somebody can do here."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @app_commands.command(name=named("help"), description=described("command.help"))
    async def help(self, interaction: discord.Interaction[Any]) -> None:
        """Show what the person can do here and now."""
        standing = await self.works.db.read(
            standing_of, interaction.guild_id or 0, person_of(interaction)
        )
        there = [
            command.qualified_name
            for command in self.crew.tree.walk_commands()
            if isinstance(command, app_commands.Command)
        ]
        await privately(
            interaction,
            help_card(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0), standing, there
            ),
        )
