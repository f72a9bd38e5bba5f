"""``python -m tests.bench.wire`` (``make bench``): leda beside a bare bot, over the loopback wire.

Both are processes of their own on the same Python, each on a loopback Discord in this process,
with the same people, cards and presses. They take turns, so that a noisy machine is noisy for
both; what is compared are medians over the rounds. The loopback's own work is in every figure:
where it is the limit, both look alike; so its share of the time is printed too.
"""

import argparse
import asyncio
import os
import platform
import random
import sqlite3
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import discord

from tests.bench.scenes import begin
from tests.wire.people import Deed
from tests.wire.process import Program
from tests.wire.programme import Scene

_BARE = ("-m", "tests.bench.bare")
_OUR_LIMIT = 3.0  # seconds: Discord's for an answer


@dataclass
class Measured:
    """What was found of one program; seconds, bytes, presses a second."""

    start: list[float] = field(default_factory=list)
    rss: int = 0
    single: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    slowest: float = 0.0
    unanswered: int = 0
    loopback: list[float] = field(default_factory=list)


@dataclass
class Side:
    """leda or the bare bot, on its own Discord."""

    scene: Scene
    program: Program
    found: Measured = field(default_factory=Measured)


async def starts(sides: list[Side], times: int) -> None:
    """Start to ready, in turns; then memory, once all is quiet."""
    for turn in range(times):
        for side in sides:
            await side.program.start()
            side.found.start.append(await side.program.ready())
            if turn < times - 1:
                await side.program.stop()
    await asyncio.sleep(3.0)
    for side in sides:
        side.found.rss = side.program.rss()


async def singles(sides: list[Side], presses: int) -> None:
    """One press at a time."""
    for number in range(presses):
        for side in sides:
            people, cards = list(side.scene.people.values()), side.scene.cards
            person = people[number % len(people)]
            factor = number // len(people) % len(cards) + 1
            deed = await person.press(cards[factor - 1], f"vote:1:{factor}:unsure")
            side.found.single.append(deed.took)


async def storm(side: Side, choice: str, in_flight: int) -> list[Deed]:
    """Everybody votes on everything, with so many presses in flight."""
    cards = side.scene.cards
    presses = [
        (person, card, f"vote:1:{factor}:{choice}")
        for person in side.scene.people.values()
        for factor, card in enumerate(cards, start=1)
    ]
    random.Random(5).shuffle(presses)
    deeds: list[Deed] = []

    async def press() -> None:
        while presses:
            person, card, custom_id = presses.pop()
            deeds.append(deed := person.press_id(card, custom_id))
            await deed.answered()  # later than that, Discord takes none

    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(press() for _ in range(in_flight)))
    took = time.perf_counter() - began
    side.found.loopback.append((time.process_time() - cpu) / took)
    done = [deed.took for deed in deeds if deed.kind]
    side.found.rate.append(len(done) / took)
    # Whoever was not answered waited for as long as Discord waits, and was told that it failed.
    waited = done + [_OUR_LIMIT] * (len(deeds) - len(done))
    side.found.p99.append(quantiles(waited, n=100)[-1])
    side.found.slowest = max(side.found.slowest, *waited)
    side.found.unanswered += len(deeds) - len(done)
    print(f"  {side.program.log_file.stem}: {len(done)} of {len(deeds)} answered in {took:.1f} s")
    return deeds


async def quiet(side: Side) -> None:
    """Wait until a bot has asked nothing for a second."""
    before = -1
    while before != len(side.scene.discord.requests):
        before = len(side.scene.discord.requests)
        await asyncio.sleep(1.0)


async def lost(side: Side, deeds: list[Deed], choice: str) -> int:
    """``kill -9`` straight after the last answer: answered votes that are not in the file."""
    await side.program.kill()
    stored = side.scene.votes()
    factor_of = {card.id: number for number, card in enumerate(side.scene.cards, start=1)}
    told = [
        (factor_of[deed.message.id], deed.interaction.user.id) for deed in deeds if deed.kind == 7
    ]
    return sum(stored.get(vote) != choice for vote in told)


