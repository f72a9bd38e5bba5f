"""``/help``."""

from typing import Any

from discord import app_commands
from discord.ext import commands

from bot.ask import Ask
from bot.domain.members.participants import standing_of
from bot.ui.commands import command
from cogs.help.cards import help_card


class HelpCog(commands.Cog):
    """What somebody can do here."""

    def __init__(self, tree: app_commands.CommandTree[Any]) -> None:
        self._tree = tree

    @command("help")
    async def help(self, ask: Ask) -> None:
        """Show what the person can do here and now."""
        standing = await ask.read(standing_of)
        there = [
            each.qualified_name
            for each in self._tree.walk_commands()
            if isinstance(each, app_commands.Command)
        ]
        await ask.answer(help_card(ask.words, standing, there))
