"""LedaBot: loads the cogs, tells Discord the commands, and answers every error in one place."""

import asyncio
import contextlib
import importlib
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.ask import Ask
from bot.clocks import FAR, ClockCheck
from bot.delivery.alarms import Alarms
from bot.delivery.crew import PostKinds, make_crew
from bot.delivery.database_watch import DatabaseWatch, tell_of_strangers
from bot.domain.kit.errors import OnlyInServer, StalePress
from bot.domain.programme import programmes
from bot.i18n.commands import CommandTranslator
from bot.leases import Leases
from bot.settings import Settings
from bot.ui import commands as leda_commands
from bot.ui.answers import answer_error
from bot.ui.presses import Presses, filled
from bot.upkeep.backups import NightlyBackups
from bot.upkeep.heartbeat import Heart, file_for
from bot.waiting import FirstAnswer
from bot.works import Works
from storage import journal
from storage.database import Database
from storage.engines import file_of

_log = logging.getLogger(__name__)
# Seconds, when leda is told to stop: an interaction can be answered for three.
_TO_ANSWER: Final = 7.0
_TO_LEAVE: Final = 2.0


class LedaBot(commands.AutoShardedBot):
    """The bot. Everything it needs is handed to it by :func:`bot.app.create_bot`."""

    def __init__(self, settings: Settings, db: Database, now: Callable[[], datetime]) -> None:
        # None for all: discord.py takes it, and does not say so.
        shard_ids: Any = sorted(settings.shard_ids) or None
        clock = ClockCheck(now)
        # It would warn at every start that it cannot speak aloud.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=(),
            help_command=None,
            tree_cls=_Tree,
            # Channels and roles, and that messages come and go: no content, members, presence.
            intents=discord.Intents(guilds=True, guild_messages=True),
            shard_count=settings.shard_count,
            shard_ids=shard_ids,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
            max_messages=None,
            http_trace=clock.trace(),
        )
        self.settings = settings
        self.works = Works(db, now, self, clock)
        self.crew = make_crew(self.works)
        self.backups = NightlyBackups(db, settings.backups, settings.keep)
        health = file_for(file_of(db.url), settings.shard_ids)
        self.heart = Heart(health, self.works, self.backups)
        self.alarms = Alarms(self.crew, self.backups)
        self.leases = Leases(db)
        self.leases.then = self.crew.courier.take_up
        self.crew.courier.may_post = lambda: self.leases.sure
        self.presses = Presses()
        self.database_watch = DatabaseWatch(self.works, self._leave)
        self._leaving: asyncio.Task[None] | None = None

    async def setup_hook(self) -> None:
        """Open the database, load every cog, tell Discord the commands."""
        db, speech = self.works.db, self.works.speech
        await db.open()
        self.database_watch.begin()
        await self._compare_with_the_journal()
        speech.nouns.update(await db.read(programmes.nouns))
        await self.tree.set_translator(CommandTranslator())
        for name in extension_names():
            if name not in self.extensions:
                await self.load_extension(name)
        for command in await self.tree.sync():
            speech.links[command.name] = command.id
            for option in command.options:
                if isinstance(option, app_commands.AppCommandGroup):
                    speech.links[option.qualified_name] = command.id

    async def connect(self, *, reconnect: bool = True) -> None:
        """Serve the shards, once no other process does."""
        if not self.shard_count:
            self.shard_count, *_ = await self.http.get_bot_gateway()
        self.heart.begin()
        await self.leases.take(self.works.shards)
        self.heart.connects()
        await super().connect(reconnect=reconnect)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for this process's turn, where there are others."""
        if self.works.db.shared:
            await self.leases.turn()
        else:
            await super().before_identify_hook(shard_id, initial=initial)

    async def _compare_with_the_journal(self) -> None:
        """Say so where the clock runs behind what leda has noted already."""
        newest, now = await self.works.db.read(journal.newest), self.works.now()
        if newest is not None and newest - now >= FAR:
            _log.error(
                "This machine's clock says %s, but something was noted at %s: one of them is wrong",
                f"{now:%F %T}", f"{newest:%F %T}",
            )  # fmt: skip

    async def add_cog(self, cog: commands.Cog, /, **options: Any) -> None:
        """Add a cog and take up what it handles, and the planned posts that it serves."""
        await super().add_cog(cog, **options)
        self.presses.collect(cog)
        leda_commands.collect(self.tree, cog)
        posts: PostKinds = getattr(cog, "posts", {})
        for name, kind in posts.items():
            self.crew.courier.take_on(name, kind(self.crew))

    async def on_ready(self) -> None:
        """Say that it runs, and take up what a restart interrupted."""
        _log.info("ready in %s servers", len(self.guilds))
        for guild in self.guilds:
            self.crew.follow_up(guild.id)
        await tell_of_strangers(self.works)

    async def on_shard_ready(self, shard_id: int) -> None:
        """Note that a shard answers."""
        self.heart.connected(shard_id)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """Note that a shard answers again."""
        self.heart.connected(shard_id)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """Note that a shard is away."""
        self.heart.disconnected(shard_id)

    async def on_interaction(self, interaction: discord.Interaction["LedaBot"]) -> None:
        """Hand presses and forms to who handles them; the command tree sees to the rest."""
        self.attend()
        handled = (discord.InteractionType.component, discord.InteractionType.modal_submit)
        if interaction.type not in handled:
            return
        FirstAnswer.begin(interaction)
        try:
            await self._handle(interaction)
        except Exception as error:  # noqa: BLE001 - nothing may go unanswered
            await answer_error(interaction, error)

    async def _handle(self, interaction: discord.Interaction["LedaBot"]) -> None:
        data: Any = interaction.data or {}
        form = interaction.type is discord.InteractionType.modal_submit
        found = self.presses.find(data.get("custom_id", ""), form=form)
        if found is None:
            raise StalePress
        handler, arguments = found
        if interaction.guild_id is None and not handler.direct:
            raise OnlyInServer
        said = arguments.pop(0) if handler.direct else 0
        if said and interaction.guild_id not in {None, said}:
            raise OnlyInServer
        if handler.typed is not None:
            arguments.insert(0, filled(handler.typed, data))
        await handler.call(Ask(self.works, interaction, said), *arguments)

    def _leave(self) -> None:
        """Stop, since the database is gone."""
        self._leaving = asyncio.create_task(self.close())

    def attend(self) -> None:
        """Note that the current task answers somebody: leda does not stop before it is done."""
        task, answering = asyncio.current_task(), self.works.answering
        if task is not None and task not in answering:
            answering.add(task)
            task.add_done_callback(answering.discard)

    async def close(self) -> None:
        """Hear nothing new, answer and write what is under way, then leave: in ten seconds."""
        self.alarms.stop()
        self.backups.stop()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_TO_ANSWER):
                await asyncio.gather(*(shard.disconnect() for shard in self.shards.values()))
                await asyncio.gather(self._finish_answers(), self.crew.courier.stop())
        self.crew.stop()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(super().close(), _TO_LEAVE)
        await self.heart.stop()
        await self.leases.release()
        await self.works.db.close()

    async def _finish_answers(self) -> None:
        while self.works.answering:
            await asyncio.wait(self.works.answering)


class _Tree(app_commands.CommandTree[LedaBot]):
    """The command tree, with its errors answered where all are."""

    async def on_error(
        self, interaction: discord.Interaction[LedaBot], error: app_commands.AppCommandError, /
    ) -> None:
        await answer_error(interaction, error)

    async def interaction_check(self, interaction: discord.Interaction[LedaBot], /) -> bool:
        interaction.client.attend()
        if interaction.type is not discord.InteractionType.autocomplete:
            FirstAnswer.begin(interaction)
        if interaction.guild_id is None:
            await answer_error(interaction, OnlyInServer())
        return interaction.guild_id is not None


def extension_names() -> list[str]:
    """Every cog by name; none is imported by hand, so nothing imports upward."""
    return [f"cogs.{name}" for name in importlib.import_module("cogs").COGS]
