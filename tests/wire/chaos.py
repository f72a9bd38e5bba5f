"""``python -m tests.wire.chaos`` (``make chaos``): ``kill -9`` at random moments, and nothing lost.

The unmodified program runs on a loopback Discord while many people use it. It is killed and
started again, over and over; requests fail, connections break, what people do reaches it twice or
late, its file is locked, full, replaced and set back. Whenever it is dead, its file is held
against what people were told. The moments are drawn from ``--seed``.

What people do, and what must come of it, is one :class:`Work` each; they stand in ``works``.
"""

import argparse
import asyncio
import contextlib
import platform
import random
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import discord

from tests.wire.chaos_copies import Copies
from tests.wire.chaos_deeds import Deeds
from tests.wire.chaos_file import File
from tests.wire.chaos_reminders import Reminders
from tests.wire.chaos_setup import Setup
from tests.wire.chaos_trouble import Trouble
from tests.wire.chaos_votes import Votes
from tests.wire.programme import Scene, prepare, resume
from tests.wire.world import World

# Requests of the program from its start, or from when it is ready, to its end: hardly begun, or in
# the middle of it. Seconds would mean less work on a slower machine.
_FEW, _MANY = 5, 150
_LONGEST = 10.0  # seconds, if there is less to do
_DURING_START = 0.2  # the share of kills that hit a program which is not connected yet
_BEFORE_READY = 0.2  # … and of those that hit it while it hears, but has taken up nothing yet
_CUT = 0.2  # the share of lives in which the gateway's connection breaks


class Tally(Protocol):
    """What was counted."""

    def tally(self) -> dict[str, int]:
        """What to print."""

    def failures(self) -> list[str]:
        """What must not have happened, a sentence each."""


class Work(Tally, Protocol):
    """Something that the program has to do in spite of it all."""

    async def begin(self, scene: Scene, dice: random.Random) -> None:
        """Get ready; a program runs, and nothing fails yet."""

    async def live(self, scene: Scene, dice: random.Random) -> None:
        """Use the program, until cancelled. It may be gone at any moment."""

    def look(self, scene: Scene, *, back: bool = False) -> None:
        """Hold the file against what people were told; no program runs.

        Where an older file is in place (``back``), what that says counts from now on.
        """

    async def end(self, scene: Scene) -> None:
        """Wait for what is still to come; a program runs, and nothing fails any more."""


def works() -> dict[str, Work]:
    """What is checked, by what ``--only`` calls it; each is new."""
    return {
        "votes": Votes(), "reminders": Reminders(), "deeds": Deeds(), "setup": Setup(),
        "copies": Copies(),
    }  # fmt: skip


async def run(
    world: World,
    database: Path,
    folder: Path,
    doing: list[Work],
    *,
    kills: int,
    seed: int,
    share: float = 0.03,
    file: File | None = None,
) -> Trouble:
    """Kill a program so many times, and end well.

    Args:
        world: a programme, as :func:`tests.wire.programme.prepare` leaves it.
        database: its file; a copy is used.
        folder: for the copy and the log.
        doing: the works.
        kills: how many.
        seed: of all that is random.
        share: of requests that fail (0-1).
        file: what befalls the file, if anything is to.

    Returns:
        how often what went wrong.
    """
    chaos = _Chaos(resume(world, database, folder), doing, random.Random(seed), file)
    scene = chaos.scene
    async with scene.discord:
        try:
            await scene.program.up()
            for work in doing:
                await work.begin(scene, random.Random(chaos.dice.random()))
            scene.discord.faults.share(share, seed)
            for number in range(kills):
                await chaos.life()
                await chaos.death()
                _progress(number + 1, kills)
            scene.discord.faults.clear()
            await _start(scene)
            for work in doing:
                await work.end(scene)
            await scene.program.stop()
            for work in doing:
                work.look(scene)
        finally:
            if scene.program.runs:
                await scene.program.kill()
            chaos.trouble.turn_log(scene)
    chaos.trouble.count(scene)
    _check_file(scene)
    assert not scene.discord.unknown, scene.discord.unknown
    return chaos.trouble


