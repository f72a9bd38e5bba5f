"""``/help``."""

from typing import Any

from discord import app_commands
from discord.ext import commands as ext

from bot.ask import Ask
from bot.domain.members.participants import standing_of
from bot.ui.commands import command
from bot.ui.presses import handles
from cogs.help.cards import commands_card, help_card


class HelpCog(ext.Cog):
    """What somebody can do here."""

    def __init__(self, tree: app_commands.CommandTree[Any]) -> None:
        self._tree = tree

    @command("help")
    async def help(self, ask: Ask) -> None:
        """Show what the person can do here and now."""
        await ask.answer(help_card(ask.words, await ask.read(standing_of)))

    @handles("commands:1")
    async def commands(self, ask: Ask) -> None:
        """Show all commands that the person may use."""
        there = [
            each.qualified_name
            for each in self._tree.walk_commands()
            if isinstance(each, app_commands.Command)
        ]
        await ask.update(commands_card(ask.words, await ask.read(standing_of), there))
