"""What becomes of factors: decided, withdrawn, reopened, merged; voting days and key areas."""

from datetime import UTC, datetime
from typing import Annotated

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.factors import keyareas, merging, outcomes, windows
from bot.domain.factors.errors import DecidedMeanwhile
from bot.domain.factors.merging import Merged
from bot.domain.factors.views import FactorView
from bot.domain.kit.errors import StalePress
from bot.ui.answers import what_was_wrong
from bot.ui.commands import OneOf, command
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.factors.deciding_cards import (
    area_card,
    days_card,
    decided_card,
    decided_meanwhile_card,
    merge_question_card,
    merged_card,
    unmerged_card,
)
from cogs.factors.deciding_forms import (
    NO_AREA,
    AreaSaid,
    DaysSaid,
    DecisionSaid,
    MergeSaid,
    area_form,
    days_form,
    decide_form,
    merge_form,
    merge_into_form,
    withdraw_form,
)
from cogs.factors.options import DecidableFactorSaid, MergedFactorSaid, OpenFactorSaid
from cogs.factors.posting import refresh
from cogs.factors.posts import KINDS
from cogs.factors.showing import named, see_who_is_here
from cogs.kit.forms import ReasonSaid
from cogs.kit.hidden import tell_hidden
from storage.enums import FactorStatus

_Outcome = Annotated[FactorStatus, OneOf(FactorStatus, "outcome", outcomes.OUTCOMES)]


