"""``/notify``: how I am reached."""

from typing import Any

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.members import reach
from bot.ui.commands import command
from bot.ui.presses import handles
from cogs.members.cards import Switch, Turned, notify_card
from storage.enums import Reach


class NotifyCog(commands.Cog):
    """How one is reached."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @command("notify")
    async def notify(self, ask: Ask) -> None:
        """Show my choices."""
        await self._show(ask)

    @handles("choices:1")
    async def pressed(self, ask: Ask) -> None:
        """The home card's button."""
        await self._show(ask)

    @handles("reach:1", direct=True)
    async def reach(self, ask: Ask, reach: Reach) -> None:
        """Choose how to be reached."""
        await self._change(ask, reach=reach)

    @handles("notify:1", direct=True)
    async def switch(self, ask: Ask, what: Switch, state: Turned) -> None:
        """Switch one kind of message on or off."""
        name = {Switch.REMINDERS: "reminders", Switch.WEEKLY: "weekly_list"}[what]
        await self._change(ask, **{name: state is Turned.ON})

    async def _change(self, ask: Ask, **chosen: Any) -> None:
        # The id names the programme, for presses in direct messages; being a participant of it
        # is what counts, and that is looked up.
        view = await ask.write(reach.change, ask.person.id, **chosen)
        card = notify_card(ask.words, view)
        await ask.replace(card)

    async def _show(self, ask: Ask) -> None:
        view = await ask.read(reach.of, ask.person.id)
        await ask.answer(notify_card(ask.words, view))
