"""``python -m tests.wire.leases``: ``kill -9`` of one of two processes on one PostgreSQL.

One holds the shards, the other waits; either is killed at a random moment and started again. When
it was the holder, the other takes over: what was answered is there, what was due comes once.
``LEDA_TEST_POSTGRES`` names the server.
"""

import argparse
import asyncio
import random
import re
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

from tests.wire.chaos_votes import Votes
from tests.wire.faults import Fault
from tests.wire.loopback import Asked
from tests.wire.numbers import ROW, number_in, numbers_of
from tests.wire.pair import HELD, QUICKER, SharedScene, pair, says
from tests.wire.process import Program

_LONGEST_LIFE: Final = 1.5  # seconds between two kills
_AT_A_TIME: Final = 5
_APART: Final = 5.0  # seconds between two identifies, as Discord wants it
_LAG: Final = 0.15  # seconds that a busy machine may send one later than another
# As Discord takes to answer: of what is read one by one, as many fit into a second.
_READING: Final = Fault(wait=0.05)
_PREPARED: Final = (
    0.7  # the share of kills after which another has waited, and is not just starting
)
_DUE: Final = (
    "select id from delivery where state = 'planned' and attempts = 0"
    " and kind in ('meeting.reminder', 'meeting.own') and due_at > :later"
)
_OPEN: Final = (
    "select count(*) from delivery where state = 'sending' or state = 'planned' and due_at < :now"
)


class Tally:
    """What happened, and what must not have."""

    def __init__(self, wanted: int) -> None:
        self.wanted, self.kills = wanted, 0
        # Seconds from a kill of the holder to the first session of the next one: where another
        # waited, and where none did yet.
        self.took: list[float] = []
        self.unprepared: list[float] = []
        self.numbers: dict[str, int] = {}
        self.failures: list[str] = []

    def lines(self) -> list[str]:
        """What to print."""
        return [
            f"kills: {self.kills}, of the holder: {len(self.took) + len(self.unprepared)}",
            f"taken over by one that waited after: {_span(self.took)}",
            f"taken over by one that was just starting after: {_span(self.unprepared)}",
            *(f"{name}: {number}" for name, number in self.numbers.items()),
            *self.failures,
        ]


async def run(
    folder: Path,
    *,
    kills: int,
    seed: int,
    quicker: int = QUICKER,
    within: float = 3.0,
    seconds: float = 3600.0,
    times: int = 70,
) -> Tally:
    """Kill so many times, and end well.

    Args:
        folder: for the logs.
        kills: how many.
        seed: of all that is random.
        quicker: what the times of leases are divided by.
        within: how long a takeover may take (seconds).
        seconds: when to begin no other life.
        times: how often each of three meetings is, with its reminders.
    """
    dice, tally, votes = random.Random(seed), Tally(kills), Votes(people=8, factors=1)
    async with pair(folder, shards=2, quicker=quicker) as both:
        both.discord.faults.share(1.0, kinds=[_READING], concerns=lambda how, _: how == "GET")
        both.discord.rules.nonce_life = 2.0  # leda has to find out by itself what is out
        await _schedule(both, times)
        await votes.begin(both, dice)
        await both.programs[1].start()
        await says(both.programs[1], "this process waits")
        ends = time.monotonic() + seconds
        while tally.kills < kills and time.monotonic() < ends:
            await _life(both, votes, dice, tally, within)
        await _settle(both)
        await votes.end(both)
        statuses = [await each.stop() for each in (both.waiting(), both.holder()) if each]
        votes.look(both)
        _count(both, tally, _APART / quicker)
        tally.numbers |= votes.tally()
        tally.failures += votes.failures()
        if statuses != [0, 0]:
            tally.failures.append(f"WRONG: ended with {statuses}")
        collided = "presses that lost to others twelve times"
        tally.numbers[collided] = sum(each.log.count("unexpected error") for each in both.programs)
        # On a busy machine, and with times as short as here, a process does stand still.
        stood = sum(each.log.count("nothing is posted until") for each in both.programs)
        tally.numbers["times that a holder could not renew"] = stood
        for each in both.programs:
            tally.failures += [f"WRONG: {line}" for line in _unexpected(each)]
    return tally


async def _schedule(both: SharedScene, times: int) -> None:
    """Series of meetings, each time with its reminders, months ahead."""
    first = datetime.now(UTC) + timedelta(days=30)
    for number, track in enumerate(("all", "School", "School")):
        preview = await both.boss.slash(
            "meeting schedule", title=f"Round {number}", track=track, repeat="weekly", times=times,
            when=f"{first + timedelta(days=number):%Y-%m-%d} 10:00",
        )  # fmt: skip
        await (await both.boss.press(preview.message, "meetingsave:1")).until("card is")


