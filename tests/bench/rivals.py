"""leda beside bare bots: each a process of its own, on a loopback Discord of its own, in turns.

A noisy machine is noisy for all of them, and what is compared are medians over the rounds. The
loopback's own work is in every figure: where it is the limit, all look alike.
"""

import asyncio
import os
import random
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from tests.bench import scenes
from tests.bench.goals import Row
from tests.wire.people import Deed
from tests.wire.process import Program
from tests.wire.programme import Scene

LIMIT: Final = 3.0  # seconds: Discord's for an answer
_ALLOWED: Final = 0.005  # seconds that leda's lone press may take beside bare, and a commit
_ALLOWED_POSTGRES: Final = 0.020


@dataclass
class Measured:
    """What was found of one program; seconds, bytes, presses a second."""

    start: list[float] = field(default_factory=list)
    rss: int = 0
    single: list[float] = field(default_factory=list)
    single_cpu: float = 0.0
    rate: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    slowest: float = 0.0
    unanswered: int = 0
    loopback: list[float] = field(default_factory=list)


@dataclass
class Side:
    """One program, its Discord, and what was found of it."""

    name: str
    scene: Scene
    program: Program
    found: Measured = field(default_factory=Measured)

    @property
    def units(self) -> list[str]:
        """What leda's launcher noted: lines of seconds and what held the writer so long."""
        return Path(self.program.settings["LEDA_BENCH_UNITS"]).read_text().splitlines()

    @property
    def drowned(self) -> bool:
        """Whether it left so much unanswered that another round would show nothing new."""
        return self.found.unanswered > len(self.scene.people)


def bare(kept: Path, folder: Path, name: str, *more: str) -> Side:
    """A bare bot in a copy of a scene."""
    scene = scenes.again(kept, folder / name)
    arguments = ("-m", "tests.bench.bare", *more)
    program = Program(scene.discord, folder / name, name=name, arguments=arguments)
    return Side(name, scene, program)


def leda(kept: Path, folder: Path, name: str, **settings: str) -> Side:
    """leda in a copy of a scene, noting how long its units hold the writer."""
    scene = scenes.again(kept, folder / name)
    arguments = ("-m", "tests.bench.launch", "--env", os.devnull, "run")
    noted = {"LEDA_BENCH_UNITS": str(folder / name / "units.tsv"), **settings}
    program = Program(scene.discord, folder / name, name=name, arguments=arguments, **noted)
    scene.program = program
    return Side(name, scene, program)


async def starts(sides: list[Side], times: int) -> None:
    """Start to ready, in turns; then memory, once all is quiet. They run on."""
    for turn in range(times):
        for side in sides:
            await side.program.start()
            side.found.start.append(await side.program.ready(60.0))
            if turn < times - 1:
                await side.program.stop()
    await asyncio.sleep(3.0)
    for side in sides:
        side.found.rss = side.program.rss()


async def singles(sides: list[Side], presses: int) -> None:
    """One press at a time, in turns."""
    begun = {side.name: side.program.cpu() for side in sides}
    people = {side.name: list(side.scene.people.values()) for side in sides}
    cards = {side.name: side.scene.cards for side in sides}
    for number in range(presses):
        for side in sides:
            everyone, factor = people[side.name], number // 20 % scenes.FACTORS
            person = everyone[number % len(everyone)]
            deed = person.press_id(cards[side.name][factor], f"vote:1:{factor + 1}:unsure")
            if await deed.answered():
                side.found.single.append(deed.took)
    await asyncio.sleep(1.0)  # what a press leaves to be done is its work too
    for side in sides:
        side.found.single_cpu = (side.program.cpu() - begun[side.name]) / presses


async def storm(side: Side, choice: str, in_flight: int) -> list[Deed]:
    """Everybody votes on everything, with so many presses in flight."""
    cards = side.scene.cards[: scenes.FACTORS]
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

    used, began, cpu = side.program.cpu(), time.perf_counter(), time.process_time()
    await asyncio.gather(*(press() for _ in range(in_flight)))
    took = time.perf_counter() - began
    side.found.loopback.append((time.process_time() - cpu) / took)
    done = [deed.took for deed in deeds if deed.kind]
    side.found.rate.append(len(done) / took)
    # Whoever was not answered waited for as long as Discord waits, and was told that it failed.
    waited = done + [LIMIT] * (len(deeds) - len(done))
    side.found.p99.append(quantiles(waited, n=100)[-1])
    side.found.slowest = max(side.found.slowest, *waited)
    side.found.unanswered += len(deeds) - len(done)
    print(f"  {side.name}: {len(done)} of {len(deeds)} answered in {took:.1f} s", flush=True)
    await quiet(side)
    side.found.cpu.append((side.program.cpu() - used) / len(deeds))
    return deeds


async def quiet(side: Side, within: float = 8.0) -> None:
    """Wait until a bot has asked nothing, nor worked, for half a second; or no longer than that."""
    until = time.monotonic() + within
    before = (-1, 0.0)
    while time.monotonic() < until:
        now = (len(side.scene.discord.requests), round(side.program.cpu(), 1))
        if now == before:
            return
        before = now
        await asyncio.sleep(0.5)