@dataclass
class _Chaos:
    """One life after another."""

    scene: Scene
    doing: list[Work]
    dice: random.Random
    file: File | None
    trouble: Trouble = field(default_factory=Trouble)

    async def life(self) -> None:
        """From a running program to its death."""
        scene, dice = self.scene, self.dice
        if not scene.program.runs:
            await scene.program.start()
            if dice.random() < _DURING_START:
                await asyncio.sleep(dice.uniform(0.0, 2.0))
                await self._kill("kills in a start")
                return
            await _start(scene)
            if dice.random() >= _BEFORE_READY:
                await _until_ready(scene)
        ready = "ready in" in scene.program.log
        replaced = self.file is not None and self.file.replaces(dice)
        doing = [*self.doing, self.file] if self.file and not replaced else self.doing
        under_way = [asyncio.create_task(work.live(scene, dice)) for work in doing]
        if self.file and replaced:
            await self._use()
            await self.file.replace(scene)
        else:
            await self._use()
            await self._kill("kills at work" if ready else "kills before it was ready")
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        for task in under_way:
            if not task.cancelled() and task.exception():
                raise task.exception() or RuntimeError

    async def _use(self) -> None:
        requests, cut = self.dice.randint(_FEW, _MANY), self.dice.random() < _CUT
        await _work(self.scene, requests // 2)
        if cut:
            self.trouble.came["connections cut"] += 1
            self.scene.discord.gateway.cut()
        await _work(self.scene, requests // 2)

    async def _kill(self, when: str) -> None:
        """``kill -9`` while people are at it, unless it stopped by itself."""
        if not self.scene.program.runs:
            self.trouble.ended(self.scene.program.status)
            return
        await self.scene.program.kill()
        self.trouble.came[when] += 1

    async def death(self) -> None:
        """Hold the file against what people were told."""
        if self.scene.program.runs:
            await self.scene.program.kill()
        with contextlib.suppress(TimeoutError):
            await self.scene.discord.until(lambda: not self.scene.discord.gateway.connected, 2.0)
        back = self.file is not None and self.file.put_right(self.scene)
        self._look(back=back)
        if self.file and self.file.set_back(self.scene, self.dice):
            self._look(back=True)
        self.trouble.turn_log(self.scene)

    def _look(self, *, back: bool) -> None:
        for work in self.doing:
            work.look(self.scene, back=back)


async def _start(scene: Scene) -> None:
    """Until it hears; while Discord is made to fail, it may give up and has to be started again."""
    while True:
        begun = scene.discord.gateway.identified
        if not scene.program.runs:
            await scene.program.start()
        while scene.program.runs and not scene.discord.gateway.connected:  # noqa: ASYNC110 - or dead
            await asyncio.sleep(0.02)
        if scene.program.runs or scene.discord.gateway.identified > begun:
            return


async def _work(scene: Scene, requests: int) -> None:
    """Until the program has asked so much of Discord, or has nothing to do."""
    asked = scene.discord.requests
    wanted = len(asked) + requests
    with contextlib.suppress(TimeoutError):
        await scene.discord.until(
            lambda: len(asked) >= wanted or not scene.program.runs, _LONGEST / 2
        )


async def _until_ready(scene: Scene) -> None:
    """Until it takes up what was left; it may stop before, while Discord is made to fail."""
    with contextlib.suppress(AssertionError):
        await scene.program.ready()


def _check_file(scene: Scene) -> None:
    found = sqlite3.connect(scene.program.database)
    try:
        sound = found.execute("pragma integrity_check").fetchone()[0]
        broken = found.execute("pragma foreign_key_check").fetchall()
    finally:
        found.close()
    assert (sound, broken) == ("ok", [])


def _progress(done: int, kills: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{kills}", end="" if done < kills else "\n", file=sys.stderr)  # noqa: T201


async def _main(asked: argparse.Namespace, folder: Path) -> list[Tally]:
    (folder / "prepared").mkdir()
    (folder / "run").mkdir()
    world = await prepare(folder / "prepared")
    wanted = asked.only.split(",") if asked.only else [*works(), "file"]
    doing = [work for name, work in works().items() if name in wanted]
    file = File() if "file" in wanted else None
    trouble = await run(
        world, folder / "prepared" / "leda.db", folder / "run", doing,
        kills=asked.kills, seed=asked.seed, share=asked.faults, file=file,
    )  # fmt: skip
    return [*doing, *([file] if file else []), trouble]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=float, default=0.03, help="share of requests that fail")
    parser.add_argument("--only", help=f"some of {','.join([*works(), 'file'])}")
    parser.add_argument("--keep", type=Path, help="a new folder, for the file and the log")
    asked = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(exist_ok=True)
        counted = asyncio.run(_main(asked, folder))
    machine = f"{platform.platform()}, Python {platform.python_version()}"
    took = time.monotonic() - began
    lines = [
        f"{machine}, SQLite {sqlite3.sqlite_version}, discord.py {discord.__version__}",
        f"kill -9: {asked.kills}   seed: {asked.seed}   failing: {asked.faults:.0%}   {took:.0f} s",
    ]
    for each in counted:
        lines += ["", f"[{type(each).__name__.lower()}]"]
        lines += [f"{name}: {number}" for name, number in each.tally().items()]
    failures = [failure for each in counted for failure in each.failures()]
    print("\n".join([*lines, "", *(failures or ["All is as it should be."])]))  # noqa: T201
    raise SystemExit(bool(failures))


if __name__ == "__main__":
    main()
