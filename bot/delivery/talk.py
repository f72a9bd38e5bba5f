"""How much is said where: messages are counted as they come, and from history after a downtime."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from typing import Final, TypeAlias, TypeGuard

import discord

from bot.delivery.queues import ServerQueue, Turns
from bot.domain.factors import factors
from bot.domain.talk import messages
from bot.domain.talk.messages import SaidMessage
from bot.patience import TROUBLES
from bot.works import Works

_log = logging.getLogger(__name__)

_PAGE: Final = 100
_MOST: Final = 5000  # messages of a channel at a time; the next time goes on where it stopped
_LOOK_BACK: Final = timedelta(days=14)
_LONGEST: Final = 300.0  # seconds that somebody waits until all is counted

_Channel: TypeAlias = discord.TextChannel | discord.Thread


class TalkCounter:
    """Counts people's messages in the programme's open channels and their threads, each once.

    Up to which message a channel is counted stands in the database. A message that comes is
    counted if nothing can be missing before it: once the channel's history after that was read,
    for as long as Discord's session goes on. Each server is counted by one task at a time, and
    what comes meanwhile waits; one channel's history is read at a time, since nobody is in a hurry.
    """

    def __init__(self, works: Works) -> None:
        self._works = works
        self._queue = ServerQueue(self._work_off)
        self._turns = Turns()
        self._gate = asyncio.Lock()
        self._waiting: dict[int, list[SaidMessage]] = {}
        # By server: the channels of which nothing is missing.
        self._level: dict[int, set[int]] = {}
        self._behind: set[int] = set()
        self._told: set[int] = set()

    def hear(self, message: discord.Message) -> None:
        """Somebody said something."""
        channel = message.channel
        if message.guild is None or not _by_person(message):
            return
        if isinstance(channel, discord.TextChannel) or _is_public(channel):
            self._waiting.setdefault(message.guild.id, []).append(_said(message))
            self._queue.wake(message.guild.id)

    def wake(self, guild_id: int) -> None:
        """Something may have been said in this server while leda did not hear it."""
        self._behind.add(guild_id)
        self._queue.wake(guild_id)

    def doubt(self, guild_id: int) -> None:
        """From now on something may be missing in this server, until history is read again."""
        self._level.pop(guild_id, None)

    def stop(self) -> None:
        """Go no further; the next start does."""
        self._queue.stop()

    async def catch_up(self, programme_id: int) -> None:
        """Count all that was said in a programme until now.

        What Discord does not let leda read is left for the next time, with a word in the log.
        """
        guild = self._works.client.get_guild(programme_id)
        if guild is None:
            return
        try:
            async with asyncio.timeout(_LONGEST), self._turns.of(programme_id):
                await self._count_waiting(guild)
                await self._fill_all(guild)
        except TimeoutError:
            _log.warning("programme %s: counting its messages takes too long", programme_id)

    async def _work_off(self, guild_id: int) -> None:
        guild = self._works.client.get_guild(guild_id)
        if guild is None:
            return
        async with self._turns.of(guild_id):
            await self._count_waiting(guild)
        if guild_id in self._behind:
            self._behind.discard(guild_id)
            await self.catch_up(guild_id)

    async def _count_waiting(self, guild: discord.Guild) -> None:
        """Count what came, where nothing is missing before it."""
        came = self._waiting.pop(guild.id, [])
        if not came:
            return
        level = self._level.setdefault(guild.id, set())
        try:
            places = await self._works.visit(guild.id).read(messages.places)
            came = [message for message in came if message.place_id in places]
            for channel_id in sorted({message.channel_id for message in came} - level):
                channel = guild.get_channel_or_thread(channel_id)
                if isinstance(channel, discord.TextChannel | discord.Thread):
                    await self._fill(guild, channel)
            counted = [message for message in came if message.channel_id in level]
            if counted:
                await self._works.visit(guild.id).write(factors.heard, counted)
        except BaseException:
            self.doubt(guild.id)  # what came is lost, but stands in history
            raise

    async def _fill_all(self, guild: discord.Guild) -> None:
        """Bring every channel up to date in which more was said than is counted."""
        places = await self._works.visit(guild.id).read(messages.places)
        heard = await self._works.visit(guild.id).read(messages.heard)
        level = self._level.setdefault(guild.id, set())
        async for channel in self._channels(guild, places, archived=bool(heard)):
            last = channel.last_message_id or 0
            if last > heard.get(channel.id, 0) and channel.id not in level:
                await self._fill(guild, channel)

    async def _channels(
        self, guild: discord.Guild, places: Iterable[int], *, archived: bool
    ) -> AsyncIterator[_Channel]:
        """The channels that count and their public threads; what lies in archives is recent."""
        oldest = self._works.now() - _LOOK_BACK
        for place in (guild.get_channel(each) for each in sorted(places)):
            if not isinstance(place, discord.TextChannel | discord.ForumChannel):
                continue
            if isinstance(place, discord.TextChannel):
                yield place
            for thread in list(place.threads):
                if _is_public(thread):
                    yield thread
            if not archived or not self._may_read(guild, place):
                continue
            try:
                async for thread in place.archived_threads(limit=_PAGE):
                    if thread.archive_timestamp < oldest:
                        break
                    yield thread
            except TROUBLES as trouble:
                _log.warning("threads of channel %s: %s", place.id, trouble)

    async def _fill(self, guild: discord.Guild, channel: _Channel) -> None:
        """Count what stands in a channel's history after what was counted."""
        level = self._level.setdefault(guild.id, set())
        if not self._may_read(guild, channel):
            return
        heard = await self._works.visit(guild.id).read(messages.heard_in, channel.id)
        oldest = discord.utils.time_snowflake(self._works.now() - _LOOK_BACK)
        history = channel.history(
            limit=_MOST, after=discord.Object(max(heard, oldest)), oldest_first=True
        )
        page: list[SaidMessage] = []
        read = 0
        try:
            async with self._gate:
                async for message in history:
                    read, page = read + 1, [*page, _said(message)]
                    if len(page) == _PAGE:
                        await self._works.visit(guild.id).write(factors.heard, page)
                        page = []
        except TROUBLES as trouble:
            _log.warning("history of channel %s: %s", channel.id, trouble)
            return
        if page:
            await self._works.visit(guild.id).write(factors.heard, page)
        if read < _MOST:
            level.add(channel.id)

    def _may_read(self, guild: discord.Guild, channel: _Channel | discord.ForumChannel) -> bool:
        """Whether leda may; Discord would not refuse, but show an empty channel."""
        parent = channel.parent if isinstance(channel, discord.Thread) else channel
        may = parent.permissions_for(guild.me) if parent else discord.Permissions.none()
        if may.view_channel and may.read_message_history:
            self._told.discard(channel.id)
            return True
        if channel.id not in self._told:
            self._told.add(channel.id)
            _log.warning("channel %s: leda may not read its history to count it", channel.id)
        return False


def _by_person(message: discord.Message) -> bool:
    spoken = message.type in {discord.MessageType.default, discord.MessageType.reply}
    return spoken and not message.author.bot and message.webhook_id is None


def _is_public(channel: object) -> TypeGuard[discord.Thread]:
    return isinstance(channel, discord.Thread) and not channel.is_private()


def _said(message: discord.Message) -> SaidMessage:
    channel = message.channel
    place_id = channel.parent_id if isinstance(channel, discord.Thread) else channel.id
    return SaidMessage(message.id, channel.id, place_id, message.created_at, _by_person(message))
