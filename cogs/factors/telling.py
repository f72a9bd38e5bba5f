"""What organisations have to tell of a factor: their experience."""

from discord import app_commands

from bot.domain.factors import experiences, factors
from bot.domain.factors.experiences import Told
from bot.i18n.commands import described, named
from bot.ui import completion
from bot.ui.answers import person_of, privately
from bot.ui.presses import handles
from cogs.factors.cards import told_card
from cogs.factors.forms import experience_form
from cogs.factors.part import FactorInteraction, FactorPart
from cogs.factors.posting import refresh
from storage.enums import ExperienceStance


class Telling(FactorPart):
    """Telling of experiences, and standing behind what colleagues told."""

    @app_commands.command(
        name=named("experience"), description=described("command.factor.experience")
    )
    @app_commands.describe(
        factor=described("command.factor.experience.factor"),
        stance=described("command.factor.experience.stance"),
        how=described("command.factor.experience.how"),
        organisation=described("command.factor.experience.organisation"),
    )
    @app_commands.rename(
        factor=named("factor"),
        stance=named("stance"),
        how=named("how"),
        organisation=named("organisation"),
    )
    @app_commands.choices(
        stance=[
            app_commands.Choice(name=described(f"experience.choice.{stance}"), value=stance.value)
            for stance in ExperienceStance
        ]
    )
    @app_commands.autocomplete(factor=completion.factor, organisation=completion.organisation)
    async def experience(
        self,
        interaction: FactorInteraction,
        factor: str,
        stance: str | None = None,
        how: str = "",
        organisation: str = "",
    ) -> None:
        """Tell at once, or open the form where no stance was chosen."""
        found = await self.works.db.read(
            factors.named, interaction.guild_id or 0, factor, now=self.works.now()
        )
        if stance is None:
            await self._open(interaction, found.id, organisation)
            return
        await self._tell(interaction, found.id, ExperienceStance(stance), how, organisation)

    @handles("experience:1")
    async def open_experience(self, interaction: FactorInteraction, factor_id: int) -> None:
        """The card's button: the form, with what the organisation says now."""
        await self._open(interaction, factor_id)

    @handles("tell:1")
    async def told(
        self,
        interaction: FactorInteraction,
        typed: dict[str, str],
        factor_id: int,
        organisation_id: int,
    ) -> None:
        """Keep what was told."""
        stance = ExperienceStance(typed.get("stance") or ExperienceStance.NEW)
        behalf = str(organisation_id) if organisation_id else ""
        await self._tell(interaction, factor_id, stance, typed.get("how", ""), behalf)

    @handles("confirm:1")
    async def confirm(self, interaction: FactorInteraction, experience_id: int) -> None:
        """The contact person stands behind a statement."""
        done = await self.works.db.write(
            experiences.confirm,
            interaction.guild_id or 0,
            person_of(interaction),
            experience_id,
            now=self.works.now(),
        )
        await self._answer(interaction, done)

    async def _open(self, interaction: FactorInteraction, factor_id: int, behalf: str = "") -> None:
        begin = await self.works.db.read(
            experiences.form,
            interaction.guild_id or 0,
            person_of(interaction),
            factor_id,
            behalf=behalf,
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        form = experience_form(words, begin, on_behalf=bool(behalf))
        await interaction.response.send_modal(form)

    async def _tell(
        self,
        interaction: FactorInteraction,
        factor_id: int,
        stance: ExperienceStance,
        how: str,
        behalf: str,
    ) -> None:
        done = await self.works.db.write(
            experiences.tell,
            interaction.guild_id or 0,
            person_of(interaction),
            factor_id,
            stance,
            how,
            behalf=behalf,
            now=self.works.now(),
        )
        await self._answer(interaction, done)

    async def _answer(self, interaction: FactorInteraction, done: Told) -> None:
        await privately(
            interaction,
            told_card(self.works.speech.to(interaction.locale, interaction.guild_id or 0), done),
        )
        refresh(self.crew, done.factor)
