"""10 000 reminders due in the same minute. The long run's alone.

leda runs as a process of its own on a loopback Discord that takes 50 requests a second, and five
messages in five seconds in each channel, as Discord does. The reminders, over 200 servers, are
written into the file before it starts, and so are the programmes: these have one channel each,
which leda notices and tells their owners; so the minute begins only when that is over. All the
while somebody in one more server votes.
"""

import asyncio
import os
import sqlite3
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from statistics import median
from typing import Any, Final

from sqlmodel import Session

from bot.domain.meetings.reminders import POSTED
from bot.domain.posts import planning
from bot.domain.posts.planning import Post
from bot.domain.tracks.places import FORUM
from bot.permissions import NEEDED
from storage.database import Database
from storage.enums import Language, MeetingKind, PlaceKind, Preset, Way
from storage.kit.programmes import Place, Programme
from storage.meetings.meetings import Meeting, Occurrence
from tests import desks
from tests.bench.goals import Row
from tests.bench.scenes import begin
from tests.wire.faults import USUAL
from tests.wire.numbers import ROW, number_in, numbers_of
from tests.wire.people import Deed
from tests.wire.programme import Scene
from tests.wire.world import TEXT, Guild

POSTS, SERVERS = 10_000, 200
WITHIN: Final = 1.0  # seconds, for an answer
RATE: Final = 40.0  # a second: 0.8 of what Discord takes
OVERTAKEN: Final = 1.0  # seconds of due time: what goes out side by side may change places
AHEAD: Final = timedelta(seconds=45)
EVERY: Final = 0.5  # seconds between two votes
DAY: Final = 1440  # minutes


@dataclass
class Found:
    """What was seen: when each reminder (by its row) became visible, and the votes."""

    posted: list[tuple[float, int]] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    cpu: float = 0.0  # seconds that leda used


