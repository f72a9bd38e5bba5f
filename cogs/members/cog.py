"""``/join`` and ``/leave``."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import LedaBot
from bot.domain import participants
from bot.i18n import described, named
from bot.ui import completion
from bot.ui.answers import privately
from cogs.members.cards import joined_card, left_card


class MemberCog(commands.Cog):
    """Joining and leaving."""

    def __init__(self, bot: LedaBot) -> None:
        self.bot = bot

    @app_commands.command(name=named("join"), description=described("command.join"))
    @app_commands.describe(organisation=described("command.join.organisation"))
    @app_commands.rename(organisation=named("organisation"))
    @app_commands.autocomplete(organisation=completion.organisation)
    async def join(self, interaction: discord.Interaction[LedaBot], organisation: str) -> None:
        """Take part for an organisation."""
        view = await self.bot.db.write(
            participants.join,
            interaction.guild_id or 0,
            interaction.user.id,
            organisation,
            now=self.bot.now(),
        )
        await privately(interaction, joined_card(self.bot.words_for(interaction), view))
        self.bot.roles.wake(interaction.guild_id or 0)

    @app_commands.command(name=named("leave"), description=described("command.leave"))
    async def leave(self, interaction: discord.Interaction[LedaBot]) -> None:
        """Stop taking part."""
        view = await self.bot.db.write(
            participants.leave,
            interaction.guild_id or 0,
            interaction.user.id,
            now=self.bot.now(),
        )
        await privately(interaction, left_card(self.bot.words_for(interaction), view))
        self.bot.roles.wake(interaction.guild_id or 0)
