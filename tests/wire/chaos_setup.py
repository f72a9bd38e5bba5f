"""Programmes that are set up while the program is killed: each place is made once."""

import asyncio
import random
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from bot.permissions import NEEDED
from tests.wire.faults import BROKEN_AFTER
from tests.wire.people import Person, Unanswered, manager
from tests.wire.programme import Scene
from tests.wire.world import CATEGORY, TEXT, Guild

_FRESH: Final = 4  # deaths between two new servers
_FEWEST: Final = 2  # servers that wait for their programme, if there may be more
_BROKEN: Final = 0.7  # the share of tries in which something is made and answered with a 502
_OVER: Final = ("**Done", "All is in place")
_PATIENCE: Final = 30.0  # seconds
_HOME: Final = "begin:1"
_PLACES: Final = (
    "select count(*), count(discord_id) from place where programme_id = ? and kind <> 'message'"
)


@dataclass
class _Server:
    guild: Guild
    owner: Person
    done: bool = False  # it was said so


class Setup:
    """New servers, added while the program is dead; their owners set a programme up, and again."""

    def __init__(self, servers: int = 24) -> None:
        self._most = servers
        self._servers: list[_Server] = []
        self._deaths = 0
        self._came: Counter[str] = Counter(
            {"setups done": 0, "kills within setup": 0, "places made, answered with an error": 0}
        )
        self._counts: dict[str, int] = {}

    async def begin(self, scene: Scene, dice: random.Random) -> None:
        self._add(scene)

    def _add(self, scene: Scene) -> None:
        guild = scene.discord.world.guild(f"Server {len(self._servers)}", NEEDED)
        scene.discord.world.channel(guild, CATEGORY, "Text channels")
        scene.discord.world.channel(guild, TEXT, "lobby")
        owner = manager(scene.discord, guild, f"owner {len(self._servers)}")
        self._servers.append(_Server(guild, owner))

    async def live(self, scene: Scene, dice: random.Random) -> None:
        todo = [each for each in self._servers if not each.done]
        await asyncio.gather(*(self._set_up(scene, each, dice) for each in todo))

    async def _set_up(self, scene: Scene, server: _Server, dice: random.Random) -> None:
        made = rf"^/guilds/{server.guild.id}/(roles|channels)$"
        while not server.done:
            await asyncio.sleep(dice.uniform(0.0, 0.5))
            if dice.random() < _BROKEN:
                scene.discord.faults.next("POST", made, BROKEN_AFTER)
            try:
                await _ask(scene, server)
                server.done = True
                self._came["setups done"] += 1
            except (Unanswered, AssertionError, TimeoutError):
                self._came["setups that were not answered, or stopped"] += 1
            except asyncio.CancelledError:
                self._came["kills within setup"] += 1
                raise

    def look(self, scene: Scene, *, back: bool = False) -> None:
        if back:
            self._leave_out(scene)
        self._deaths += 1
        waiting = sum(not each.done for each in self._servers)
        if len(self._servers) < self._most and (self._deaths % _FRESH == 0 or waiting < _FEWEST):
            self._add(scene)

    def _leave_out(self, scene: Scene) -> None:
        """An older file is in place: what it does not know nobody can say anything about."""
        with closing(sqlite3.connect(scene.program.database)) as file:
            for server in list(self._servers):
                wanted, filled = file.execute(_PLACES, (server.guild.id,)).fetchone()
                if not wanted or wanted != filled:
                    self._servers.remove(server)
                    self._came["servers left out, since an older file was put in place"] += 1

    async def end(self, scene: Scene) -> None:
        """Everyone sets up once more, quietly."""
        for server in self._servers:
            await _ask(scene, server)
        self._count()

    def _count(self) -> None:
        made = Counter[str]()
        homes, below = [], 0
        for server in self._servers:
            guild = server.guild
            names = [("role", role.name) for role in guild.roles.values()]
            names += [(_kind(c.type), c.name) for c in guild.channels.values()]
            for (kind, _), number in Counter(names).items():
                made[f"{kind}: more than one"] += number - 1
            below += not _is_on_top(guild)
            homes.append(sum(
                _HOME in message.custom_ids()
                for channel in guild.channels.values()
                for message in channel.messages.values()
            ))  # fmt: skip
        self._counts = {
            f"{kind} made twice": made[f"{kind}: more than one"]
            for kind in ("role", "category", "channel")
        } | {
            "home cards made twice": sum(max(number - 1, 0) for number in homes),
            "home cards lacking": sum(not number for number in homes),
            "programmes that are not on top of their server": below,
        }

    def tally(self) -> dict[str, int]:
        return {"servers set up": len(self._servers), **dict(self._came), **self._counts}

    def failures(self) -> list[str]:
        return [f"WRONG: {name}: {number}" for name, number in self._counts.items() if number]


async def _ask(scene: Scene, server: _Server) -> None:
    deed = await server.owner.slash("programme setup", preset="leda", language="en")
    await scene.discord.until(lambda: any(over in deed.text for over in _OVER), _PATIENCE)


def _is_on_top(guild: Guild) -> bool:
    """Whether the home card's channel is first in the first category."""
    start = next(each for each in guild.channels.values() if each.name == "start-here")
    above = [
        each
        for each in guild.channels.values()
        if each.type == CATEGORY and each.id != start.parent_id
    ]
    inside = [each for each in guild.channels.values() if each.parent_id == start.parent_id]
    category = guild.channels[start.parent_id or 0]
    return (
        category.position < min(each.position for each in above)
        and start.id == min(inside, key=lambda each: (each.position, each.id)).id
    )


def _kind(number: int) -> str:
    return "category" if number == CATEGORY else "channel"
