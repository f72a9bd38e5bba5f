"""Voting with the buttons of a card; taking a vote back where only oneself sees it."""

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.factors import votes
from bot.domain.factors.casting import CASTING, Press
from bot.domain.factors.votes import Ballot
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.factors.cards import own_vote_card, shown_title
from cogs.factors.forms import objection_form
from cogs.factors.posting import refresh
from cogs.factors.showing import answer_vote
from cogs.kit.forms import ReasonSaid
from cogs.kit.hidden import tell_hidden
from storage.enums import Choice

# So many presses under way are a crowd.
_CROWD = 12


class FactorVoting(commands.Cog):
    """Voting, changing one's vote, taking it back.

    No press on a card takes anything away: twice, late and again it does nothing more.
    """

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

    @handles("newreason:1")
    async def change_reason(self, ask: Ask, factor_id: int) -> None:
        """Ask for the reason of an objection anew, with the one that was given."""
        mine = await ask.read(votes.ballot, factor_id, ask.person.id)
        await ask.open(objection_form(ask.words, factor_id, mine.reason or ""))

    @handles("voteback:1")
    async def take_back(self, ask: Ask, factor_id: int) -> None:
        """Take the person's own vote back; the card follows."""
        taken = await ask.write(votes.take_back, factor_id, ask.person.id, said_at=ask.said_at)
        title, mine = await ask.read(votes.own, factor_id)
        if not taken:
            await ask.update(own_vote_card(ask.words, factor_id, title, mine))
            return
        await ask.update(note(ask.words("vote.taken_back", title=shown_title(title))))
        refresh(self.crew, await self.crew.recounts.count(ask.programme_id, factor_id))

    async def _object(self, ask: Ask, factor_id: int) -> None:
        mine = await ask.read(votes.ballot, factor_id, ask.person.id)
        if mine == Ballot(Choice.OBJECT):
            await self._has_voted(ask, factor_id)
            return
        words = ask.words
        await ask.open(objection_form(words, factor_id))

    async def _has_voted(self, ask: Ask, factor_id: int) -> None:
        """Say what somebody has voted already, and how to take that back."""
        title, mine = await ask.read(votes.own, factor_id)
        await ask.answer(own_vote_card(ask.words, factor_id, title, mine))

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
            who, shown = ask.person.id, not crowd
            press = Press(factor_id, who, choice, reason, ask.said_at, shown=shown)
            cast = await ask.write_together(CASTING, press)
            if not cast.changed:
                await self._has_voted(ask, factor_id)
            elif cast.factor is None:
                self.crew.recounts.wake(ask.programme_id)
                await ask.later(anew=False)
            else:
                await answer_vote(self.crew, ask, cast.factor)
            if cast.alone:
                await ask.answer(note(ask.words("vote.alone")))
            await tell_hidden(ask, reason or "")
        finally:
            self._under_way -= 1
