"""Shards and turns to identify, shared out by the database and its clock. PostgreSQL only."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from storage import engines, leases
from storage.database import Database
from storage.leases import ShardLease
from storage.shards import Shards

LONG, OVER = timedelta(hours=1), timedelta()
BOTH, FIRST, SECOND = (Shards(2, frozenset(ids)) for ids in ([0, 1], [0], [1]))


@pytest.fixture
async def shared(postgresql_url):
    database = Database(postgresql_url)
    await database.open()
    yield database
    await database.close()


@pytest.fixture
def take(shared):
    """``take(shards, holder, life)``: who is in the way, by shard."""

    async def take(shards, holder, life=LONG) -> dict[int, str]:
        found = await shared.write(leases.take, shards, holder, life)
        return {each.shard: each.holder for each in found}

    return take


def rows(session: Session) -> dict[int, ShardLease]:
    held = select(ShardLease).where(col(ShardLease.shard) >= 0)
    return {row.shard: row for row in session.exec(held)}


async def holders(shared) -> dict[int, str]:
    return {shard: row.holder for shard, row in (await shared.read(rows)).items()}


async def test_who_comes_second_hears_who_was_first_and_takes_over_what_has_run_out(shared, take):
    assert await take(BOTH, "one") == {}
    assert await take(BOTH, "two") == {0: "one", 1: "one"}
    assert await take(BOTH, "one", OVER) == {}
    assert await take(BOTH, "two") == {}
    assert await take(BOTH, "one") == {0: "two", 1: "two"}
    assert await holders(shared) == {0: "two", 1: "two"}


async def test_shards_are_taken_all_or_none(shared, take):
    assert await take(SECOND, "one") == {}
    assert await take(BOTH, "two") == {1: "one"}
    assert await holders(shared) == {1: "one"}
    assert await take(FIRST, "three") == {}
    assert await take(SECOND, "one") == {}


async def test_another_number_of_shards_is_in_the_way_as_long_as_its_lease_lasts(take):
    assert await take(SECOND, "one") == {}
    assert await take(Shards(3, frozenset([0])), "two") == {1: "one"}
    assert await take(SECOND, "one", OVER) == {}
    assert await take(Shards(3, frozenset([0])), "two") == {}


async def test_a_renewed_lease_began_when_it_was_taken_also_if_it_had_run_out(shared, take):
    await take(BOTH, "one", OVER)
    before = await shared.read(rows)
    assert await take(BOTH, "one") == {}
    after = await shared.read(rows)
    assert after[0].since == before[0].since
    assert after[0].until - before[0].until >= LONG
    await take(BOTH, "one", OVER)
    await take(BOTH, "two")
    assert (await shared.read(rows))[0].since > after[0].since


async def test_what_is_released_is_free_at_once_and_nothing_else(shared, take):
    await take(FIRST, "one")
    await take(SECOND, "two")
    await shared.write(leases.release, "one")
    assert await holders(shared) == {1: "two"}
    assert await take(FIRST, "three") == {}


async def test_the_database_s_clock_says_when_a_lease_runs_out(shared, take):
    def left(session: Session) -> timedelta:
        return session.exec(text("SELECT until - now() FROM shard_lease")).scalar_one()

    await take(FIRST, "one", LONG)
    assert LONG - timedelta(seconds=30) < await shared.read(left) <= LONG


async def test_of_many_who_take_at_once_one_gets_all(shared, take):
    found = await asyncio.gather(*(take(BOTH, f"process {number}") for number in range(12)))
    assert sum(each == {} for each in found) == 1
    assert len(set((await holders(shared)).values())) == 1


async def test_turns_to_identify_come_one_at_a_time_and_a_pause_apart(shared):
    pause = timedelta(seconds=0.08)
    begun = []

    def look(session: Session) -> ShardLease:
        return session.exec(select(ShardLease)).one()

    async def identify(holder: str) -> None:
        while wait := await shared.write(leases.take_turn, holder, pause):
            assert wait < pause * 2
            await asyncio.sleep(wait.total_seconds())
        row = await shared.read(look)
        assert row.holder == holder
        begun.append(row.since)

    await asyncio.gather(*(identify(f"process {number}") for number in range(6)))
    assert len(begun) == 6
    assert min(b - a for a, b in pairwise(begun)) >= pause


async def test_a_turn_to_identify_is_no_lease(shared, take):
    await shared.write(leases.take_turn, "one", LONG)
    assert await take(BOTH, "two") == {}
    await shared.write(leases.release, "one")
    assert await shared.write(leases.take_turn, "two", LONG) > timedelta()


async def test_who_is_stopped_in_the_middle_keeps_nobody_out(shared, take, monkeypatch):
    await take(BOTH, "one", OVER)
    monkeypatch.setattr(leases, "_LET_GO", leases._LET_GO.replace("5s", "200ms"))
    engine = engines.writing(shared.url)
    with engine.connect() as connection, Session(connection) as session:
        assert leases.take(session, BOTH, "one", LONG) == []
        session.flush()  # the rows are locked, and nothing more comes
        async with asyncio.timeout(5):
            assert await take(BOTH, "two") == {}
        connection.invalidate()
    engine.dispose()
    assert await holders(shared) == {0: "two", 1: "two"}
