"""Asking to be let in, and deciding it."""

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.coordinators import send_direct, tell_coordinators
from bot.delivery.crew import Crew
from bot.domain.membership import joining
from bot.domain.membership.joining import RequestView
from bot.i18n.words import Words
from bot.ui.layout import Card
from bot.ui.presses import handles
from cogs.members.cards import (
    RequestAnswer,
    asked_card,
    declined_card,
    joined_card,
    request_card,
)
from storage.enums import RequestStatus


class RequestCog(commands.Cog):
    """Asking to be let in, and deciding it."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @handles("ask:1")
    async def ask(self, ask: Ask, organisation_id: int) -> None:
        """Pass a wish on to the contact person, else to the coordinators."""
        request = await ask.write(joining.ask, ask.person.id, organisation_id)
        card = asked_card(ask.words, request)
        await ask.replace(card)
        if request.fresh:
            await self._pass_on(request)

    @handles("request:1", direct=True)
    async def decide(self, ask: Ask, request_id: int, outcome: RequestAnswer) -> None:
        """Let somebody in, or not; a second press shows what was decided."""
        member = await ask.as_member()
        approve = outcome is RequestAnswer.APPROVE
        request = await member.write(joining.decide, request_id, approve=approve)
        card = request_card(self._words(ask, request), request)
        await ask.replace(card)
        if request.fresh:
            await self._tell(request)
            self.crew.follow_up(ask.programme_id)

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
            await self.works.visit(request.programme_id).write(
                joining.posted, request.id, message.channel.id, message.id
            )

    async def _tell(self, request: RequestView) -> None:
        """Tell whoever asked, where their direct messages are open."""
        words = self.works.speech.in_(request.language, request.programme_id)
        card: Card
        if request.status is RequestStatus.APPROVED:
            view = await self.works.visit(request.programme_id).read(
                joining.let_in, request.member_id
            )
            card = joined_card(words, request.programme_id, view)
        else:
            card = declined_card(words, request)
        await send_direct(self.works, request.member_id, card)

    def _words(self, ask: Ask, request: RequestView) -> Words:
        """In the coordinators' channel everyone reads the card; in a direct message one person."""
        if ask.in_direct_message:
            return ask.words
        return ask.works.speech.in_(request.language, request.programme_id)