def plan(session: Session, guilds: dict[int, int], number: int, first: datetime) -> None:
    """Plan so many reminders, evenly over a minute, in turns over the servers.

    Args:
        session: the transaction.
        guilds: the servers, each with its channel.
        number: of reminders, in all.
        first: when the minute begins (aware UTC).
    """
    each = -(-number // len(guilds))
    for place, (guild_id, channel_id) in enumerate(guilds.items()):
        session.add(Programme(
            id=guild_id, language=Language.EN, timezone="Europe/Stockholm", preset=Preset.EMPTY,
            created_at=first,
        ))  # fmt: skip
        session.flush()
        session.add(Place(
            programme_id=guild_id, slot=FORUM, kind=PlaceKind.TEXT, discord_id=channel_id,
        ))  # fmt: skip
        meeting = Meeting(
            programme_id=guild_id, title="Learning together", kind=MeetingKind.JOINT,
            zone="Europe/Stockholm", wall="2026-01-01T10:00", minutes=60, uid=f"bench-{guild_id}",
            created_at=first, changed_at=first, due=False,
        )  # fmt: skip
        session.add(meeting)
        session.flush()
        numbers = range(place, number, len(guilds))[:each]
        dues = [first + timedelta(seconds=60 * n / number) for n in numbers]
        times = [_time(meeting.id or 0, n, due) for n, due in enumerate(dues)]
        session.add_all(times)
        session.flush()
        planning.plan(
            desks.bare(session, guild_id),
            [_post(*one) for one in zip(times, dues, strict=True)],
        )


def _time(meeting_id: int, number: int, due: datetime) -> Occurrence:
    starts = (due + timedelta(minutes=DAY + number)).replace(second=0, microsecond=0)
    wall = f"{starts:%Y-%m-%dT%H:%M}"
    return Occurrence(
        meeting_id=meeting_id, original=wall, wall=wall, starts_at=starts,
        ends_at=starts + timedelta(hours=1),
    )  # fmt: skip


def _post(time: Occurrence, due: datetime) -> Post:
    starts = f"{time.starts_at:%Y-%m-%dT%H:%MZ}"
    return Post(
        key=f"bench:{time.id}", kind=POSTED, subject_id=time.id or 0, way=Way.POST, due_at=due,
        expires_at=time.starts_at, slot=FORUM, data={"ahead": DAY, "starts": starts},
    )  # fmt: skip


def _server(scene: Scene, number: int) -> tuple[int, int]:
    world = scene.discord.world
    made: Guild = world.guild(f"Server {number}", NEEDED)
    return made.id, world.channel(made, TEXT, "forum").id


async def vote(scene: Scene, found: Found) -> None:
    """Somebody votes twice a second, until cancelled; never the same twice in a row."""
    people, card = list(scene.people.values()), scene.cards[0]
    number, begun = 0, time.monotonic()
    while True:
        person, turn = people[number % len(people)], number // len(people)
        choice = ("support", "unsure")[turn % 2]
        found.deeds.append(person.press_id(card, f"vote:1:1:{choice}"))
        number += 1
        await asyncio.sleep(max(begun + number * EVERY - time.monotonic(), 0))


async def run(folder: Path, posts: int = POSTS, servers: int = SERVERS) -> dict[str, Row]:
    """Let them come due and see them arrive; a row for the table."""
    (folder / "reminders").mkdir()
    scene, _ = await begin(folder / "reminders", 10, 1)
    guilds = dict(_server(scene, number) for number in range(servers))
    first = datetime.now(UTC) + AHEAD
    db = Database(f"sqlite:///{scene.program.database}")
    await db.open()
    await db.write(plan, guilds, posts, first)
    await db.close()
    found = Found()
    scene.discord.limits.buckets = USUAL
    scene.discord.watchers.append(lambda posted: _see(found, posted))
    async with scene.discord:
        try:
            await scene.program.start()
            print(f"start to ready with {servers + 1} servers: {await scene.program.ready():.1f} s")
            await asyncio.sleep(max((first - datetime.now(UTC)).total_seconds(), 0))
            found.cpu = scene.program.cpu()
            voting = asyncio.create_task(vote(scene, found))
            await _until_done(scene, found, posts)
            voting.cancel()
            await asyncio.sleep(3.0)  # for the last answer, and for what should not come
            found.cpu = scene.program.cpu() - found.cpu
            await scene.program.stop()
        finally:
            if scene.program.runs:
                await scene.program.kill()
    assert scene.discord.unknown == []
    return tell(scene, found, posts, first)


def _see(found: Found, posted: Any) -> None:
    if not posted.edit:
        found.posted += [(posted.at, number) for number in numbers_of(posted)]


async def _until_done(scene: Scene, found: Found, posts: int) -> None:
    """Until all are out, or none has come for half a minute."""
    before, since = -1, time.monotonic()
    while len(found.posted) < posts and scene.program.runs:
        if len(found.posted) != before:
            before, since = len(found.posted), time.monotonic()
        if time.monotonic() - since > 30:
            return
        await asyncio.sleep(0.1)


def tell(scene: Scene, found: Found, posts: int, first: datetime) -> dict[str, Row]:
    """Print what was found; the row of it."""
    with closing(sqlite3.connect(scene.program.database)) as file:
        planned = file.execute(f"select {ROW} from delivery where key like 'bench:%'").fetchall()
        states = dict(file.execute("select state, count(*) from delivery group by state"))
    rows = {number_in(row): row[3] for row in planned}
    counts = Counter(number for _, number in found.posted)
    dues = [datetime.fromisoformat(rows[number]) for _, number in found.posted]
    latest = accumulate(dues, max)
    back = [(high - due).total_seconds() for high, due in zip(latest, dues, strict=True)]
    took = found.posted[-1][0] - first.timestamp()
    answered = [deed.took for deed in found.deeds if deed.kind]
    busiest = max(Counter(int(at) for at, _ in found.posted).values())
    print(f"posted: {len(counts)} of {posts}   doubled: {len(found.posted) - len(counts)}   "
          f"the ledger says: {states}")  # fmt: skip
    print(f"in {took:.1f} s from when the first was due: {len(found.posted) / took:.1f} a second, "
          f"{busiest} in the busiest")  # fmt: skip
    print(
        f"leda used {found.cpu / took:.0%} of a core; the machine's load: {os.getloadavg()[0]:.1f}"
    )
    print(f"order: {sum(gap > 0 for gap in back)} came after a later one; the most by which one "
          f"was overtaken: {max(back):.3f} s of due time")  # fmt: skip
    print(f"429s met: {sum(each.status == 429 for each in scene.discord.requests)}")
    print(f"votes meanwhile: {len(found.deeds)}, answered {len(answered)}; p50 "
          f"{median(answered):.3f} s, max {max(answered):.3f} s   goal {WITHIN:.0f} s")  # fmt: skip
    whole = len(counts) == len(found.posted) == posts and max(back) <= OVERTAKEN
    kept = len(answered) == len(found.deeds) and max(answered) < WITHIN
    rate, said = len(found.posted) / took, f"{len(counts)} of {posts}"
    return {"reminders": Row("50", f"{rate:.1f}", said, whole and kept and rate >= RATE)}
