"""``/keyarea``."""

from collections.abc import Sequence

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.factors import keyareas
from bot.domain.factors.keyareas import KeyAreaView
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.commands import command
from bot.ui.layout import Card, line, note, said
from bot.ui.text import clip, escape
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


# So that as many as there can be fit into one card.
_NAME_SHOWN = 120


def created_card(words: Words, area: KeyAreaView) -> Card:
    """A key area that is there from now on."""
    return Card(said(words("keyarea.created", name=escape(area.name))), accent=theme.DONE)


def renamed_card(words: Words, before: str, area: KeyAreaView) -> Card:
    """What a key area was called, and is."""
    names = {"before": escape(before), "name": escape(area.name)}
    return Card(said(words("keyarea.renamed", **names)), accent=theme.DONE)


def merged_card(words: Words, before: str, area: KeyAreaView) -> Card:
    """Where everything stands now that stood under a key area."""
    names = {"before": escape(before), "name": escape(area.name)}
    return Card(said(words("keyarea.merged", **names, n=area.factors)), accent=theme.DONE)


def list_card(words: Words, areas: Sequence[KeyAreaView]) -> Card:
    """All key areas, each with how many factors stand under it."""
    if not areas:
        return note(words("keyarea.list.empty"))
    head = words("keyarea.list.head", n=len(areas))
    return Card(said(head), line(), said("\n".join(_item(words, area) for area in areas)))


def _item(words: Words, area: KeyAreaView) -> str:
    name = clip(escape(area.name), _NAME_SHOWN)
    return f"🗂️ **{name}** · {words('keyarea.factors', n=area.factors)}"