async def _life(
    both: SharedScene, votes: Votes, dice: random.Random, tally: Tally, within: float
) -> None:
    """People vote until the holder is killed, and the other holds the shards; or who waits is."""
    if dice.random() < _PREPARED:
        await says(both.waiting(), "this process waits")
    under_way = asyncio.create_task(votes.live(both, dice))
    while True:
        await asyncio.sleep(dice.uniform(0.0, _LONGEST_LIFE))
        killed, holder = dice.choice(both.programs), both.holder()
        if killed is holder or tally.kills + 1 == tally.wanted:
            break
        await killed.kill()
        tally.kills += 1
        await killed.start()
    assert holder is not None
    waited = "this process waits" in both.waiting().lately
    held = _times_held(both)
    at, begun = time.monotonic(), len(both.discord.gateway.begun)
    await holder.kill()
    tally.kills += 1
    under_way.cancel()
    await asyncio.gather(under_way, return_exceptions=True)
    _bring_forward(both, dice)
    await holder.start()
    await both.discord.until(lambda: len(both.discord.gateway.begun) > begun, within + 20.0)
    took = both.discord.gateway.begun[begun][0] - at
    if waited:
        tally.took.append(took)
    else:
        tally.unprepared.append(took)
    if waited and took > within:
        tally.failures.append(f"WRONG: taken over after {took:.2f} s")
    await both.discord.until(
        lambda: len(both.discord.gateway.connected) == both.discord.shards, within + 20.0
    )
    if _times_held(both) != held + 1:
        tally.failures.append("WRONG: held by more than one")
    votes.look(both)


def _times_held(both: SharedScene) -> int:
    return sum(each.log.count(HELD) for each in both.programs)


def _bring_forward(both: SharedScene, dice: random.Random) -> None:
    """Let some reminders fall due around the takeover, and after it: nobody can wait for them."""
    now = datetime.now(UTC)
    ids = [key for (key,) in both.rows(_DUE, later=now + timedelta(hours=1))]
    for key in dice.sample(sorted(ids), min(_AT_A_TIME, len(ids))):
        soon = now + timedelta(seconds=dice.uniform(0.0, 4.0))
        both.rows("update delivery set due_at = :at, next_at = :at where id = :id", at=soon, id=key)


async def _settle(both: SharedScene) -> None:
    """Until nothing is due or on its way any more."""
    await both.discord.until(
        lambda: both.rows(_OPEN, now=datetime.now(UTC) + timedelta(minutes=2)) == [(0,)], 120.0
    )


def _count(both: SharedScene, tally: Tally, apart: float) -> None:
    now = datetime.now(UTC)
    due = both.rows(
        f"select {ROW}, state, note from delivery where due_at <= :now"
        " and way <> 'work'", now=now,
    )  # fmt: skip
    posts = both.discord.posts()
    numbers = Counter((post.channel_id, each) for post in posts for each in numbers_of(post))
    out = {number for _, number in numbers}
    lost = [row for row in due if row[4] != "sent" or number_in(row[:4]) not in out]
    doubled = sum(number - 1 for number in numbers.values())
    begun = [at for at, _ in both.discord.gateway.begun]
    hasty = sum(later - at < apart - _LAG for at, later in pairwise(begun))
    busiest = _busiest([each for each in both.discord.requests if _counts(each.path)])
    wrong = {
        "reminders lost": len(lost), "reminders posted twice": doubled,
        "sessions begun beside another of the shard": both.discord.gateway.crowded,
        "identifies too soon after another": hasty,
        "requests refused as too many": both.discord.limits.refused,
    }  # fmt: skip
    tally.numbers |= {
        "reminders due": len(due), **wrong,
        "identifies": len(begun), "requests in the busiest second": len(busiest),
    }  # fmt: skip
    if both.discord.limits.refused:
        kinds = Counter(f"{each.method} {re.sub('[0-9]+', '…', each.path)}" for each in busiest)
        tally.failures += [f"{number} of {kind}" for kind, number in kinds.most_common(8)]
    tally.failures += [f"WRONG: {name}: {number}" for name, number in wrong.items() if number]
    tally.failures += [f"LOST: {row}" for row in lost]


def _span(took: list[float]) -> str:
    """The median and the longest, in seconds."""
    took = sorted(took)
    return f"{took[len(took) // 2]:.2f} s, at most {took[-1]:.2f} s ({len(took)})" if took else "-"


def _counts(path: str) -> bool:
    return "/interactions/" not in path and "/webhooks/" not in path


def _busiest(requests: list[Asked]) -> list[Asked]:
    """Those of the second that holds most."""
    requests.sort(key=lambda each: each.at)  # they are noted when they are answered
    most, start = requests[:0], 0
    for end, each in enumerate(requests):
        while each.at - requests[start].at >= 1.0:
            start += 1
        if end - start >= len(most):
            most = requests[start : end + 1]
    return most


def _unexpected(program: Program) -> list[str]:
    """What a kill of another process gives no reason for."""
    bad = ("unexpected error", "lost. ")
    found = [line for line in program.log.splitlines() if any(each in line for each in bad)]
    return [line for line in found if "unexpected" not in line or not _collided(program, line)]


def _collided(program: Program, line: str) -> bool:
    """Whether a press lost to others as often as is tried: so may any crowd on PostgreSQL."""
    after = program.log.partition(line)[2]
    raised = next(each for each in after.splitlines()[2:] if each and not each.startswith(" "))
    return raised.startswith("psycopg.errors.SerializationFailure")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quicker", type=int, default=QUICKER, help="1: the real times")
    parser.add_argument("--minutes", type=float, default=60.0, help="fewer kills if they take more")
    asked = parser.parse_args()
    within = 3.0 if asked.quicker == QUICKER else 60.0
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        made = run(
            Path(folder), kills=asked.kills, seed=asked.seed, quicker=asked.quicker, within=within,
            seconds=asked.minutes * 60,
        )  # fmt: skip
        tally = asyncio.run(made)
    head = (
        f"seed: {asked.seed}   times divided by {asked.quicker}   {time.monotonic() - began:.0f} s"
    )
    print("\n".join([head, *tally.lines()]))  # noqa: T201
    raise SystemExit(bool(tally.failures))


if __name__ == "__main__":
    main()
