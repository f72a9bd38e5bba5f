"""A programme that was set up once in each process, to be gone on with by many tests."""

import asyncio
import pickle
import shutil
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discord import app_commands
from simcord.backend import Backend
from simcord.env import Env
from sqlalchemy import Engine, create_engine, event

from bot.client import LedaBot
from storage import engines

# The only part of SimCord's world that belongs to a running bot.
_LEFT_OUT = "subscribers"


@dataclass(frozen=True)
class Kept:
    """A database file, and Discord as it was beside it."""

    file: Path
    discord: bytes

    def backend(self) -> Backend:
        """A new copy of that Discord, for a bot that starts."""
        backend = Backend()
        vars(backend).update(pickle.loads(self.discord))
        return backend


def keep(file: Path, make: Callable[[], LedaBot], begin: Callable[[Env], Awaitable[Any]]) -> Kept:
    """Let a bot live through a beginning, end it, and keep what it leaves.

    Args:
        file: the database of the bot.
        make: makes the bot.
        begin: what happens.
    """

    async def live() -> bytes:
        env = Env(make())
        await env.start()
        await begin(env)
        await env.settle()
        assert env.errors == []
        state = {name: value for name, value in vars(env.backend).items() if name != _LEFT_OUT}
        blob = pickle.dumps(state)
        await env.shutdown()
        await env.bot.works.db.close()
        return blob

    # In a thread of its own: the test that comes first may have a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        return Kept(file, thread.submit(lambda: asyncio.run(live())).result())


def copied(file: Path, folder: Path) -> Path:
    """The database file to go on with."""
    return Path(shutil.copy(file, folder / "leda.db"))


class Memory:
    """What the bots of a process need not find out anew: nothing of it differs between them."""

    def __init__(self) -> None:
        self._engine = create_engine("sqlite://", query_cache_size=5000)
        with self._engine.connect():  # asks the driver what it can do
            pass
        self._payloads: dict[tuple[type, str], bytes] = {}

    def quicken(self, patch: Any) -> None:
        """Let engines share how statements are written, and spare the disk; let each command be
        translated for Discord once.
        """
        patch.setattr(engines, "_sqlite", self._opened(engines._sqlite))
        kinds = (app_commands.Command, app_commands.Group, app_commands.ContextMenu)
        for kind in kinds:
            told = self._told(kind.get_translated_payload)
            patch.setattr(kind, "get_translated_payload", told)

    def _opened(self, original: Callable[..., Engine]) -> Callable[..., Engine]:
        def opened(*args: Any, **options: Any) -> Engine:
            engine = original(*args, **options)
            engine.dialect = self._engine.dialect
            engine._compiled_cache = self._engine._compiled_cache
            # Nothing here is lost with the machine's power.
            event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA synchronous=OFF"))
            return engine

        return opened

    def _told(self, original: Any) -> Any:
        async def told(command: Any, tree: Any, translator: Any) -> dict[str, Any]:
            if getattr(command, "parent", None) is not None:
                return await original(command, tree, translator)
            key = (type(command), command.qualified_name)
            if key not in self._payloads:
                payload = await original(command, tree, translator)
                self._payloads[key] = pickle.dumps(payload)
            return pickle.loads(self._payloads[key])

        return told
