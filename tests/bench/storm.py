"""``python -m tests.bench.storm`` (``make bench``): everybody votes on one factor within seconds.

leda runs as a process of its own on a loopback Discord in this process, and 500 participants of 20
organisations each press a button of one card at a random moment within ten seconds, while one of
them has the factor open in private. The loopback's own work is in every figure.
"""

import argparse
import asyncio
import os
import platform
import random
import sqlite3
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

import discord

from bot.domain.factors import factors
from bot.domain.programme import programmes
from bot.i18n.words import Words
from cogs.factors.cards import factor_card
from storage.database import Database
from storage.enums import Language
from tests.bench.scenes import begin
from tests.wire.faults import USUAL
from tests.wire.interactions import EDIT
from tests.wire.people import Deed, Person
from tests.wire.programme import Scene
from tests.wire.world import text_of

ANSWER_WITHIN = 3.0  # seconds: Discord's limit


async def storm(scene: Scene, seconds: float) -> tuple[dict[int, str], list[Deed]]:
    """Let everybody vote once; what each chose, and what came of it."""
    dice, card = random.Random(5), scene.cards[0]
    chosen: dict[int, str] = {}
    deeds: list[Deed] = []

    async def press(person: Person, at: float) -> None:
        await asyncio.sleep(at)
        deeds.append(deed := person.press_id(card, f"vote:1:1:{chosen[person.id]}"))
        await deed.answered()

    presses = []
    for person in scene.people.values():
        chosen[person.id] = dice.choice(("support", "support", "unsure"))
        presses.append(press(person, dice.uniform(0, seconds)))
    await asyncio.gather(*presses)
    return chosen, deeds


async def run(folder: Path, people: int, seconds: float) -> bool:
    scene, _ = await begin(folder, people, 1)
    scene.discord.limits.buckets = USUAL
    async with scene.discord:
        try:
            await scene.program.start()
            await scene.program.ready()
            await asyncio.sleep(3.0)  # what a start brings along
            first = next(iter(scene.people.values()))
            await first.slash("factor show", factor="Factor 0")
            asked, cpu, began = len(scene.discord.requests), time.process_time(), time.monotonic()
            chosen, deeds = await storm(scene, seconds)
            took, cpu = time.monotonic() - began, time.process_time() - cpu
            await asyncio.sleep(8.0)  # for cards that follow
            await scene.program.stop()
        finally:
            if scene.program.runs:
                await scene.program.kill()
    assert scene.discord.unknown == []
    paths = [each.path for each in scene.discord.requests[asked:] if each.method == "PATCH"]
    done = [deed.took for deed in deeds if deed.kind]
    tell(done, took, cpu / took)
    private = sum("webhooks" in path for path in paths)
    print(f"edits beside the answers: {len(paths) - private} of the card, {private} of private ones"
          f"   429s met: {scene.discord.limits.refused}")  # fmt: skip
    return await check(scene, chosen, deeds) and max(done) < ANSWER_WITHIN


def tell(done: list[float], took: float, share: float) -> None:
    kept = "kept" if max(done) < ANSWER_WITHIN else "MISSED"
    print(f"{len(done)} presses answered in {took:.1f} s; the loopback's own share: {share:.0%}")
    print(f"time to the answer: p50 {median(done):.3f} s, p99 {quantiles(done, n=100)[-1]:.3f} s, "
          f"max {max(done):.3f} s   goal {ANSWER_WITHIN:.0f} s: {kept}")  # fmt: skip


async def check(scene: Scene, chosen: dict[int, str], deeds: list[Deed]) -> bool:
    """Every vote is counted, each was answered, and the card is right."""
    db, guild_id = Database(f"sqlite:///{scene.program.database}"), scene.guild.id
    await db.open()
    view = await db.visit(guild_id, None, datetime.now(UTC)).read(factors.show, 1)
    nouns = (await db.read(programmes.nouns)).get(guild_id)
    await db.close()
    drawn = factor_card(Words(Language.EN, nouns=nouns), view)
    support = sum(choice == "support" for choice in chosen.values())
    stored = {member: choice for (_, member), choice in scene.votes().items()}
    right = {
        "every vote is in the file": stored == chosen,
        "every vote is counted":
            (view.tally.support, view.tally.unsure) == (support, len(chosen) - support),
        "each press was answered": sum(deed.kind == EDIT for deed in deeds) == len(chosen),
        "the card shows what the file says":
            scene.cards[0].text == text_of(drawn.to_components()),
    }  # fmt: skip
    for sentence, holds in right.items():
        print(f"{sentence}: {'yes' if holds else 'NO'}")
    return all(right.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=10.0)
    asked = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"SQLite {sqlite3.sqlite_version}, discord.py {discord.__version__}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        if not asyncio.run(run(Path(folder), asked.people, asked.seconds)):
            raise SystemExit("NOT as it should be")


if __name__ == "__main__":
    main()
