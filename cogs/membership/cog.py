"""``/join`` and ``/leave``, and the ways in."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.delivery import rounds
from bot.delivery.crew import Crew
from bot.domain.members.participants import ParticipantView
from bot.domain.membership import joining
from bot.domain.organisations import organisations
from bot.domain.organisations.errors import OrganisationNotFound
from bot.i18n.commands import described, named
from bot.ui import completion
from bot.ui.answers import privately
from bot.ui.presses import handles
from cogs.members.cards import (
    choose_card,
    code_wrong_card,
    joined_card,
    left_card,
    matches_card,
    way_in_card,
)
from cogs.membership.forms import code_form, find_form

_Interaction = discord.Interaction[Any]
_LONGEST_LIST = 25  # options that Discord allows in a select


class MemberCog(commands.Cog):
    """Joining and leaving."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @app_commands.command(name=named("join"), description=described("command.join"))
    @app_commands.describe(organisation=described("command.join.organisation"))
    @app_commands.rename(organisation=named("organisation"))
    @app_commands.autocomplete(organisation=completion.organisation)
    async def join(self, interaction: _Interaction, organisation: str) -> None:
        """Take part for an organisation."""
        await self._begin(interaction, organisation)

    @handles("join:1")
    async def choose(self, interaction: _Interaction) -> None:
        """The home card's button: which organisation?"""
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        there = await self.works.db.read(
            organisations.suggest, interaction.guild_id or 0, "", _LONGEST_LIST + 1
        )
        if not there:
            await privately(interaction, matches_card(words, "", []))
        elif len(there) <= _LONGEST_LIST:
            await privately(interaction, choose_card(words, there))
        else:
            await interaction.response.send_modal(find_form(words))

    @handles("choose:1")
    async def chosen(self, interaction: _Interaction) -> None:
        """An organisation was chosen from the list."""
        data: Any = interaction.data
        await self._begin(interaction, str(data["values"][0]))

    @handles("pick:1")
    async def picked(self, interaction: _Interaction, organisation_id: str) -> None:
        """An organisation's button was pressed."""
        await self._begin(interaction, organisation_id)

    @handles("find:1")
    async def found(self, interaction: _Interaction, typed: dict[str, str]) -> None:
        """A name was typed: the organisation, or those whose names come close."""
        guild_id = interaction.guild_id or 0
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        name = typed.get("organisation", "")
        try:
            wish = await self.works.db.read(joining.wish, guild_id, interaction.user.id, name)
        except OrganisationNotFound:
            close = await self.works.db.read(organisations.suggest, guild_id, name, 4)
            await privately(interaction, matches_card(words, name, close))
            return
        if wish.needs_code:  # a form cannot be answered with another form
            await privately(interaction, way_in_card(words, wish))
        else:
            await self._join_open(interaction, str(wish.organisation_id))

    @handles("code:1")
    async def try_code(
        self, interaction: _Interaction, typed: dict[str, str], organisation_id: str
    ) -> None:
        """Let in whoever knows the code; without one, offer to ask."""
        guild_id, member_id = interaction.guild_id or 0, interaction.user.id
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        wish = await self.works.db.read(joining.wish, guild_id, member_id, organisation_id)
        code = typed.get("code", "").strip()
        if not code:
            await privately(interaction, way_in_card(words, wish))
            return
        view = await self.works.db.write(
            joining.join_with_code,
            guild_id,
            member_id,
            organisation_id,
            code,
            now=self.works.now(),
        )
        if view is None:
            card = code_wrong_card(words, wish.organisation_id, wish.organisation)
            await privately(interaction, card)
            return
        await self._welcome(interaction, view)

    @app_commands.command(name=named("leave"), description=described("command.leave"))
    async def leave(self, interaction: _Interaction) -> None:
        """Stop taking part."""
        view = await self.works.db.write(
            joining.leave,
            interaction.guild_id or 0,
            interaction.user.id,
            now=self.works.now(),
        )
        await privately(
            interaction,
            left_card(self.works.speech.to(interaction.locale, interaction.guild_id or 0), view),
        )
        self.crew.follow_up(interaction.guild_id or 0)
        await rounds.tell_vacancies(self.works, interaction.guild_id or 0, self.works.now())

    async def _begin(self, interaction: _Interaction, organisation: str) -> None:
        wish = await self.works.db.read(
            joining.wish, interaction.guild_id or 0, interaction.user.id, organisation
        )
        if wish.needs_code:
            form = code_form(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0), wish
            )
            await interaction.response.send_modal(form)
        else:
            await self._join_open(interaction, str(wish.organisation_id))

    async def _join_open(self, interaction: _Interaction, organisation: str) -> None:
        guild_id = interaction.guild_id or 0
        view = await self.works.db.write(
            joining.join_open,
            guild_id,
            interaction.user.id,
            organisation,
            now=self.works.now(),
        )
        await self._welcome(interaction, view)

    async def _welcome(self, interaction: _Interaction, view: ParticipantView) -> None:
        guild_id = interaction.guild_id or 0
        await privately(
            interaction,
            joined_card(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0), guild_id, view
            ),
        )
        self.crew.follow_up(guild_id)
        if view.before is not None:
            await rounds.tell_vacancies(self.works, guild_id, self.works.now())
