"""Asking to be let in, and deciding it."""

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.membership import joining
from bot.domain.membership.joining import RequestView
from bot.i18n.words import Words
from bot.ui.presses import handles
from cogs.members.cards import (
    RequestAnswer,
    asked_card,
    request_card,
)
from cogs.membership.posts import KINDS


class RequestCog(commands.Cog):
    """Asking to be let in, and deciding it."""

    posts = KINDS

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @handles("ask:1")
    async def ask(self, ask: Ask, organisation_id: int) -> None:
        """Pass a wish on to the contact person, else to the coordinators."""
        request = await ask.write(joining.ask, ask.person.id, organisation_id)
        card = asked_card(ask.words, request)
        await ask.replace(card)
        if request.fresh:
            self.crew.courier.wake()

    @handles("request:1", direct=True)
    async def decide(self, ask: Ask, request_id: int, outcome: RequestAnswer) -> None:
        """Let somebody in, or not; a second press shows what was decided."""
        member = await ask.as_member()
        approve = outcome is RequestAnswer.APPROVE
        request = await member.write(joining.decide, request_id, approve=approve)
        card = request_card(self._words(ask, request), request)
        await ask.replace(card)
        if request.fresh:
            self.crew.follow_up(ask.programme_id)

    def _words(self, ask: Ask, request: RequestView) -> Words:
        """In the coordinators' channel everyone reads the card; in a direct message one person."""
        if ask.in_direct_message:
            return ask.words
        return ask.works.speech.in_(request.language, request.programme_id)
