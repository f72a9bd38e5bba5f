"""Merging factors, and undoing it."""

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.delivery.telling import tell_about
from bot.domain.factors import merging
from bot.domain.factors.merging import Merged
from bot.ui.commands import command
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.factors.deciding_cards import (
    left_text,
    merge_question_card,
    merged_card,
    merged_text,
    parted_text,
    received_text,
    unmerged_card,
)
from cogs.factors.deciding_forms import merge_form
from cogs.factors.options import MergedFactorSaid, OpenFactorSaid
from cogs.factors.posting import refresh
from cogs.factors.showing import named, see_who_is_here
from cogs.kit.forms import ReasonSaid


class Merging(commands.Cog):
    """Merging factors into each other."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @command("factor.merge")
    async def merge(
        self, ask: Ask, factor: OpenFactorSaid, into: OpenFactorSaid, reason: str = ""
    ) -> None:
        """Say what merging would do; first ask why, where no reason was given."""
        one, other = await named(ask, factor), await named(ask, into)
        if reason:
            await self._ask(ask, one.id, other.id, reason)
            return
        await self._need_mergeable(ask, one.id, other.id)
        form = merge_form(ask.words, one.id, other.id)
        await ask.open(form)

    @handles("merging:1")
    async def reasoned(self, ask: Ask, said: ReasonSaid, factor_id: int, into_id: int) -> None:
        """The form with the reason."""
        await self._ask(ask, factor_id, into_id, said.reason)

    async def _ask(self, ask: Ask, factor_id: int, into_id: int, reason: str) -> None:
        await self._need_mergeable(ask, factor_id, into_id)
        await see_who_is_here(self.crew, ask)
        question = await ask.write(merging.ask, factor_id, into_id, reason)
        card = merge_question_card(ask.words, question)
        await ask.answer(card)

    async def _need_mergeable(self, ask: Ask, factor_id: int, into_id: int) -> None:
        await ask.read(merging.need_mergeable, factor_id, into_id)

    @handles("mergenow:1")
    async def merge_now(self, ask: Ask, question_id: int) -> None:
        """Do what was asked about."""
        await ask.read(merging.need_question, question_id)
        await see_who_is_here(self.crew, ask, anew=False)
        done = await ask.write(merging.confirm, question_id)
        card = merged_card(ask.words, done)
        await ask.go_on(card)
        self._refresh_both(done)
        know = {ask.person.id}
        told = await tell_about(
            self.crew.works, done.merged, lambda words: merged_text(words, done), but=know
        )
        await tell_about(
            self.crew.works, done.into, lambda words: received_text(words, done), but={*know, told}
        )

    @handles("mergenot:1")
    async def leave_apart(self, ask: Ask, question_id: int) -> None:
        """Merge nothing."""
        await ask.write(merging.cancel, question_id)
        words = ask.words
        await ask.replace(note(words("merge.cancelled")))

    @command("factor.unmerge")
    async def unmerge(self, ask: Ask, factor: MergedFactorSaid) -> None:
        """Undo a merge."""
        await self.unmerge_by_button(ask, (await named(ask, factor)).id)

    @handles("unmerge:1")
    async def unmerge_by_button(self, ask: Ask, factor_id: int) -> None:
        """The same by a button."""
        guild_id = ask.programme_id
        await ask.read(merging.need_merged, factor_id)
        await see_who_is_here(self.crew, ask)
        done = await ask.write(merging.unmerge, factor_id)
        await ask.answer(
            unmerged_card(ask.words, done),
        )
        self._refresh_both(done)
        self.crew.recounts.wake(guild_id)  # for what it was merged into, if that was merged on
        know = {ask.person.id}
        told = await tell_about(
            self.crew.works, done.merged, lambda words: parted_text(words, done), but=know
        )
        await tell_about(
            self.crew.works, done.into, lambda words: left_text(words, done), but={*know, told}
        )

    def _refresh_both(self, done: Merged) -> None:
        refresh(self.crew, done.merged)
        refresh(self.crew, done.into)
