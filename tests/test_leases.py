"""Keeping leases: when this process is sure of its shards, and what it does when it is not."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from bot import leases
from bot.leases import TIMES, Leases
from storage import leases as kept
from storage.database import Database
from storage.leases import ShardLease
from storage.shards import Shards

BOTH = Shards(2, frozenset([0, 1]))
SINCE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AWAY = OperationalError("", {}, Exception("the server is away"))


def theirs(shard: int, count: int = 2) -> ShardLease:
    until = SINCE + timedelta(days=1)
    return ShardLease(shard=shard, count=count, holder="process 7 on b", since=SINCE, until=until)


class Table:
    """As much of a database as leases ask for: who is in the way, an error, or no answer yet."""

    shared = True

    def __init__(self) -> None:
        self.answer: list[ShardLease] | Exception = []
        self.free = asyncio.Event()
        self.free.set()
        self.asked: list[str] = []

    async def write(self, work, *_arguments):
        self.asked.append(work.__name__)
        await self.free.wait()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer if work is kept.take else None


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.fixture
def now(monkeypatch) -> list[float]:
    """The clock that says how long ago something was."""
    clock = [1000.0]
    monkeypatch.setattr(leases, "_now", lambda: clock[0])
    monkeypatch.setattr(leases, "TIMES", TIMES.divided(500))
    return clock


@pytest.fixture
async def mine(table, now):
    made = Leases(table)
    yield made
    await made.release()


def said(caplog, what: str) -> int:
    return sum(what in record.getMessage() for record in caplog.records)


async def until(holds) -> None:
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - it may be anything
            await asyncio.sleep(0.002)


async def test_nobody_is_sure_before_the_shards_are_taken_and_for_longer_than_was_renewed(
    mine, table, now
):
    assert not mine.sure
    await mine.take(BOTH)
    assert mine.sure
    table.free.clear()
    now[0] += TIMES.doubt / 500 - 0.001
    assert mine.sure
    now[0] += 0.002
    assert not mine.sure


async def test_a_renewal_counts_from_when_it_was_asked_for(mine, table, now):
    table.free.clear()
    taking = asyncio.create_task(mine.take(BOTH))
    await until(lambda: table.asked)
    now[0] += TIMES.doubt
    table.free.set()
    await taking
    assert not mine.sure


async def test_who_waits_says_so_once_for_each_thing_that_is_in_the_way(mine, table, caplog):
    table.answer = [theirs(0), theirs(1)]
    taking = asyncio.create_task(mine.take(BOTH))
    await until(lambda: len(table.asked) > 3)
    table.answer = AWAY
    await until(lambda: len(table.asked) > 6)
    table.answer = [theirs(1, count=3)]
    await until(lambda: len(table.asked) > 9)
    assert not taking.done()
    table.answer = []
    await taking
    told = [r.getMessage() for r in caplog.records if r.levelname == "WARNING"]
    assert [line.partition(",")[0] for line in told] == [
        "leases: shards 0",
        "leases: the database cannot be asked (the server is away)",
        "leases: the shards are 3 in all for process 7 on b",
    ]
    assert "shards 0, 1 of 2 held by process 7 on b, since 2026-11-23 09:00:00 UTC" in told[0]


async def test_what_stands_in_the_way_of_renewing_is_said_once_and_then_that_it_goes_on(
    mine, table, now, caplog
):
    went_on = []
    mine.then = lambda: went_on.append(mine.sure)
    await mine.take(BOTH)
    table.answer = AWAY
    await until(lambda: len(table.asked) > 3)
    assert said(caplog, "nothing is posted") == 0, "it is still sure"
    now[0] += TIMES.doubt
    await until(lambda: len(table.asked) > 8)
    assert said(caplog, "not renewed for 0.04 s (the server is away): nothing is posted") == 1
    assert said(caplog, "nothing is posted") == 1
    table.answer = []
    await until(lambda: went_on)
    assert went_on == [True]
    assert said(caplog, "posting goes on") == 1
    assert not mine.lost.is_set()


async def test_a_database_that_does_not_answer_is_said_while_it_does_not(mine, table, now, caplog):
    await mine.take(BOTH)
    table.free.clear()
    await until(lambda: len(table.asked) == 2)
    now[0] += TIMES.doubt
    await until(lambda: said(caplog, "(the database does not answer): nothing is posted"))
    await asyncio.sleep(0.1)
    assert len(table.asked) == 2, "one at a time"
    table.free.set()
    await until(lambda: len(table.asked) > 2 and mine.sure)


async def test_a_process_that_stood_still_is_not_sure_and_goes_on_by_itself(
    mine, table, now, caplog
):
    went_on = []
    mine.then = lambda: went_on.append(mine.sure)
    await mine.take(BOTH)
    now[0] += TIMES.life
    assert not mine.sure
    await until(lambda: went_on)
    assert said(caplog, "(this process stood still): nothing is posted") == 1
    assert mine.sure


async def test_shards_that_another_took_over_are_lost_and_not_asked_for_again(mine, table, caplog):
    await mine.take(BOTH)
    table.answer = [theirs(1)]
    await asyncio.wait_for(mine.lost.wait(), 5)
    assert not mine.sure
    assert said(caplog, "lost. shard 1 of 2 held by process 7 on b, since 2026-11-23 09:00:00") == 1
    asked = len(table.asked)
    table.answer = []
    await asyncio.sleep(0.1)
    assert len(table.asked) == asked
    assert not mine.sure


async def test_a_stop_in_the_middle_of_taking_waits_for_it_and_lets_go(mine, table):
    table.free.clear()
    taking = asyncio.create_task(mine.take(BOTH))
    await until(lambda: table.asked)
    taking.cancel()
    releasing = asyncio.create_task(mine.release())
    await asyncio.sleep(0.05)
    assert table.asked == ["take"]
    table.free.set()
    await releasing
    assert table.asked == ["take", "release"]
    assert not mine.sure


async def test_a_stop_does_not_wait_for_a_database_that_is_away(mine, table, monkeypatch):
    monkeypatch.setattr(leases, "_TO_RELEASE", 0.05)
    await mine.take(BOTH)
    table.free.clear()
    async with asyncio.timeout(1):
        await mine.release()
    table.free.set()
    table.answer = AWAY
    await mine.release()


async def test_turns_are_asked_for_until_one_is_had(mine, table):
    waits = [timedelta(seconds=0.01), AWAY, timedelta(seconds=0.01), timedelta()]

    async def write(_work, holder, pause):
        assert (holder[:8], pause) == ("process ", timedelta(seconds=TIMES.identify / 500))
        wait = waits.pop(0)
        if isinstance(wait, Exception):
            raise wait
        return wait

    table.write = write
    await mine.turn()
    assert waits == []


async def test_no_two_have_one_name(table):
    assert len({Leases(table)._holder for _ in range(20)}) == 20


async def test_on_a_file_there_is_nothing_to_hold(tmp_path):
    alone = Leases(Database(f"sqlite:///{tmp_path / 'leda.db'}"))
    assert alone.sure
    await alone.take(BOTH)
    assert alone.sure
    await alone.release()
