"""``/notify``: how I am reached."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.delivery.crew import Crew
from bot.domain.members import reach
from bot.i18n.commands import described, named
from bot.ui.answers import privately
from bot.ui.presses import handles
from cogs.members.cards import notify_card
from storage.enums import Reach

_Interaction = discord.Interaction[Any]


class NotifyCog(commands.Cog):
    """How one is reached."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @app_commands.command(name=named("notify"), description=described("command.notify"))
    async def notify(self, interaction: _Interaction) -> None:
        """Show my choices."""
        await self._show(interaction)

    @handles("choices:1")
    async def pressed(self, interaction: _Interaction) -> None:
        """The home card's button."""
        await self._show(interaction)

    @handles("reach:1", direct=True)
    async def reach(self, interaction: _Interaction, programme_id: int, reach: Reach) -> None:
        """Choose how to be reached."""
        await self._change(interaction, programme_id, reach=reach)

    @handles("notify:1", direct=True)
    async def switch(
        self, interaction: _Interaction, programme_id: int, what: str, state: str
    ) -> None:
        """Switch one kind of message on or off."""
        name = {"reminders": "reminders", "weekly": "weekly_list"}[what]
        await self._change(interaction, programme_id, **{name: state == "on"})

    async def _change(self, interaction: _Interaction, programme_id: int, **chosen: Any) -> None:
        # The id names the programme, for presses in direct messages; being a participant of it
        # is what counts, and that is looked up.
        view = await self.works.db.write(
            reach.change,
            interaction.guild_id or programme_id,
            interaction.user.id,
            now=self.works.now(),
            **chosen,
        )
        card = notify_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), view
        )
        await interaction.response.edit_message(view=card)

    async def _show(self, interaction: _Interaction) -> None:
        view = await self.works.db.read(reach.of, interaction.guild_id or 0, interaction.user.id)
        await privately(
            interaction,
            notify_card(self.works.speech.to(interaction.locale, interaction.guild_id or 0), view),
        )