def table(bare: Measured, leda: Measured, gone: int) -> bool:
    """Print each figure with its goal; whether all are met."""
    rate = median(a / b for a, b in zip(leda.rate, bare.rate, strict=True))
    p99 = median(a / b for a, b in zip(leda.p99, bare.p99, strict=True))
    more = 1000 * (median(leda.single) - median(bare.single))
    start = median(a / b for a, b in zip(leda.start, bare.start, strict=True))
    rows = [
        ("vote storm, presses answered a second", f"{median(bare.rate):.0f}",
         f"{median(leda.rate):.0f}", f"{rate:.2f} of bare", "≥ 0.70 of bare", rate >= 0.7),
        ("… p99 to the answer, s", f"{median(bare.p99):.2f}", f"{median(leda.p99):.2f}",
         f"{p99:.2f} times bare", "≤ 1.5 times bare", p99 <= 1.5),
        ("… slowest, s", f"{bare.slowest:.2f}", f"{leda.slowest:.2f}",
         f"{leda.unanswered} unanswered", "≤ 3 s", leda.slowest <= _OUR_LIMIT
         and not leda.unanswered),
        ("… answered, then kill -9: lost", "", f"{gone}", "", "0", gone == 0),
        ("one press at a time, median, ms", f"{1000 * median(bare.single):.1f}",
         f"{1000 * median(leda.single):.1f}", f"+ {more:.1f} ms", "≤ + 5 ms", more <= 5),
        ("start to ready, s", f"{median(bare.start):.2f}", f"{median(leda.start):.2f}",
         f"{start:.2f} times bare", "≤ 2 times bare", start <= 2),
        ("memory at rest, MB", f"{bare.rss / 1e6:.0f}", f"{leda.rss / 1e6:.0f}", "", "≤ 110 MB",
         leda.rss <= 110e6),
    ]  # fmt: skip
    print(f"{'':40}{'bare':>8}{'leda':>8}  {'':18}{'goal':18}")
    for name, ours, theirs, compared, goal, met in rows:
        print(f"{name:40}{ours:>8}{theirs:>8}  {compared:18}{goal:18}{'met' if met else 'NOT MET'}")
    print(f"the loopback's own share of the storm's time: beside bare {median(bare.loopback):.0%}, "
          f"beside leda {median(leda.loopback):.0%}")  # fmt: skip
    return all(met for *_, met in rows)


async def run(folder: Path, asked: argparse.Namespace) -> bool:
    ours, theirs = await begin(folder, asked.people, asked.factors)
    bare_folder = folder / "bare"
    bare_folder.mkdir()
    bare = Side(theirs, Program(theirs.discord, bare_folder, name="bare", arguments=_BARE))
    leda = Side(ours, ours.program)
    sides = [bare, leda]
    async with theirs.discord, ours.discord:
        try:
            await starts(sides, asked.rounds)
            await singles(sides, asked.singles)
            for number in range(asked.rounds):
                # Never the same choice twice: that would change nothing.
                choice = ("support", "unsure")[number % 2]
                for side in sides:
                    deeds = await storm(side, choice, asked.in_flight)
                    if number < asked.rounds - 1:
                        await quiet(side)
            gone = await lost(leda, deeds, choice)
        finally:
            for side in sides:
                if side.program.runs:
                    await side.program.kill()
    assert ours.discord.unknown == theirs.discord.unknown == []
    return table(bare.found, leda.found, gone)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--factors", type=int, default=10)
    parser.add_argument("--in-flight", type=int, default=500)
    parser.add_argument("--singles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"SQLite {sqlite3.sqlite_version}, discord.py {discord.__version__}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder), asked))


if __name__ == "__main__":
    main()
