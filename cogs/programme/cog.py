"""``/programme``."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

import discord
from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.delivery.database_watch import strange_card
from bot.domain.programme import programmes
from bot.domain.tracks.places import Slot
from bot.i18n.words import Words
from bot.ui.commands import OneOf, command
from bot.ui.layout import note
from bot.ui.presses import handles
from bot.ui.text import clip, escape
from cogs.home.keeping import bring_all_in_line
from cogs.kit.builder import Stands
from cogs.kit.cards import blocked_card, progress_card, stopped_card
from cogs.kit.health import before_making, standing
from cogs.programme.cards import finished_card, status_card, stranger_card
from cogs.programme.options import TimezoneSaid
from cogs.programme.settings_cog import settings_card_for
from cogs.programme.status import make_coordinator, repair, report, try_again
from storage.enums import Language, Preset

_Preset = Annotated[Preset, OneOf(Preset, "preset")]
_Language = Annotated[Language, OneOf(Language, "language")]


class ProgrammeCog(commands.Cog):
    """Setting a programme up, seeing how it is, repairing it."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @command("programme.setup")
    async def setup(
        self,
        ask: Ask,
        preset: _Preset,
        language: _Language | None = None,
        timezone: TimezoneSaid | None = None,
    ) -> None:
        """Make the programme, or what is missing of it."""
        await self._set_up(ask, preset, language, timezone)

    @handles("setupanyway:1")
    async def set_up_anyway(self, ask: Ask, preset: Preset, language: str, timezone: str) -> None:
        """Make it, though there are cards of leda's that it does not know."""
        chosen = Language(language) if language in set(Language) else None
        await self._set_up(ask, preset, chosen, timezone or None, sure=True)

    async def _set_up(
        self,
        ask: Ask,
        preset: Preset,
        language: Language | None,
        timezone: str | None,
        *,
        sure: bool = False,
    ) -> None:
        guild = ask.guild
        words = ask.words
        asked: Any = {
            "preset": preset,
            "language": language,
            "timezone": timezone,
            "spoken": ask.server_language,
        }
        slots = await ask.read(programmes.plan, **asked)
        stands = partial(_stands, guild)
        stopping = [trouble for trouble in before_making(guild, slots) if trouble.stops]
        if stopping:
            await ask.answer(blocked_card(words, slots, stands, stopping))
            return
        if not sure and (stranger := await self._stranger(ask, slots)):
            url = stranger.jump_url
            await ask.answer(stranger_card(words, url, preset, language or "", timezone or ""))
            return
        await ask.write(programmes.set_up, **asked)
        ask.works.speech.nouns.update(await ask.works.db.read(programmes.nouns))
        await ask.answer(progress_card(words, slots, stands))
        await self._build(ask, guild, words, slots)

    async def _stranger(self, ask: Ask, slots: Sequence[Slot]) -> discord.Message | None:
        """A card of leda's in a server without a programme: the database may be another one."""
        if ask.programme_id in await ask.works.db.read(programmes.nouns):
            return None
        names = {slot.name for slot in slots}
        channels = sorted(ask.guild.text_channels, key=lambda each: each.name not in names)
        return await strange_card(ask.guild, channels)

    @command("programme.status")
    async def status(self, ask: Ask) -> None:
        """Show whether all is well."""
        found = await report(self.crew, ask)
        await ask.answer(status_card(ask.words, found))

    @handles("repair:1", direct=True)
    async def repair(self, ask: Ask) -> None:
        """Make good what is wrong."""
        await repair(self.crew, ask)

    @handles("deliveries:1", direct=True)
    async def try_again(self, ask: Ask) -> None:
        """Try again what could not be posted."""
        await try_again(self.crew, ask)

    @command("programme.settings")
    async def settings(self, ask: Ask) -> None:
        """Show the settings, each with a way to change it."""
        await ask.answer(await settings_card_for(ask))

    async def _build(
        self, ask: Ask, guild: discord.Guild, words: Words, slots: Sequence[Slot]
    ) -> None:
        async def progress(stands: Stands) -> None:
            await ask.go_on(progress_card(words, slots, stands))

        waiting = note(words("setup.waiting"))
        outcome = await ask.in_time(bring_all_in_line(self.crew, guild, progress), waiting)
        stopping = [trouble for trouble in outcome.troubles if trouble.stops]
        if stopping and not outcome.made:  # it came about since the first look
            stands = partial(_stands, guild)
            await ask.go_on(blocked_card(words, slots, stands, stopping))
            return
        # Whoever sets a programme up coordinates it, and sees the coordinators' channel.
        await make_coordinator(guild, outcome.programme, ask.person.id)
        if outcome.refusal is None:
            card = finished_card(words, outcome)
        else:
            head = words("setup.stopped", why=clip(escape(outcome.refusal), 300))
            card = stopped_card(words, outcome.programme.slots, head)
        await ask.go_on(card)


def _stands(guild: discord.Guild, slot: Slot) -> bool:
    return standing(guild, slot) is not None
