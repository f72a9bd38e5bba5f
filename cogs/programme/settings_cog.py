"""What the settings' and the history's buttons and forms do."""

import logging
from collections.abc import Mapping

import discord
from discord.ext import commands

from bot.ask import Ask
from bot.delivery.crew import Crew
from bot.domain.programme import history, programmes, settings
from bot.domain.programme.errors import ChannelNotFound, ChannelUnusable
from bot.domain.programme.settings import ChoiceChange, Choices, SettingsPart
from bot.i18n.words import Words
from bot.patience import TROUBLES
from bot.permissions import missing
from bot.ui.layout import Card
from bot.ui.presses import given, handles
from cogs.home.keeping import ensure_home
from cogs.programme.history import history_card
from cogs.programme.settings import CANCELLED, confirm_card, settings_card
from cogs.programme.settings_forms import SettingSaid, settings_form

_log = logging.getLogger(__name__)
# Needed in the server as a whole, and of no use in a single channel that stands already.
_SERVER_WIDE = frozenset({"manage_channels", "manage_roles"})


async def settings_card_for(ask: Ask, note: str | None = None) -> Card:
    """The card of all settings, for whoever may see it.

    Args:
        ask: who asks, and where.
        note: what has just happened, as a catalogue key.
    """
    guild = ask.guild
    words = ask.words
    view = await ask.read(settings.view)
    return settings_card(words, view, _channel_ids(guild), words(note) if note else None)


class SettingsCog(commands.Cog):
    """Changing how the programme works, and reading who changed what."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @handles("settings:1")
    async def show(self, ask: Ask, how: str) -> None:
        """Go back to the settings."""
        note = "settings.cancelled" if how == CANCELLED else None
        await ask.replace(await settings_card_for(ask, note))

    @handles("setting:1")
    async def open_form(self, ask: Ask, part: SettingsPart) -> None:
        """Open the form of one part with what stands."""
        await self._open(ask, part, {})

    @handles("setagain:1")
    async def open_again(self, ask: Ask, part: SettingsPart, text: str) -> None:
        """Open the form of one part with what was typed before."""
        await self._open(ask, part, settings.typed_of(part, text))

    @handles("setform:1")
    async def ask(self, ask: Ask, said: SettingSaid, part: SettingsPart) -> None:
        """Show what a change would do."""
        change = await self._propose(ask, part, given(said))
        await ask.replace(self._confirm(ask, change))

    @handles("setsave:1")
    async def save(self, ask: Ask, part: SettingsPart, seen: str, text: str) -> None:
        """Make a change, unless somebody has made another one meanwhile."""
        await self._propose(ask, part, settings.typed_of(part, text))
        outcome = await ask.write(settings.save, part, text, seen)
        if not outcome.saved:
            card = self._confirm(ask, outcome.change, moved=True)
            await ask.replace(card)
            return
        ask.works.speech.nouns.update(await ask.works.db.read(programmes.nouns))
        card = await settings_card_for(ask, "settings.saved")
        await ask.replace(card)
        await self._renew_home(ask.guild)

    @handles("history:1")
    async def turn(self, ask: Ask, page: int, _direction: str) -> None:
        """Show a page of what has changed."""
        found = await ask.read(history.view, page)
        card = history_card(ask.words, found)
        await ask.replace(card)

    async def _open(self, ask: Ask, part: SettingsPart, typed: Mapping[str, str]) -> None:
        guild = ask.guild
        view = await ask.read(settings.view)
        said = settings.as_texts(view.choices) | dict(typed)
        form = settings_form(ask.words, part, said, _channel_ids(guild))
        await ask.open(form)

    async def _propose(
        self, ask: Ask, part: SettingsPart, typed: Mapping[str, str]
    ) -> ChoiceChange:
        guild = ask.guild
        change = await ask.read(settings.propose, part, typed)
        if part is SettingsPart.CHANNELS:
            _need_usable(guild, change.will, ask.words)
        return change

    async def _renew_home(self, guild: discord.Guild) -> None:
        """The home card speaks the programme's language, and stands in its open forum."""
        try:
            async with self.crew.turns.of(guild.id):
                programme = await self.works.visit(guild.id).read(programmes.view)
                await ensure_home(self.works, guild, programme)
        except TROUBLES as refusal:
            _log.warning("programme %s: the home card: %s", guild.id, refusal)

    def _confirm(self, ask: Ask, change: ChoiceChange, *, moved: bool = False) -> Card:
        guild = ask.guild
        channel = guild.get_channel(change.will.coordinators or 0)
        public = channel is not None and channel.permissions_for(guild.default_role).view_channel
        words = ask.words
        return confirm_card(words, change, ask.works.now(), moved=moved, public=public)


def _channel_ids(guild: discord.Guild) -> frozenset[int]:
    return frozenset(channel.id for channel in guild.channels)


def _need_usable(guild: discord.Guild, chosen: Choices, words: Words) -> None:
    """Let only text channels of this server pass in which leda may do its work."""
    for channel_id in (chosen.forum, chosen.coordinators):
        channel = guild.get_channel(channel_id or 0)
        if not isinstance(channel, discord.TextChannel):
            raise ChannelNotFound
        held = channel.permissions_for(guild.me)
        lacking = [name for name in missing(held) if name not in _SERVER_WIDE]
        if lacking:
            names = ", ".join(words(f"permission.{name}") for name in lacking)
            raise ChannelUnusable(channel=channel.name, permissions=names)
