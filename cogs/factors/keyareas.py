"""``/keyarea``."""

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.factors import keyareas
from bot.ui.commands import command
from cogs.factors.keyarea_cards import created_card, list_card, merged_card, renamed_card
from cogs.factors.options import KeyAreaSaid


class KeyAreaCog(commands.Cog):
    """Key areas: making, renaming, merging and listing them."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @command("keyarea.create")
    async def create(self, ask: Ask, name: str) -> None:
        """Make a key area."""
        area = await ask.write(keyareas.create, name)
        await ask.answer(created_card(ask.words, area))

    @command("keyarea.rename")
    async def rename(self, ask: Ask, keyarea: KeyAreaSaid, name: str) -> None:
        """Call a key area something else; cards that name it follow."""
        done = await ask.write(keyareas.rename, keyarea, name)
        await ask.answer(renamed_card(ask.words, done.before, done.area))
        self.crew.follow_up(ask.programme_id)

    @command("keyarea.merge")
    async def merge(self, ask: Ask, keyarea: KeyAreaSaid, into: KeyAreaSaid) -> None:
        """Put everything under one key area under another; cards follow."""
        done = await ask.write(keyareas.merge, keyarea, into)
        await ask.answer(merged_card(ask.words, done.before, done.area))
        self.crew.follow_up(ask.programme_id)

    @command("keyarea.list")
    async def list(self, ask: Ask) -> None:
        """Show the key areas."""
        areas = await ask.read(keyareas.all_of)
        await ask.answer(list_card(ask.words, areas))
