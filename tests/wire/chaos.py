"""``python -m tests.wire.chaos`` (``make chaos``): ``kill -9`` at random moments, and nothing lost.

The unmodified program runs on a loopback Discord while many people use it. It is killed and
started again, over and over; requests fail, connections break. Whenever it is dead, its file is
held against what people were told. The moments are drawn from ``--seed``.

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
from pathlib import Path
from typing import Protocol

import discord

from tests.wire.chaos_reminders import Reminders
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


class Work(Protocol):
    """Something that the program has to do in spite of it all."""

    async def begin(self, scene: Scene, dice: random.Random) -> None:
        """Get ready; a program runs, and nothing fails yet."""

    async def live(self, scene: Scene, dice: random.Random) -> None:
        """Use the program, until cancelled. It may be gone at any moment."""

    def look(self, scene: Scene) -> None:
        """Hold the file against what people were told; no program runs."""

    async def end(self, scene: Scene) -> None:
        """Wait for what is still to come; a program runs, and nothing fails any more."""

    def tally(self) -> dict[str, int]:
        """What to print."""

    def failures(self) -> list[str]:
        """What must not have happened, a sentence each."""


def works() -> list[Work]:
    """What is checked; each is new."""
    return [Votes(), Reminders()]


async def run(
    world: World,
    database: Path,
    folder: Path,
    *,
    kills: int,
    seed: int,
    share: float = 0.03,
    doing: list[Work] | None = None,
) -> list[Work]:
    """Kill a program so many times, and end well.

    Args:
        world: a programme, as :func:`tests.wire.programme.prepare` leaves it.
        database: its file; a copy is used.
        folder: for the copy and the log.
        kills: how many.
        seed: of all that is random.
        share: of requests that fail (0-1).
        doing: the works, instead of all.
    """
    dice, scene = random.Random(seed), resume(world, database, folder)
    doing = works() if doing is None else doing
    async with scene.discord:
        try:
            await scene.program.up()
            for work in doing:
                await work.begin(scene, random.Random(dice.random()))
            scene.discord.faults.share(share, seed)
            for number in range(kills):
                await _life(scene, doing, dice)
                await _death(scene, doing)
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
    _check_file(scene)
    assert scene.discord.unknown == []
    return doing


async def _life(scene: Scene, doing: list[Work], dice: random.Random) -> None:
    """From a running program to the moment before it dies."""
    if not scene.program.runs:
        await scene.program.start()
        if dice.random() < _DURING_START:
            await asyncio.sleep(dice.uniform(0.0, 2.0))
            return
        await _start(scene)
        if dice.random() >= _BEFORE_READY:
            await _until_ready(scene)
    under_way = [asyncio.create_task(work.live(scene, dice)) for work in doing]
    requests, cut = dice.randint(_FEW, _MANY), dice.random() < _CUT
    await _work(scene, requests // 2)
    if cut:
        scene.discord.gateway.cut()
    await _work(scene, requests // 2)
    await scene.program.kill()  # while people are at it
    for task in under_way:
        task.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)
    for task in under_way:
        if not task.cancelled() and task.exception():
            raise task.exception() or RuntimeError


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


async def _death(scene: Scene, doing: list[Work]) -> None:
    if scene.program.runs:
        await scene.program.kill()
    with contextlib.suppress(TimeoutError):
        await scene.discord.until(lambda: not scene.discord.gateway.connected, 2.0)
    for work in doing:
        work.look(scene)


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


async def _main(asked: argparse.Namespace, folder: Path) -> list[Work]:
    (folder / "prepared").mkdir()
    (folder / "run").mkdir()
    world = await prepare(folder / "prepared")
    return await run(
        world, folder / "prepared" / "leda.db", folder / "run",
        kills=asked.kills, seed=asked.seed, share=asked.faults,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", type=float, default=0.03, help="share of requests that fail")
    asked = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        doing = asyncio.run(_main(asked, Path(folder)))
    machine = f"{platform.platform()}, Python {platform.python_version()}"
    took = time.monotonic() - began
    lines = [
        f"{machine}, SQLite {sqlite3.sqlite_version}, discord.py {discord.__version__}",
        f"kill -9: {asked.kills}   seed: {asked.seed}   failing: {asked.faults:.0%}   {took:.0f} s",
        *(f"{name}: {number}" for work in doing for name, number in work.tally().items()),
    ]
    failures = [failure for work in doing for failure in work.failures()]
    print("\n".join([*lines, *failures]))  # noqa: T201
    raise SystemExit(bool(failures))


if __name__ == "__main__":
    main()