class Deciding(commands.Cog):
    """Deciding on factors, withdrawing them, and what coordinators set."""

    posts = KINDS

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @command("factor.decide")
    async def decide(
        self, ask: Ask, factor: DecidableFactorSaid, outcome: _Outcome, reason: str = ""
    ) -> None:
        """Decide at once, or open the form where no reason was given."""
        view = await named(ask, factor)
        seen_at = ask.said_at - outcomes.JUST_NOW
        if reason:
            await self._decide(ask, view.id, outcome, reason, seen_at)
            return
        await ask.read(outcomes.need_decidable, view.id, outcome, seen_at)
        await ask.open(decide_form(ask.words, view, ask.works.now(), outcome))

    @handles("decide:1")
    async def open_decide(self, ask: Ask, factor_id: int) -> None:
        """The button: the form that asks which outcome, and why."""
        view = await ask.read(outcomes.to_decide, factor_id)
        await ask.open(decide_form(ask.words, view, ask.works.now()))

    @handles("decided:1")
    async def decided_in_old_form(self, ask: Ask, said: DecisionSaid, factor_id: int) -> None:
        """Decide as a form says that carries no moment."""
        await self._decided(ask, said, factor_id, ask.said_at - outcomes.JUST_NOW)

    @handles("decided:2")
    async def decided(self, ask: Ask, said: DecisionSaid, factor_id: int, opened: int) -> None:
        """Decide as the form says, which was opened then (milliseconds since 1970)."""
        try:
            seen_at = datetime.fromtimestamp(opened / 1000, UTC)
        except (OverflowError, ValueError, OSError):
            raise StalePress from None
        await self._decided(ask, said, factor_id, seen_at)

    async def _decided(
        self, ask: Ask, said: DecisionSaid, factor_id: int, seen_at: datetime
    ) -> None:
        if said.outcome not in outcomes.OUTCOMES:
            raise StalePress
        await self._decide(ask, factor_id, said.outcome, said.reason, seen_at)

    async def _decide(
        self, ask: Ask, factor_id: int, outcome: FactorStatus, reason: str, seen_at: datetime
    ) -> None:
        try:
            await ask.read(outcomes.need_decidable, factor_id, outcome, seen_at)
            await see_who_is_here(self.crew, ask, factor_id)
            factor = await ask.write(outcomes.decide, factor_id, outcome, reason, seen_at)
        except DecidedMeanwhile as refusal:
            why = what_was_wrong(ask.words, refusal)
            await ask.answer(decided_meanwhile_card(ask.words, factor_id, why, reason))
        else:
            await self._became(ask, factor, reason)

    @command("factor.withdraw")
    async def withdraw(self, ask: Ask, factor: OpenFactorSaid, reason: str = "") -> None:
        """Take a factor back, or ask why first."""
        view = await named(ask, factor)
        if reason:
            await self._withdraw(ask, view.id, reason)
            return
        await self.open_withdraw(ask, view.id)

    @handles("withdraw:1")
    async def open_withdraw(self, ask: Ask, factor_id: int) -> None:
        """The form that asks why."""
        await ask.read(outcomes.need_withdrawable, factor_id)
        form = withdraw_form(ask.words, factor_id)
        await ask.open(form)

    @handles("withdrawn:1")
    async def withdrawn(self, ask: Ask, said: ReasonSaid, factor_id: int) -> None:
        """Take it back."""
        await self._withdraw(ask, factor_id, said.reason)

    async def _withdraw(self, ask: Ask, factor_id: int, reason: str) -> None:
        factor = await ask.write(outcomes.withdraw, factor_id, reason)
        await self._became(ask, factor, reason)

    async def _became(self, ask: Ask, factor: FactorView, reason: str) -> None:
        """Answer, and then let everyone know."""
        await ask.answer(decided_card(ask.words, factor))
        refresh(self.crew, factor)
        self.crew.courier.wake()
        await tell_hidden(ask, reason)

    @handles("days:1")
    async def open_days(self, ask: Ask, factor_id: int) -> None:
        """The form about the days on which votes are taken."""
        opens, closes = await ask.read(windows.form, factor_id)
        words = ask.words
        await ask.open(days_form(words, factor_id, opens, closes))

    @handles("dayset:1")
    async def set_days_in_old_form(self, ask: Ask, said: DaysSaid, factor_id: int) -> None:
        """Let votes be taken on these days; the form does not tell which there were."""
        await self.set_days(ask, said, factor_id, "")

    @handles("dayset:2")
    async def set_days(self, ask: Ask, said: DaysSaid, factor_id: int, seen: str) -> None:
        """Let votes be taken on these days, unless somebody has set others meanwhile."""
        factor = await ask.write(windows.set_days, factor_id, said.opens, said.closes, seen=seen)
        await ask.answer(days_card(ask.words, factor))
        refresh(self.crew, factor)

    @handles("area:1")
    async def open_area(self, ask: Ask, factor_id: int) -> None:
        """The form to choose a key area, if there is any."""
        chosen, areas = await ask.read(keyareas.to_choose, factor_id)
        words = ask.words
        if not areas:
            await ask.answer(note(words("keyarea.list.empty")))
            return
        await ask.open(area_form(words, factor_id, chosen, areas))

    @handles("areaset:1")
    async def set_area_in_old_form(self, ask: Ask, said: AreaSaid, factor_id: int) -> None:
        """Put it under a key area, or under none; the form does not tell where it was."""
        await self._set_area(ask, said, factor_id, None)

    @handles("areaset:2")
    async def set_area(self, ask: Ask, said: AreaSaid, factor_id: int, seen: int) -> None:
        """Put it under a key area, or under none, unless somebody has done so meanwhile."""
        await self._set_area(ask, said, factor_id, seen)

    async def _set_area(self, ask: Ask, said: AreaSaid, factor_id: int, seen: int | None) -> None:
        wanted = "" if said.key_area == NO_AREA else said.key_area
        factor = await ask.write(keyareas.put, factor_id, wanted, seen=seen)
        await ask.answer(area_card(ask.words, factor))
        refresh(self.crew, factor)


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

    @handles("mergewith:1")
    async def choose(self, ask: Ask, factor_id: int) -> None:
        """Ask which one, and why; what is most like it is chosen already."""
        others = await ask.read(merging.candidates, factor_id)
        words = ask.words
        if not others:
            await ask.answer(note(words("merge.none")))
            return
        await ask.open(merge_into_form(words, factor_id, others))

    @handles("mergeinto:1")
    async def chosen(self, ask: Ask, said: MergeSaid, factor_id: int) -> None:
        """The form with what was chosen and why."""
        if not said.into.isdecimal():
            raise StalePress
        await self._ask(ask, factor_id, int(said.into), said.reason)

    @handles("merging:1")
    async def reasoned(self, ask: Ask, said: ReasonSaid, factor_id: int, into_id: int) -> None:
        """The form with the reason."""
        await self._ask(ask, factor_id, into_id, said.reason)

    async def _ask(self, ask: Ask, factor_id: int, into_id: int, reason: str) -> None:
        await self._need_mergeable(ask, factor_id, into_id)
        await see_who_is_here(self.crew, ask, factor_id, into_id)
        question = await ask.write(merging.ask, factor_id, into_id, reason)
        card = merge_question_card(ask.words, question)
        await ask.answer(card)
        await tell_hidden(ask, reason)

    async def _need_mergeable(self, ask: Ask, factor_id: int, into_id: int) -> None:
        await ask.read(merging.need_mergeable, factor_id, into_id)

    @handles("mergenow:1")
    async def merge_now(self, ask: Ask, question_id: int) -> None:
        """Do what was asked about."""
        both = await ask.read(merging.need_question, question_id)
        await see_who_is_here(self.crew, ask, *both, anew=False)
        done = await ask.write(merging.confirm, question_id)
        card = merged_card(ask.words, done)
        await ask.go_on(card)
        self._refresh_both(done)
        self.crew.courier.wake()

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
        await see_who_is_here(self.crew, ask, factor_id)
        done = await ask.write(merging.unmerge, factor_id)
        await ask.answer(unmerged_card(ask.words, done))
        self._refresh_both(done)
        self.crew.recounts.wake(guild_id)  # for what it was merged into, if that was merged on
        self.crew.courier.wake()

    def _refresh_both(self, done: Merged) -> None:
        refresh(self.crew, done.merged)
        refresh(self.crew, done.into)
