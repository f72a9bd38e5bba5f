"""What becomes of factors: deciding, withdrawing, reopening; voting days and key areas."""

from discord import app_commands

from bot.delivery.telling import tell_about
from bot.domain.factors import keyareas, outcomes, windows
from bot.domain.factors.views import FactorView
from bot.domain.kit.errors import ChoiceUnknown
from bot.i18n.commands import described, named
from bot.ui import completion
from bot.ui.answers import person_of, privately
from bot.ui.layout import note
from bot.ui.presses import handles
from cogs.factors.deciding_cards import area_card, days_card, decided_card, outcome_text
from cogs.factors.deciding_forms import NO_AREA, area_form, days_form, decide_form, withdraw_form
from cogs.factors.part import FactorInteraction, FactorPart
from cogs.factors.posting import refresh
from storage.enums import FactorStatus


class Deciding(FactorPart):
    """Deciding on factors, withdrawing them, and what coordinators set."""

    @app_commands.command(name=named("decide"), description=described("command.factor.decide"))
    @app_commands.describe(
        factor=described("command.factor.show.factor"),
        outcome=described("command.factor.decide.outcome"),
        reason=described("command.factor.reason"),
    )
    @app_commands.rename(factor=named("factor"), outcome=named("outcome"), reason=named("reason"))
    @app_commands.choices(
        outcome=[
            app_commands.Choice(name=described(f"outcome.{each}"), value=each.value)
            for each in outcomes.OUTCOMES
        ]
    )
    @app_commands.autocomplete(factor=completion.decidable_factor)
    async def decide(
        self, interaction: FactorInteraction, factor: str, outcome: str, reason: str = ""
    ) -> None:
        """Decide at once, or open the form where no reason was given."""
        view = await self.named(interaction, factor)
        wanted = FactorStatus(outcome)
        if reason:
            await self._decide(interaction, view.id, wanted, reason)
            return
        await self._need_decidable(interaction, view.id, wanted)
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await interaction.response.send_modal(decide_form(words, view, wanted))

    @handles("decide:1")
    async def open_decide(self, interaction: FactorInteraction, factor_id: int) -> None:
        """The button: the form that asks which outcome, and why."""
        view = await self.works.db.read(
            outcomes.to_decide,
            interaction.guild_id or 0,
            person_of(interaction),
            factor_id,
            now=self.works.now(),
        )
        await interaction.response.send_modal(
            decide_form(self.works.speech.to(interaction.locale, interaction.guild_id or 0), view)
        )

    @handles("decided:1")
    async def decided(
        self, interaction: FactorInteraction, typed: dict[str, str], factor_id: int
    ) -> None:
        """Decide as the form says."""
        said = typed.get("outcome", "")
        if said not in outcomes.OUTCOMES:
            raise ChoiceUnknown(choice=said)
        await self._decide(interaction, factor_id, FactorStatus(said), typed.get("reason", ""))

    async def _decide(
        self, interaction: FactorInteraction, factor_id: int, outcome: FactorStatus, reason: str
    ) -> None:
        await self._need_decidable(interaction, factor_id, outcome)
        await self.see_who_is_here(interaction)
        factor = await self.works.db.write(
            outcomes.decide,
            interaction.guild_id or 0,
            person_of(interaction),
            factor_id,
            outcome,
            reason,
            now=self.works.now(),
        )
        await self._became(interaction, factor)

    async def _need_decidable(
        self, interaction: FactorInteraction, factor_id: int, outcome: FactorStatus
    ) -> None:
        await self.works.db.read(
            outcomes.need_decidable,
            interaction.guild_id or 0,
            person_of(interaction),
            factor_id,
            outcome,
        )

    @app_commands.command(name=named("withdraw"), description=described("command.factor.withdraw"))
    @app_commands.describe(
        factor=described("command.factor.show.factor"), reason=described("command.factor.reason")
    )
    @app_commands.rename(factor=named("factor"), reason=named("reason"))
    @app_commands.autocomplete(factor=completion.open_factor)
    async def withdraw(self, interaction: FactorInteraction, factor: str, reason: str = "") -> None:
        """Take a factor back, or ask why first."""
        view = await self.named(interaction, factor)
        if reason:
            await self._withdraw(interaction, view.id, reason)
            return
        await self.open_withdraw(interaction, view.id)

    @handles("withdraw:1")
    async def open_withdraw(self, interaction: FactorInteraction, factor_id: int) -> None:
        """The form that asks why."""
        await self.works.db.read(
            outcomes.need_withdrawable,
            interaction.guild_id or 0,
            person_of(interaction),
            factor_id,
        )
        form = withdraw_form(
            self.works.speech.to(interaction.locale, interaction.guild_id or 0), factor_id
        )
        await interaction.response.send_modal(form)

    @handles("withdrawn:1")
    async def withdrawn(
        self, interaction: FactorInteraction, typed: dict[str, str], factor_id: int
    ) -> None:
        """Take it back."""
        await self._withdraw(interaction, factor_id, typed.get("reason", ""))

    async def _withdraw(self, interaction: FactorInteraction, factor_id: int, reason: str) -> None:
        factor = await self.works.db.write(
            outcomes.withdraw,
            interaction.guild_id or 0,
            person_of(interaction),
            factor_id,
            reason,
            now=self.works.now(),
        )
        await self._became(interaction, factor)

    async def _became(self, interaction: FactorInteraction, factor: FactorView) -> None:
        """Answer, and then let everyone know."""
        await privately(
            interaction,
            decided_card(
                self.works.speech.to(interaction.locale, interaction.guild_id or 0), factor
            ),
        )
        refresh(self.crew, factor)
        await tell_about(
            self.works,
            factor,
            lambda words: outcome_text(words, factor),
            but={interaction.user.id},
        )

    @handles("days:1")
    async def open_days(self, interaction: FactorInteraction, factor_id: int) -> None:
        """The form about the days on which votes are taken."""
        opens, closes = await self.works.db.read(
            windows.form,
            interaction.guild_id or 0,
            person_of(interaction),
            factor_id,
            now=self.works.now(),
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        await interaction.response.send_modal(days_form(words, factor_id, opens, closes))

    @handles("dayset:1")
    async def set_days(
        self, interaction: FactorInteraction, typed: dict[str, str], factor_id: int
    ) -> None:
        """Let votes be taken on these days."""
        factor = await self.works.db.write(
            windows.set_days,
            interaction.guild_id or 0,
            person_of(interaction),
            factor_id,
            typed.get("opens", ""),
            typed.get("closes", ""),
            now=self.works.now(),
        )
        await privately(
            interaction,
            days_card(self.works.speech.to(interaction.locale, interaction.guild_id or 0), factor),
        )
        refresh(self.crew, factor)

    @handles("area:1")
    async def open_area(self, interaction: FactorInteraction, factor_id: int) -> None:
        """The form to choose a key area, if there is any."""
        chosen, areas = await self.works.db.read(
            keyareas.to_choose, interaction.guild_id or 0, person_of(interaction), factor_id
        )
        words = self.works.speech.to(interaction.locale, interaction.guild_id or 0)
        if not areas:
            await privately(interaction, note(words("keyarea.list.empty")))
            return
        await interaction.response.send_modal(area_form(words, factor_id, chosen, areas))

    @handles("areaset:1")
    async def set_area(
        self, interaction: FactorInteraction, typed: dict[str, str], factor_id: int
    ) -> None:
        """Put it under a key area, or under none."""
        said = typed.get("key_area", "")
        factor = await self.works.db.write(
            keyareas.put,
            interaction.guild_id or 0,
            person_of(interaction),
            factor_id,
            "" if said == NO_AREA else said,
            now=self.works.now(),
        )
        await privately(
            interaction,
            area_card(self.works.speech.to(interaction.locale, interaction.guild_id or 0), factor),
        )
        refresh(self.crew, factor)
