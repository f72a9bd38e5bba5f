"""Asking to be let in, and deciding it."""

from typing import Any

import discord
from discord.ext import commands

from bot.delivery.coordinators import send_direct, tell_coordinators
from bot.delivery.crew import Crew
from bot.domain.kit.errors import OnlyInServer
from bot.domain.kit.people import Person
from bot.domain.members import participants
from bot.domain.membership import requests
from bot.domain.membership.requests import RequestView
from bot.i18n.words import Words
from bot.ui.answers import person_of
from bot.ui.layout import Card
from bot.ui.presses import handles
from cogs.members.cards import asked_card, declined_card, joined_card, request_card
from storage.enums import RequestStatus

_Interaction = discord.Interaction[Any]


class RequestCog(commands.Cog):
    """Asking to be let in, and deciding it."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @handles("ask:1")
    async def ask(self, interaction: _Interaction, organisation_id: int) -> None:
        """Pass a wish on to the contact person, else to the coordinators."""
        request = await self.works.db.write(
            requests.ask,
            interaction.guild_id or 0,
            interaction.user.id,
            organisation_id,
            now=self.works.now(),
        )
        card = asked_card(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), request
        )
        await interaction.response.edit_message(view=card)
        if request.fresh:
            await self._pass_on(request)

    @handles("request:1", direct=True)
    async def decide(
        self, interaction: _Interaction, programme_id: int, request_id: int, outcome: str
    ) -> None:
        """Let somebody in, or not; a second press shows what was decided."""
        guild_id = programme_id
        person = await self._person(interaction, guild_id)
        request = await self.works.db.write(
            requests.decide,
            guild_id,
            person,
            request_id,
            approve=outcome == "approve",
            now=self.works.now(),
        )
        card = request_card(self._words(interaction, request), request)
        await interaction.response.edit_message(view=card)
        if request.fresh:
            await self._tell(request)
            self.crew.follow_up(guild_id)

    async def _pass_on(self, request: RequestView) -> None:
        words = self.works.speech.in_(request.language, request.programme_id)
        message = None
        if request.contact_id is not None:
            message = await send_direct(
                self.works, request.contact_id, request_card(words, request)
            )
        if message is None:
            message = await tell_coordinators(
                self.works, request.programme_id, lambda words: request_card(words, request)
            )
        if message is not None:
            await self.works.db.write(
                requests.posted, request.programme_id, request.id, message.channel.id, message.id
            )

    async def _tell(self, request: RequestView) -> None:
        """Tell whoever asked, where their direct messages are open."""
        words = self.works.speech.in_(request.language, request.programme_id)
        card: Card
        if request.status is RequestStatus.APPROVED:
            view = await self.works.db.read(
                participants.need, request.programme_id, request.member_id
            )
            card = joined_card(words, request.programme_id, view)
        else:
            card = declined_card(words, request)
        await send_direct(self.works, request.member_id, card)

    async def _person(self, interaction: _Interaction, guild_id: int) -> Person:
        """Who decides: a direct message names no server, so membership is looked up again."""
        if interaction.guild_id is not None:
            if interaction.guild_id != guild_id:
                raise OnlyInServer
            return person_of(interaction)
        try:
            # Direct messages come to the process with shard 0, which need not have this server's.
            guild = self.works.client.get_guild(guild_id) or await self.works.client.fetch_guild(
                guild_id
            )
            member = await guild.fetch_member(interaction.user.id)
        except (discord.NotFound, discord.Forbidden):
            raise OnlyInServer from None
        may = member.guild_permissions
        return Person(
            member.id,
            frozenset(role.id for role in member.roles),
            may.manage_guild or may.administrator,
        )

    def _words(self, interaction: _Interaction, request: RequestView) -> Words:
        """In the coordinators' channel everyone reads the card; in a direct message one person."""
        if interaction.guild_id is None:
            return self.works.speech.to(interaction.locale, request.programme_id)
        return self.works.speech.in_(request.language, request.programme_id)
