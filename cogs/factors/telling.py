"""What organisations have to tell of a factor: their experience."""

from typing import Annotated

from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.factors import experiences, factors
from bot.domain.factors.experiences import Told
from bot.ui.commands import OneOf, command
from bot.ui.presses import handles
from cogs.factors.cards import told_card
from cogs.factors.forms import ExperienceSaid, experience_form
from cogs.factors.options import FactorSaid
from cogs.factors.posting import refresh
from cogs.kit.hidden import tell_hidden
from cogs.organisations.options import OrganisationSaid
from storage.enums import ExperienceStance

_Stance = Annotated[ExperienceStance, OneOf(ExperienceStance, "experience.choice")]


class Telling(commands.Cog):
    """Telling of experiences, and standing behind what colleagues told."""

    def __init__(self, crew: Crew) -> None:
        self.crew = crew

    @command("factor.experience")
    async def experience(
        self,
        ask: Ask,
        factor: FactorSaid,
        stance: _Stance | None = None,
        how: str = "",
        organisation: OrganisationSaid = "",
    ) -> None:
        """Tell at once, or open the form where no stance was chosen."""
        found = await ask.read(factors.named, factor)
        if stance is None:
            await self._open(ask, found.id, organisation)
            return
        await self._tell(ask, found.id, stance, how, organisation)

    @handles("experience:1")
    async def open_experience(self, ask: Ask, factor_id: int) -> None:
        """The card's button: the form, with what the organisation says now."""
        await self._open(ask, factor_id)

    @handles("tell:1")
    async def told(
        self, ask: Ask, said: ExperienceSaid, factor_id: int, organisation_id: int
    ) -> None:
        """Keep what was told."""
        behalf = str(organisation_id) if organisation_id else ""
        await self._tell(ask, factor_id, said.stance, said.how, behalf)

    @handles("confirm:1")
    async def confirm(self, ask: Ask, experience_id: int) -> None:
        """The contact person stands behind a statement."""
        done = await ask.write(experiences.confirm, experience_id)
        await self._answer(ask, done)

    async def _open(self, ask: Ask, factor_id: int, behalf: str = "") -> None:
        begin = await ask.read(experiences.form, factor_id, behalf=behalf)
        words = ask.words
        form = experience_form(words, begin, on_behalf=bool(behalf))
        await ask.open(form)

    async def _tell(
        self, ask: Ask, factor_id: int, stance: ExperienceStance, how: str, behalf: str
    ) -> None:
        done = await ask.write(experiences.tell, factor_id, stance, how, behalf=behalf)
        await self._answer(ask, done)
        await tell_hidden(ask, how)

    async def _answer(self, ask: Ask, done: Told) -> None:
        await ask.answer(told_card(ask.words, done))
        refresh(self.crew, done.factor)
