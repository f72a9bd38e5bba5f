"""Voting with the buttons of a card."""

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.factors import votes
from bot.domain.factors.votes import Ballot
from bot.ui.presses import handles
from cogs.factors.forms import objection_form
from cogs.factors.showing import answer_vote
from cogs.kit.forms import ReasonSaid
from storage.enums import Choice

# So many presses under way are a crowd.
_CROWD = 12


class FactorVoting(commands.Cog):
    """Voting, changing one's vote, taking it back."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    _under_way = 0

    @handles("vote:1")
    async def vote(self, ask: Ask, factor_id: int, choice: Choice) -> None:
        """Count a vote; whoever objects is asked why first."""
        if choice is Choice.OBJECT:
            await self._object(ask, factor_id)
            return
        await self._vote(ask, factor_id, choice)

    @handles("objection:1")
    async def objected(self, ask: Ask, said: ReasonSaid, factor_id: int) -> None:
        """Count an objection with its reason."""
        await self._vote(ask, factor_id, Choice.OBJECT, said.reason)

    async def _object(self, ask: Ask, factor_id: int) -> None:
        mine = await ask.read(votes.ballot, factor_id, ask.person.id)
        if mine == Ballot(Choice.OBJECT):
            await self._vote(ask, factor_id, Choice.OBJECT)
            return
        words = ask.words
        await ask.open(objection_form(words, factor_id))

    async def _vote(
        self, ask: Ask, factor_id: int, choice: Choice, reason: str | None = None
    ) -> None:
        """Record a vote, and answer once it is on disk.

        The answer is the card with the vote on it. In a crowd it only says that it was heard, and
        the card follows once for all: else most would wait for longer than Discord does.
        """
        self._under_way += 1
        try:
            crowd = self._under_way > _CROWD and ask.pressed_public
            await self._cast(ask, factor_id, choice, reason)
            if crowd:
                self.crew.recounts.wake(ask.programme_id)
                await ask.later(anew=False)
                return
            factor = await self.crew.recounts.count(ask.programme_id, factor_id)
            await answer_vote(self.crew, ask, factor)
        finally:
            self._under_way -= 1

    async def _cast(self, ask: Ask, factor_id: int, choice: Choice, reason: str | None) -> None:
        await ask.write(votes.cast, factor_id, ask.person.id, choice, reason=reason)
