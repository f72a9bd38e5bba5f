"""The demo itself: the bot, its world, and the two kept together over restarts."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Final

from simcord import Env
from simcord.actors import MemberActor
from simcord.backend.access import can_access_channel
from simcord.builders import ChannelHandle, GuildHandle, UserHandle

from bot.app import create_bot
from bot.client import LedaBot
from bot.demo import came, page, portraits
from bot.demo.clockwork import DemoAlarms, plan_soon
from bot.demo.example import SWEDISH, Example, example
from bot.demo.folder import Folder
from bot.demo.seed import Seed, found_server
from bot.demo.windows import Landing, Screen
from bot.demo.world import World, WorldUnreadableError, load_world, save_world, speak
from bot.domain.kit.errors import UserError
from bot.domain.programme import programmes
from bot.domain.tracks import places
from bot.i18n.commands import in_swedish
from bot.settings import Settings
from storage.errors import StorageError

# How long an action may take. A timer of the bot that is due sooner holds the action until then.
_PATIENCE_SECONDS: Final = 3.0
_SEEDING_SECONDS: Final = 60.0
_ROUND_SECONDS: Final = 0.25
_CLOSING_SECONDS: Final = 1.0

_log = logging.getLogger(__name__)


class Stage:
    """A running bot in its world, shown in windows."""

    def __init__(
        self, env: Env, bot: LedaBot, guild: GuildHandle, home: str, folder: Folder
    ) -> None:
        self.env = env
        self.bot = bot
        self.guild = guild
        self._folder = folder
        self._example = example()
        self._desk = Screen(env, home, self.save, in_swedish(bot.tree))

    def model(self) -> page.Model:
        """The people and channels of now."""
        return page.describe(self.env.backend, self.guild.id, self._example)

    async def came_to(self) -> came.CameTo:
        """What the programme has come to so far, and what of the tour was done."""
        return await self.bot.works.visit(self.guild.id).read(came.came_to)

    def portrait(self, user_id: int) -> bytes | None:
        """A user's picture, as PNG."""
        return portraits.portrait(self.env.backend, user_id)

    async def open(self, channel_id: int, viewer_id: int, message_id: int | None) -> str | None:
        """The address of a channel as that person sees it; None if they may not, or it is gone."""
        channel = self.env.backend.channels.get(channel_id)
        if channel is None:
            return None
        guild = self.guild if channel.guild_id is not None else None
        viewers = self._readers(channel_id) if guild else self._recipients(channel)
        if viewer_id not in {viewer.id for viewer in viewers}:
            return None
        if message_id not in self.env.backend.messages.get(channel_id, {}):
            message_id = None
        handle = ChannelHandle(self.env, guild, channel)
        return await self._desk.open(handle, viewers, Landing(viewer_id, message_id))

    def save(self) -> None:
        """Keep the world as it is."""
        save_world(self.env.backend, self._folder.world)

    async def wind(self) -> datetime | None:
        """Let time do its work from now on, and plan a meeting whose reminder is due in a minute.

        Returns:
            when that meeting begins (aware UTC); None if another begins as soon.
        """
        bot = self.bot
        boss = self.guild._guild.owner_id  # noqa: SLF001
        soon = await bot.works.db.write(plan_soon, self.guild.id, boss, now=bot.works.now())
        if soon is not None:
            await bot.crew.meetings.bring_in_line(self.guild.id, soon.id)
        bot.alarms.start()
        return soon.shown.starts_at if soon else None

    async def tend(self) -> None:
        """Show what the bot does on its own, until cancelled."""
        while True:
            await asyncio.sleep(_ROUND_SECONDS)
            try:
                await self._desk.settle()
            except Exception:  # noqa: BLE001  # whatever it was, the next round comes
                _log.exception("a round of the demo failed")

    async def close(self) -> None:
        """Close the windows, let what is under way end, keep the world, end the bot."""
        self.bot.alarms.stop()
        await self.bot.crew.courier.stop()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CLOSING_SECONDS):
                await self._desk.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_SECONDS + _CLOSING_SECONDS), self._desk.turn:
                await self.env.settle(timeout=_CLOSING_SECONDS)
        self.save()
        await end(self.env, self.bot)

    def _readers(self, channel_id: int) -> tuple[Any, ...]:
        backend = self.env.backend
        keys = [person.key for person in self._example.people]
        users = [backend.users[user_id] for user_id in backend.guilds[self.guild.id].members]
        people = sorted(
            (user for user in users if user.name in keys), key=lambda user: keys.index(user.name)
        )
        actors = [MemberActor(self.env, self.guild, UserHandle(self.env, user)) for user in people]
        return tuple(
            actor
            for actor in actors
            if can_access_channel(self.env, channel_id, actor, history=True)
        )

    def _recipients(self, channel: Any) -> tuple[Any, ...]:
        users = (self.env.backend.users[user_id] for user_id in channel.recipient_ids)
        return tuple(UserHandle(self.env, user) for user in users if not user.bot)


