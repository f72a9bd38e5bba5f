"""``make bench``: how fast leda is, a row a goal; exit status 1 if any is not met.

In under three minutes on two cores with nothing else running, but for the first time, when the
programme of ten years has to be made. ``make bench ARGS=--long`` adds an hour's storm and the
10 000 reminders.
"""

import argparse
import asyncio
import os
import platform
import sqlite3
import sys
import tempfile
import time
from contextlib import AsyncExitStack, ExitStack, suppress
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Final

import discord

from tests.bench import commands, deliveries, goals, hour, postgres, reading, rivals, scenes
from tests.bench.goals import Row
from tests.bench.rivals import Side

_BEGAN: Final = time.monotonic()
STARTS, SINGLES, ROUNDS, IN_FLIGHT = 3, 120, 3, 500
YEARS: Final = "leda, ten years"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="an hour's storm, and 10 000 reminders")
    asked = parser.parse_args()
    small, big = scenes.small(), scenes.big()
    about()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sides = _sides(small, big, folder)
        if postgres.SERVER:
            moved = stack.enter_context(postgres.moved(small / scenes.DATABASE))
            url = moved.render_as_string(hide_password=False)
            sides.append(rivals.leda(small, folder, "leda, PostgreSQL", DATABASE_URL=url))
        found = asyncio.run(race(folder, sides))
        years = next(side for side in sides if side.name == YEARS)
        found |= reading.searches(years.program.database)
        found |= asyncio.run(reading.a_week(years.program.database))
        if asked.long:
            found |= asyncio.run(hour.storm(small, folder))
            found |= asyncio.run(deliveries.run(folder))
    _say("searches and digests")
    print(f"the machine's load at the end: {os.getloadavg()[0]:.1f}")
    return 0 if goals.tell(found, long=asked.long, postgres=bool(postgres.SERVER)) else 1


def about() -> None:
    """Print what it is measured on, and with what."""
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python "
          f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}, discord.py "
          f"{discord.__version__}")  # fmt: skip
    there = {name: "there" if find_spec(name) else "MISSING" for name in ("uvloop", "orjson")}
    print(", ".join(f"{name} is {how}" for name, how in there.items()), flush=True)


def _sides(small: Path, big: Path, folder: Path) -> list[Side]:
    return [
        rivals.bare(small, folder, "bare"),
        rivals.bare(small, folder, "bare that defers", "--defer"),
        rivals.leda(small, folder, "leda"),
        rivals.leda(big, folder, YEARS),
    ]


async def race(folder: Path, sides: list[Side]) -> dict[str, Row]:
    """All that needs the wire; the rows of it. No process is left when it ends."""
    by_name = {side.name: side for side in sides}
    async with AsyncExitStack() as stack:
        for side in sides:
            await stack.enter_async_context(side.scene.discord)
            stack.push_async_callback(_end, side)
        await rivals.starts([by_name["bare"], by_name["leda"]], STARTS)
        await rivals.starts([side for side in sides if not side.program.started_at], 1)
        await asyncio.gather(*(rivals.quiet(side) for side in sides))
        _say("starts")
        a_commit = rivals.commit(folder)
        await rivals.singles(sides, SINGLES)
        _say("lone presses")
        # Never the same choice twice: that would change nothing.
        *choices, last = [("support", "unsure")[number % 2] for number in range(ROUNDS + 1)]
        for choice in choices:
            for side in sides:
                if not side.drowned:
                    await rivals.storm(side, choice, IN_FLIGHT)
        _say("storms")
        gone = await rivals.lost(by_name["leda"], last, IN_FLIGHT)
        for side in sides:
            if side.name != YEARS:
                await _end(side)
        found = rivals.rows(by_name, a_commit, gone) | await _years(by_name[YEARS])
    shares = ", ".join(f"{side.name} {median(side.found.loopback):.0%}" for side in sides)
    print(f"  the loopback's own share of a storm's time: {shares}")
    print(f"  a bare commit of this disk: {1000 * a_commit:.2f} ms")
    assert not any(side.scene.discord.unknown for side in sides)
    return found


async def _years(side: Side) -> dict[str, Row]:
    tried = commands.Tried()
    beside = {
        key: await commands.beside_presses(side, each, tried)
        for key, each in commands.BESIDE_PRESSES.items()
    }
    _say("export and erasure beside presses")
    await commands.try_all(side, tried)
    await rivals.quiet(side)
    _say("every command")
    with suppress(TimeoutError):  # it is killed then
        await side.program.stop()
    return commands.rows(tried, beside, side.units)


def _say(what: str) -> None:
    print(f"  {time.monotonic() - _BEGAN:.0f} s since it began: after {what}", flush=True)


async def _end(side: Side) -> None:
    if side.program.runs:
        await side.program.kill()


if __name__ == "__main__":
    sys.exit(main())
