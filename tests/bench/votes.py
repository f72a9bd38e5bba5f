"""``python -m tests.bench.votes`` (``make bench``): everybody votes on one factor at once.

The whole bot in SimCord's Discord, on a SQLite file: 500 participants of 20 organisations press a
button of one card before the first is answered, while somebody has the factor open in private.
What is measured is from a press' arrival until all that answers it is done. SimCord does its own
part in the same process and on the same core: the figures hold it, and are a ceiling.
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
from types import SimpleNamespace
from typing import Any

import discord
from simcord import Env
from sqlmodel import func, select

from bot.app import create_bot
from bot.domain import factors, organisations, participants
from bot.domain.people import Person
from bot.settings import Settings
from cogs.factors.cards import factor_card
from storage.enums import Joining
from storage.votes import Vote
from tests.chat.conftest import Town, text_of

WITHIN = 10.0  # seconds
TRACKS = ("health", "school", "health, school")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--organisations", type=int, default=20)
    asked = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"SQLite {sqlite3.sqlite_version}, discord.py {discord.__version__}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder), asked.people, asked.organisations))


async def run(folder: Path, people: int, homes: int) -> None:
    settings = Settings(database_url=f"sqlite:///{folder / 'leda.db'}", shard_count=1)
    env = Env(create_bot(settings, now=lambda: datetime.now(UTC)), settle_timeout=600)
    await env.start()
    try:
        town = await begin(env, homes)
        voters = await join(town, people)
        await storm(town, voters)
    finally:
        await env.shutdown()
        await env.bot.close()


async def begin(env: Env, homes: int) -> Town:
    """A programme of two tracks with its organisations."""
    guild = env.create_guild("LEDA")
    lobby = guild.create_text_channel("lobby")
    boss_role = guild.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
    boss = guild.add_member(env.create_user("boss"), roles=[boss_role])
    town = Town(env, guild, lobby, boss, None, None, {})
    await town.set_up(joining=Joining.OPEN)
    for number in range(homes):
        person = Person(boss.id, frozenset(), manages_server=True)
        said = {"name": f"Kommun {number}", "tracks_said": TRACKS[number % 3]}
        await town.bot.db.write(organisations.add, guild.id, person, **said, now=datetime.now(UTC))
    return town


async def join(town: Town, number: int) -> list[Any]:
    """The participants, evenly over the organisations; without their roles in Discord."""
    homes = await town.bot.db.read(organisations.all_of, town.guild.id)
    people = [town.person(f"p{n}") for n in range(number)]
    await asyncio.gather(*(
        town.bot.db.write(
            participants.join, town.guild.id, person.id, homes[n % len(homes)].id,
            now=datetime.now(UTC),
        )
        for n, person in enumerate(people)
    ))  # fmt: skip
    return people


async def storm(town: Town, people: list[Any]) -> None:
    """Everybody presses at once; then what became of it."""
    card = await town.publish(people[0], track=["all"])
    await people[0].slash(town.lobby, "factor show", factor="Try it small first")
    choose = random.Random(5)
    presses = [
        (person, f"vote:1:1:{choose.choice(['support', 'support', 'unsure'])}", card)
        for person in people
    ]
    requests, watch = town.env.backend.http_requests, Watch(town)
    before, began = len(requests), time.perf_counter()
    results = await town.at_once(*presses)
    done = time.perf_counter() - began
    tell(watch.times, done, len(people))
    edits = [str(request) for request in requests[before:] if "PATCH" in str(request)]
    print(f"edits beside the answers themselves: {len(edits)}")
    answered = sum(result.acknowledged and not result.followups for result in results)
    await check(town, card, presses, answered)


class Watch:
    """How long each press took, from its arrival until all of its answer was done; seconds."""

    def __init__(self, town: Town) -> None:
        self.times: list[float] = []
        self._arrived: dict[int, float] = {}
        self._answer = town.bot.on_interaction
        town.bot.on_interaction = self._timed  # type: ignore[method-assign]
        town.env.backend.subscribers.insert(0, self._note)

    def _note(self, event: str, payload: Any) -> None:
        if event == "INTERACTION_CREATE":
            self._arrived[int(payload["id"])] = time.perf_counter()

    async def _timed(self, interaction: Any) -> None:
        await self._answer(interaction)
        self.times.append(time.perf_counter() - self._arrived[interaction.id])


def tell(times: list[float], done: float, presses: int) -> None:
    verdict = "kept" if done <= WITHIN else "MISSED"
    print(f"{presses} presses at once: all answered in {done:.2f} s, "
          f"{presses / done:.0f} a second   goal {WITHIN:.0f} s: {verdict}")  # fmt: skip
    print(f"time to the end of the answer: p50 {median(times):.2f} s, "
          f"p99 {quantiles(times, n=100)[-1]:.2f} s, max {max(times):.2f} s")  # fmt: skip


async def check(town: Town, card: Any, presses: list[Any], answered: int) -> None:
    """Every vote is counted, each was answered, and the card is right; or a sentence and an end."""
    view = await town.bot.db.read(factors.show, town.guild.id, 1, now=datetime.now(UTC))
    rows = await town.bot.db.read(lambda s: s.exec(select(func.count()).select_from(Vote)).one())
    support = sum(custom_id.endswith("support") for _, custom_id, _ in presses)
    wanted = (support, len(presses) - support)
    drawn = factor_card(town.bot.words_in(view.language, view.programme_id), view)
    shown = SimpleNamespace(_message=SimpleNamespace(components=drawn.to_components()))
    right = {
        "every vote is in the file": rows == len(presses),
        "every vote is counted": (view.tally.support, view.tally.unsure) == wanted,
        "each press was answered": answered == len(presses),
        "the card shows what the database says": text_of(card) == text_of(shown),
    }
    for sentence, holds in right.items():
        print(f"{sentence}: {'yes' if holds else 'NO'}")
    if not all(right.values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