async def end(env: Env, bot: LedaBot) -> None:
    """Take the bot out of the world and close what it holds open."""
    await env.shutdown()
    await bot.close()


def make_env(bot: LedaBot, world: World, people: Example) -> Env:
    """SimCord around the bot, in this world, with everyone speaking their language."""
    env = Env(bot, settle_timeout=_PATIENCE_SECONDS)
    env.backend = world

    def locale_of(user_id: int) -> str:
        person = people.person(world.users[user_id].name)
        return person.language if person is not None else SWEDISH

    speak(env, locale_of)
    world.locale_of = locale_of
    return env


async def begin(folder: Folder, home: str) -> Stage:
    """A fresh world, in which the example has just been set up; if that fails, nothing stays."""
    world = World()
    world.clock.go_back_to(example().began.before(world.clock.now()))
    bot = _bot(folder, world)
    env = make_env(bot, world, example())
    guild = found_server(env, example())
    try:
        async with _started(env, bot):
            env.settle_timeout = _SEEDING_SECONDS
            await Seed(env, bot, guild, example(), world.clock).sow()
            env.settle_timeout = _PATIENCE_SECONDS
            save_world(env.backend, folder.world)
    except BaseException:
        folder.clear()
        raise
    return Stage(env, bot, guild, home, folder)


async def resume(folder: Folder, home: str) -> Stage:
    """The world as it was left.

    Raises:
        WorldUnreadableError: there is none, or it and the database do not belong together.
    """
    world = load_world(folder.world)
    if len(world.guilds) != 1 or not folder.database.exists():
        raise WorldUnreadableError("a part of it is missing")
    bot = _bot(folder, world)
    try:
        await _check_match(bot, world)
    except BaseException:
        await bot.works.db.close()
        raise
    env = make_env(bot, world, example())
    async with _started(env, bot):
        pass
    guild = GuildHandle(env, next(iter(world.guilds.values())))
    return Stage(env, bot, guild, home, folder)


def _bot(folder: Folder, world: World) -> LedaBot:
    settings = Settings(database_url=folder.database_url, shard_count=1)
    bot = create_bot(settings, now=world.clock.now)
    bot.alarms = DemoAlarms(bot.crew)
    return bot


@asynccontextmanager
async def _started(env: Env, bot: LedaBot) -> AsyncIterator[None]:
    """Start the bot; end it again if what follows fails or is cancelled."""
    try:
        await env.start()
        yield
    except BaseException:
        await end(env, bot)
        raise


async def _check_match(bot: LedaBot, world: World) -> None:
    """Let a world pass only with the database it was saved beside."""
    guild_id = next(iter(world.guilds))
    try:
        await bot.works.db.open()
        programme = await bot.works.visit(guild_id).read(programmes.view)
    except StorageError as error:
        raise WorldUnreadableError(str(error).rstrip(".")) from error
    except UserError as error:
        raise WorldUnreadableError(
            "the saved world and the database are of different programmes"
        ) from error
    if programme.discord_id(places.FORUM) not in world.channels:
        raise WorldUnreadableError("the saved world and the database are of different programmes")


Say = Callable[[str], None]


async def prepare(folder: Folder, home: str, *, fresh: bool, say: Say) -> Stage:
    """The demo as it was left, or a fresh one if there is none that can be used.

    Args:
        folder: claimed already.
        home: the address of our page.
        fresh: start over, whatever there is.
        say: told, in a sentence, what takes a while or was found unusable.
    """
    if fresh:
        folder.clear()
    elif folder.kept():
        try:
            return await resume(folder, home)
        except WorldUnreadableError as why:
            folder.set_aside()
            say(
                f"What was kept in {folder.path} cannot be continued: {why}. "
                f"It was moved to {folder.earlier}, and the demo starts afresh."
            )
    say("Setting up the LEDA example: a programme, twenty municipalities, the first factors …")
    return await begin(folder, home)
