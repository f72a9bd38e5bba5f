"""Showing factors and finding them."""

from discord import app_commands

from bot.domain import factors, tracks
from bot.domain.factors import Listing
from bot.i18n import described, named
from bot.ui import completion
from bot.ui.answers import privately
from bot.ui.presses import handles
from cogs.factors.cards import list_card
from cogs.factors.part import FactorInteraction, Part
from cogs.factors.posting import ensure_posted
from storage.enums import FactorStatus


class Finding(Part):
    """Finding factors."""

    @app_commands.command(name=named("show"), description=described("command.factor.show"))
    @app_commands.describe(factor=described("command.factor.show.factor"))
    @app_commands.rename(factor=named("factor"))
    @app_commands.autocomplete(factor=completion.factor)
    async def show(self, interaction: FactorInteraction, factor: str) -> None:
        """Show a factor's card to the person, and see that everyone else can find it too."""
        view = await self.bot.db.read(
            factors.named, interaction.guild_id or 0, factor, now=self.bot.now()
        )
        await self.show_privately(interaction, view)
        await ensure_posted(self.bot, view)

    @handles("more:1")
    async def more(self, interaction: FactorInteraction, factor_id: int) -> None:
        """Everything about a factor, for the person alone."""
        await self.open(interaction, factor_id)

    @handles("factor:1")
    async def open(self, interaction: FactorInteraction, factor_id: int) -> None:
        """Show a factor's card to the person."""
        view = await self.bot.db.read(
            factors.show, interaction.guild_id or 0, factor_id, now=self.bot.now()
        )
        await self.show_privately(interaction, view)

    @app_commands.command(name=named("list"), description=described("command.factor.list"))
    @app_commands.describe(
        track=described("command.factor.list.track"), status=described("command.factor.list.status")
    )
    @app_commands.rename(track=named("track"), status=named("status"))
    @app_commands.choices(
        status=[
            app_commands.Choice(name=described(f"factor.status.{status}"), value=status.value)
            for status in FactorStatus
        ]
    )
    @app_commands.autocomplete(track=completion.track)
    async def list(
        self,
        interaction: FactorInteraction,
        track: str | None = None,
        status: str = FactorStatus.OPEN.value,
    ) -> None:
        """List factors, newest first."""
        guild_id = interaction.guild_id or 0
        chosen = await self.bot.db.read(tracks.need, guild_id, track) if track else None
        page = await self.bot.db.read(
            factors.listed,
            guild_id,
            Listing(chosen.id if chosen else None, FactorStatus(status)),
            now=self.bot.now(),
        )
        await privately(interaction, list_card(self.bot.words_for(interaction), page))

    @handles("factors:1")
    async def turn(
        self,
        interaction: FactorInteraction,
        page: int,
        track: int,
        status: FactorStatus,
        _direction: str,
    ) -> None:
        """Turn a page of the list."""
        found = await self.bot.db.read(
            factors.listed,
            interaction.guild_id or 0,
            Listing(track or None, status),
            page=page,
            now=self.bot.now(),
        )
        card = list_card(self.bot.words_for(interaction), found)
        await interaction.response.edit_message(view=card)