async def lost(side: Side, choice: str, in_flight: int) -> int:
    """Many presses at once, and ``kill -9`` straight after the last answer.

    Returns:
        how many of the answered votes are not in the file.
    """
    cards = side.scene.cards[: scenes.FACTORS]
    pressing = list(side.scene.people.values())[: in_flight // len(cards)]
    deeds = [
        (person, factor, person.press_id(card, f"vote:1:{factor}:{choice}"))
        for person in pressing
        for factor, card in enumerate(cards, start=1)
    ]
    await asyncio.gather(*(deed.answered() for *_, deed in deeds))
    await side.program.kill()
    stored = side.scene.votes()
    return sum(
        stored.get((factor, person.id)) != choice for person, factor, deed in deeds if deed.kind
    )


def commit(folder: Path, times: int = 200) -> float:
    """How long this disk takes for one commit of one row, as leda's file commits (seconds)."""
    took = []
    with closing(sqlite3.connect(folder / "commit.db", isolation_level=None)) as file:
        file.execute("pragma journal_mode=wal")
        file.execute("pragma synchronous=full")
        file.execute("create table row (a integer primary key, b text)")
        for number in range(times):
            began = time.perf_counter()
            file.execute("insert into row (b) values (?)", ("a vote" * (number % 9),))
            took.append(time.perf_counter() - began)
    return median(took)


def rows(sides: dict[str, Side], a_commit: float, gone: int) -> dict[str, Row]:
    """The rows that compare the sides, by the goal's key."""
    edits, ours = sides["bare"].found, sides["leda"].found
    return (
        _of_storm(edits, sides["bare that defers"].found, ours)
        | {"lost": Row("", f"{gone}", "", gone == 0)}
        | _of_singles(edits, ours, a_commit)
        | _of_years(ours, sides["leda, ten years"].found)
        | (_of_postgres(edits, sides["leda, PostgreSQL"].found)
           if "leda, PostgreSQL" in sides else {})
        | _of_rest(edits, ours)
    )  # fmt: skip


def _of_storm(edits: Measured, defers: Measured, ours: Measured) -> dict[str, Row]:
    rate, deferring = _ratio(ours.rate, edits.rate), _ratio(ours.rate, defers.rate)
    cpu, p99 = _ratio(ours.cpu, edits.cpu), _ratio(ours.p99, edits.p99)
    in_time = ours.slowest <= LIMIT and not ours.unanswered
    late = f"{p99:.2f} times bare, {ours.unanswered} unanswered"
    return {
        "storm": _row(edits.rate, ours.rate, "{:.0f}", f"{rate:.2f} of bare", rate >= 1.0),
        "deferring": _row(defers.rate, ours.rate, "{:.0f}", f"{deferring:.2f} of it",
                          deferring >= 0.9),
        "cpu": _row(_ms(edits.cpu), _ms(ours.cpu), "{:.2f}", f"{cpu:.2f} times bare", cpu <= 1.0),
        "p99": _row(edits.p99, ours.p99, "{:.2f}", late, p99 <= 1.0 and in_time),
    }  # fmt: skip


def _of_singles(edits: Measured, ours: Measured, a_commit: float) -> dict[str, Row]:
    more = median(ours.single) - median(edits.single)
    cpu = ours.single_cpu / edits.single_cpu
    said = f"+ {1000 * more:.1f} ms, a commit {1000 * a_commit:.1f}"
    return {
        "single": _row(_ms(edits.single), _ms(ours.single), "{:.1f}", said,
                       more <= a_commit + _ALLOWED),
        "single cpu": _row([1000 * edits.single_cpu], [1000 * ours.single_cpu], "{:.2f}",
                           f"{cpu:.2f} times bare", cpu <= 2.5),
    }  # fmt: skip


def _of_years(ours: Measured, years: Measured) -> dict[str, Row]:
    rate = _ratio(years.rate, ours.rate)
    single = median(ours.single) / median(years.single)
    late = f"{years.unanswered} unanswered"
    return {
        "growth storm": _row(ours.rate, years.rate, "{:.0f}", f"{rate:.2f} of empty, {late}",
                             rate >= 0.95 and not years.unanswered),
        "growth single": _row(_ms(ours.single), _ms(years.single), "{:.1f}",
                              f"{single:.2f} of empty", single >= 0.95),
    }  # fmt: skip


def _of_postgres(edits: Measured, ours: Measured) -> dict[str, Row]:
    rate, late = _ratio(ours.rate, edits.rate), ours.unanswered
    more = median(ours.single) - median(edits.single)
    return {
        "postgres storm": _row(edits.rate, ours.rate, "{:.0f}",
                               f"{rate:.2f} of bare, {late} unanswered", rate >= 0.8 and not late),
        "postgres single": _row(_ms(edits.single), _ms(ours.single), "{:.1f}",
                                f"+ {1000 * more:.1f} ms", more <= _ALLOWED_POSTGRES),
    }  # fmt: skip


def _of_rest(edits: Measured, ours: Measured) -> dict[str, Row]:
    start = _ratio(ours.start, edits.start)
    return {
        "start": _row(edits.start, ours.start, "{:.2f}", f"{start:.2f} times bare", start <= 1.8),
        "memory": _row([edits.rss / 1e6], [ours.rss / 1e6], "{:.0f}", "", ours.rss <= 108e6),
    }


def _row(beside: list[float], leda: list[float], how: str, said: str, met: bool) -> Row:
    return Row(how.format(median(beside)), how.format(median(leda)), said, met)


def _ratio(ours: list[float], theirs: list[float]) -> float:
    """The median over the rounds that both took part in."""
    return median(a / b for a, b in zip(ours, theirs, strict=False))


def _ms(seconds: list[float]) -> list[float]:
    return [1000 * each for each in seconds]
