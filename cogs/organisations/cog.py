"""``/organisation``."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import LedaBot
from bot.domain import organisations
from bot.i18n import described, named
from bot.ui import completion
from bot.ui.answers import person_of, privately
from bot.ui.presses import handles
from cogs.organisations.cards import added_card, list_card


class OrganisationCog(commands.Cog):
    """Organisations: adding and listing them."""

    def __init__(self, bot: LedaBot) -> None:
        self.bot = bot

    organisation = app_commands.Group(
        name=named("organisation"), description=described("command.organisation")
    )

    @organisation.command(name=named("add"), description=described("command.organisation.add"))
    @app_commands.describe(
        name=described("command.organisation.add.name"),
        tracks=described("command.organisation.add.tracks"),
        size=described("command.organisation.add.size"),
    )
    @app_commands.rename(name=named("name"), tracks=named("tracks"), size=named("size"))
    @app_commands.autocomplete(tracks=completion.several_tracks)
    async def add(
        self,
        interaction: discord.Interaction[LedaBot],
        name: str,
        tracks: str = "",
        size: app_commands.Range[int, 1, 100_000_000] | None = None,
    ) -> None:
        """Let an organisation take part."""
        view = await self.bot.db.write(
            organisations.add,
            interaction.guild_id or 0,
            person_of(interaction),
            name=name,
            tracks_said=tracks,
            size=size,
            now=self.bot.now(),
        )
        await privately(interaction, added_card(self.bot.words_for(interaction), view))

    @organisation.command(name=named("list"), description=described("command.organisation.list"))
    async def list(self, interaction: discord.Interaction[LedaBot]) -> None:
        """Show who takes part."""
        views = await self.bot.db.read(organisations.all_of, interaction.guild_id or 0)
        await privately(interaction, list_card(self.bot.words_for(interaction), views, 0))

    @handles("organisations:1")
    async def turn(
        self, interaction: discord.Interaction[LedaBot], page: int, _direction: str
    ) -> None:
        """Turn a page of the list."""
        views = await self.bot.db.read(organisations.all_of, interaction.guild_id or 0)
        card = list_card(self.bot.words_for(interaction), views, page)
        await interaction.response.edit_message(view=card)
