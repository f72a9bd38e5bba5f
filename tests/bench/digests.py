"""``python -m tests.bench.digests`` (``make bench``): a week's digest out of ten years.

A SQLite file is filled with ten years of a programme, and another with the last of them alone. In
both, the editions of the same weeks are made, through the database as the program does it, while
the event loop is asked a thousand times a second whether it is free.
"""

import argparse
import asyncio
import os
import platform
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, Final

import sqlalchemy
from sqlalchemy import Connection, insert
from sqlmodel import SQLModel

from bot.domain.digest import digests
from bot.domain.when.clocks import Week
from storage import engines
from storage.database import Database
from storage.desk import Person
from storage.enums import Choice, FactorKind, FactorStatus, Language, MeetingKind, PlaceKind, Preset
from storage.factors.factors import Factor
from storage.factors.votes import Vote
from storage.journal import Entry
from storage.kit.programmes import Place, Programme
from storage.meetings.meetings import Meeting, MeetingAnswer, Occurrence
from storage.members.participants import Participant
from storage.organisations.organisations import Organisation, OrganisationTrack
from storage.talk.talk import Talk
from storage.tracks.tracks import Track
from storage.upgrade import upgrade

# Thursday, a minute to 9 in Stockholm: a week's digest is due then.
NOW: Final = datetime(2026, 11, 26, 7, 59, tzinfo=UTC)
HERE: Final = 2**62 + 1
COORDINATOR: Final = Person(1, frozenset(), manages_server=True)
TRACKS, ORGANISATIONS, PEOPLE = 5, 100, 1000
WEEKS: Final = 520
WEEK: Final = timedelta(weeks=1)
GOAL, GOAL_BLOCK = 1.0, 0.05  # seconds
TICK: Final = 0.001  # seconds
TIMES: Final = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--factors", type=int, default=50_000)
    parser.add_argument("--votes", type=int, default=1_000_000)
    asked = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, ")
    print(f"SQLite {sqlite3.sqlite_version}, SQLAlchemy {sqlalchemy.__version__}")
    figures = {}
    for weeks in (52, WEEKS):
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'leda.db'}"
            upgrade(url, now=NOW)
            fill(url, weeks, asked.factors // WEEKS, asked.votes // WEEKS)
            figures[weeks] = asyncio.run(measure(url, weeks))
    tell(figures[52], figures[WEEKS])


def fill(url: str, weeks: int, factors: int, votes: int) -> None:
    """So many weeks until NOW, each with so many factors and votes; the last alike in any number.

    The figures of votes and standings are not those that the program would count, which no digest
    reads.
    """
    started = time.perf_counter()
    engine = engines.migrating(engines.parse(url))
    with engine.begin() as connection:
        begin(connection, NOW - weeks * WEEK)
        for ago in range(weeks, 0, -1):
            chance = random.Random(ago)  # so that a week is the same in both files
            for table, rows in week(chance, NOW - ago * WEEK, weeks - ago, factors, votes):
                connection.execute(insert(table), rows)
    engine.dispose()
    print(f"{weeks} weeks with {weeks * factors} factors and {weeks * votes} votes made in "
          f"{time.perf_counter() - started:.0f} s")  # fmt: skip


def begin(connection: Connection, created_at: datetime) -> None:
    """A programme with its tracks, organisations, people and meetings ahead."""

    def add(table: type[SQLModel], *rows: dict[str, Any]) -> None:
        connection.execute(insert(table), list(rows))

    here = {"programme_id": HERE}
    add(Programme, {
        "id": HERE, "language": Language.SV, "timezone": "Europe/Stockholm",
        "preset": Preset.LEDA, "created_at": created_at,
    })  # fmt: skip
    tracks = range(1, TRACKS + 1)
    named = {"emoji": "🧭", "description": "", "created_at": created_at}
    add(Track, *({**here, **named, "id": t, "name": f"Track {t}", "short": f"{t}"} for t in tracks))
    slots = [f"{what}:{track}" for track in tracks for what in ("discussion", "factors")]
    add(Place, *(
        {**here, "slot": slot, "kind": PlaceKind.TEXT, "discord_id": 1000 + at}
        for at, slot in enumerate(["forum", *slots])
    ))  # fmt: skip
    organisations = range(1, ORGANISATIONS + 1)
    add(Organisation, *(
        {**here, "id": key, "name": f"{key} kommun", "folded": f"{key}", "exact": f"{key}",
         "code": f"{key}",
         "created_at": created_at}
        for key in organisations
    ))  # fmt: skip
    add(OrganisationTrack, *(
        {"organisation_id": key, "track_id": track}
        for key in organisations for track in {key % TRACKS + 1, key % 3 + 1}
    ))  # fmt: skip
    add(Participant, *(
        {**here, "id": key, "member_id": key, "organisation_id": key % ORGANISATIONS + 1,
         "joined_at": created_at}
        for key in range(1, PEOPLE + 1)
    ))  # fmt: skip
    for table, rows in meetings(NOW, 10**6, 8):
        add(table, *rows)


def meetings(
    first: datetime, key: int, number: int
) -> Iterator[tuple[type[SQLModel], list[dict[str, Any]]]]:
    """A meeting of each track in each of some weeks from a moment on; ids from ``key`` on."""
    rows, times = [], []
    for at in range(number * TRACKS):
        starts = first + at // TRACKS * WEEK + timedelta(days=2)
        row = {
            "id": key + at, "programme_id": HERE, "track_id": at % TRACKS + 1, "title": "Möte",
            "kind": MeetingKind.DIGITAL, "zone": "UTC", "wall": f"{starts:%Y-%m-%dT%H:%M}",
            "minutes": 60, "uid": f"{key + at}", "created_at": first, "changed_at": first,
        }  # fmt: skip
        rows.append(row)
        times.append({
            "id": key + at, "meeting_id": key + at, "original": row["wall"], "wall": row["wall"],
            "starts_at": starts, "ends_at": starts + timedelta(hours=1), "summary": "Vi enades.",
        })  # fmt: skip
    yield Meeting, rows
    yield Occurrence, times


def week(
    chance: random.Random, starts: datetime, number: int, factors: int, votes: int
) -> Iterator[tuple[type[SQLModel], list[dict[str, Any]]]]:
    """What happens in a week, table by table; it is the programme's ``number``-th."""
    keys = range(number * factors + 1, (number + 1) * factors + 1)
    moments = sorted(starts + timedelta(seconds=chance.randrange(604_800)) for _ in keys)
    entries: list[dict[str, Any]] = []

    def note(at: datetime, kind: str, key: int, who: int | None = None, **data: Any) -> None:
        entries.append({
            "programme_id": HERE, "at": at, "who": who, "kind": kind,
            "subject": kind.partition(".")[0], "subject_id": key, "data": data,
        })  # fmt: skip

    made = [factor(chance, key, at) for key, at in zip(keys, moments, strict=True)]
    for row in made:
        note(row["created_at"], "factor.published", row["id"], 5, track=row["track_id"])
        later = row["created_at"] + (starts + WEEK - row["created_at"]) * chance.random()
        if row["status"] is not FactorStatus.OPEN:
            note(later, "factor.decided", row["id"], 1, before="open", after=row["status"].value)
        elif row["standing"] != "too_early":
            note(later, "factor.moved", row["id"], before="too_early", after=row["standing"])
    cast = []
    for key in keys:
        for who in chance.sample(range(1, PEOPLE + 1), votes // factors):
            at = starts + timedelta(seconds=chance.randrange(604_800))
            cast.append({
                "factor_id": key, "participant_id": who, "choice": Choice.SUPPORT, "cast_at": at,
            })  # fmt: skip
            about = {"organisation": who % ORGANISATIONS + 1, "before": None, "after": "support"}
            note(at, "factor.voted", key, who, **about)
    yield Factor, made
    yield Vote, cast
    held = number * TRACKS + 1
    yield from meetings(starts, held, 1)
    answers = []
    for occurrence in range(held, held + TRACKS):
        note(starts + timedelta(days=3), "meeting.minutes", occurrence, 1, time=occurrence)
        for who in chance.sample(range(1, PEOPLE + 1), 30):
            answers.append({"occurrence_id": occurrence, "participant_id": who, "answer": "going"})
            about = {"organisation": who % ORGANISATIONS + 1, "time": occurrence}
            note(starts, "meeting.answered", occurrence, who, **about)
    yield MeetingAnswer, answers
    yield Talk, [
        {"programme_id": HERE, "channel_id": 10**6 + key, "place_id": 1000 + key % 11,
         "day": (starts + timedelta(days=key % 7)).date(), "number": chance.randrange(1, 50)}
        for key in keys
    ]  # fmt: skip
    yield Entry, entries


def factor(chance: random.Random, key: int, at: datetime) -> dict[str, Any]:
    """A factor; a third is open, and every seventh of all has yet to find its votes."""
    status = chance.choice((FactorStatus.OPEN, FactorStatus.ADOPTED, FactorStatus.DECLINED))
    waiting = status is FactorStatus.OPEN and chance.random() < 0.4
    return {
        "id": key, "programme_id": HERE, "track_id": chance.choice((None, *range(1, TRACKS + 1))),
        "title": f"Factor {key}", "folded": f"factor {key}", "kind": FactorKind.PROMOTING,
        "how": "Vi provade i fyra veckor. " * 20, "organisation_id": key % ORGANISATIONS + 1,
        "status": status, "standing": "too_early" if waiting else "shared_ground",
        "created_at": at, "root_id": key, "thread_id": 10**6 + key,
    }  # fmt: skip


async def measure(url: str, weeks: int) -> dict[str, tuple[float, float]]:
    """How long each of the digests takes, and how long it held up the loop, in seconds."""
    db = Database(url)
    await db.open()
    found = {"the week that is due": await timed(db, None)}
    kept = [Week.on(NOW.date()).preceding]
    while len(kept) < weeks - 2:
        kept.append(kept[-1].preceding)
    groups = {"the weeks before": kept[:4], "weeks most of a year ago": kept[44:48]}
    if weeks == WEEKS:
        groups |= {"weeks five years ago": kept[258:262], "weeks ten years ago": kept[-4:]}
    for name, some in groups.items():
        timings = [await timed(db, each.value) for each in some]
        found[name] = median(taken for taken, _ in timings), max(block for _, block in timings)
    await db.close()
    return found


async def timed(db: Database, number: int | None) -> tuple[float, float]:
    """How long a week's editions take, and hold up the loop: the least of several times.

    What leda itself does comes again each time; what else the machine does is left out so.
    """
    times, blocks = [], []
    for turn in range(TIMES + 1):
        stopped = asyncio.Event()
        ticker = asyncio.create_task(tick(stopped))
        await asyncio.sleep(0.01)
        started = time.perf_counter()
        await db.visit(HERE, COORDINATOR, NOW).read(digests.preview, number, None)
        taken = time.perf_counter() - started
        stopped.set()
        block = await ticker
        if turn:  # the first fills the caches of the system and of SQLAlchemy
            times.append(taken)
            blocks.append(block)
    return min(times), min(blocks)


async def tick(stopped: asyncio.Event) -> float:
    """How long the loop was held up at most, until it is stopped, in seconds."""
    longest = 0.0
    while not stopped.is_set():
        before = time.perf_counter()
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), TICK)
        longest = max(longest, time.perf_counter() - before - TICK)
    return longest


def tell(short: dict[str, tuple[float, float]], long: dict[str, tuple[float, float]]) -> None:
    """A table of the figures, beside those of the short history."""
    for name, (taken, block) in long.items():
        kept = taken <= GOAL and block <= GOAL_BLOCK
        beside = f"   {taken / short[name][0]:.2f} times as in one year" if name in short else ""
        print(f"{name:<28} {taken * 1000:6.0f} ms   longest block {block * 1000:5.1f} ms   "
              f"goals {GOAL:.0f} s, {GOAL_BLOCK * 1000:.0f} ms: "
              f"{'kept' if kept else 'MISSED'}{beside}")  # fmt: skip


if __name__ == "__main__":
    main()
