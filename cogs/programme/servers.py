"""Which servers leda is in: it stays where it may, and remembers for a while where it was."""

import logging
from collections.abc import Callable, Sequence

import discord
from discord.ext import commands

from bot.delivery import rounds
from bot.delivery.crew import Crew
from bot.domain.programme import servers
from bot.i18n.words import Words, language_of
from bot.patience import TROUBLES
from bot.ui.layout import Card, said
from storage.enums import Language

_log = logging.getLogger(__name__)


class GuildCog(commands.Cog):
    """Servers: being let in, turned away, removed, taken back."""

    def __init__(self, crew: Crew, allows: Callable[[int], bool]) -> None:
        self.crew, self.works = crew, crew.works
        self._allows = allows

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Catch up with what happened while leda was down; every shard is ready by now."""
        for guild in list(self.works.client.guilds):
            await self._leave_unless_allowed(guild)
        await rounds.notice_servers(self.crew, self.works.now())

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Someone let leda in: for the first time, or again."""
        if await self._leave_unless_allowed(guild):
            return
        now = self.works.now()
        if await self.works.db.visit(guild.id, None, now).write(servers.returned):
            await rounds.check_members(self.crew, guild.id, now)
            self.crew.follow_up(guild.id)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Leda was removed. A server that Discord cannot reach for now is not told of here."""
        await self.works.visit(guild.id).write(servers.removed)

    async def _leave_unless_allowed(self, guild: discord.Guild) -> bool:
        if self._allows(guild.id):
            return False
        _log.warning("server %s is not in ALLOWED_GUILDS: leaving it", guild.id)
        await self._say_goodbye(guild)
        try:
            await guild.leave()
        except TROUBLES as refusal:
            _log.warning("server %s could not be left: %s", guild.id, refusal)
        return True

    async def _say_goodbye(self, guild: discord.Guild) -> None:
        channel = _first_open(guild)
        if channel is None:
            return
        spoken = [self.works.speech.in_(each, guild.id) for each in languages_of(guild)]
        try:
            await channel.send(view=turned_away_card(spoken, guild.id))
        except TROUBLES as refusal:
            _log.warning("server %s could not be told: %s", guild.id, refusal)


def _first_open(guild: discord.Guild) -> discord.TextChannel | None:
    """Where leda may write: where Discord greets people, else the uppermost such channel."""
    for channel in (guild.system_channel, *guild.text_channels):
        if channel is not None:
            may = channel.permissions_for(guild.me)
            if may.view_channel and may.send_messages:
                return channel
    return None


def languages_of(guild: discord.Guild) -> tuple[Language, ...]:
    """The language of a server; of one that speaks neither of leda's, both."""
    locale = str(guild.preferred_locale)
    if locale.startswith(("sv", "en")):
        return (language_of(locale),)
    return tuple(Language)


def turned_away_card(spoken: Sequence[Words], guild_id: int) -> Card:
    """Why leda leaves, and what can be done about it; once for each language."""
    texts = [words("guild.not_allowed", server=guild_id) for words in spoken]
    return Card(said("\n\n".join(texts)))
