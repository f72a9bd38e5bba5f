"""Two processes on one PostgreSQL: one serves, the other waits, whatever happens to either."""

import asyncio
import os
import re
import signal
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from bot.leases import TIMES
from tests.wire import leases
from tests.wire.numbers import ROW, number_in
from tests.wire.pair import HELD, QUICKER, pair, says
from tests.wire.people import Person
from tests.wire.process import Program

pytestmark = pytest.mark.asyncio(loop_scope="module")
QUICK = TIMES.divided(QUICKER)
WAITS = "this process waits"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(tmp_path_factory):
    async with pair(tmp_path_factory.mktemp("pair")) as both:
        first = datetime.now(UTC) + timedelta(days=30)
        preview = await both.boss.slash(
            "meeting schedule", title="Round", track="all", repeat="weekly", times=9,
            when=f"{first:%Y-%m-%d} 10:00",
        )  # fmt: skip
        await (await both.boss.press(preview.message, "meetingsave:1")).until("card is")
        yield both


@pytest_asyncio.fixture(loop_scope="module")
async def both(served):
    """One program serves, and the other has said that it waits."""
    for each in served.programs:
        if not each.runs:
            await each.start()
    await served.discord.until(lambda: served.holder() and served.discord.gateway.connected)
    await says(served.waiting(), WAITS)
    return served


def due(both) -> int:
    """Let a reminder be due; its number."""
    row = both.rows(
        "update delivery set due_at = now(), next_at = now() where id = (select min(id)"
        " from delivery where state = 'planned' and kind = 'meeting.reminder' and due_at > :soon)"
        f" returning {ROW}",
        soon=datetime.now(UTC) + timedelta(hours=1),
    )[0]
    return number_in(row)


def posted(both, number: int) -> int:
    return sum(number in post.component_ids for post in both.discord.posts())


async def wake(both, name: str) -> None:
    """Something that lets the courier look for what is due."""
    person = Person(both.discord, both.guild, name)
    assert (await person.slash("join", organisation="Vara kommun")).heard == 1


async def test_who_comes_second_says_who_holds_the_shards_and_a_stop_lets_it_end_well(both):
    holder, waiting = both.holder(), both.waiting()
    said = await says(waiting, WAITS)
    assert re.search(
        rf"shard 0 of 1 held by process {holder.pid} on .*, since 20[0-9: -]+ UTC", said
    )
    assert waiting.lately.count(WAITS) == waiting.lately.count("logging in"), "said once"
    assert len(both.discord.gateway.connected) == 1
    assert await waiting.stop() == 0
    assert "Traceback" not in waiting.log
    assert (await both.people["bo"].press(both.card, "vote:1:1:support")).heard == 1


async def test_who_stops_lets_the_other_have_the_shards_at_once(both):
    holder, waiting = both.holder(), both.waiting()
    held = waiting.lately.count(HELD)
    assert await holder.stop() == 0
    left = "select shard from shard_lease where shard >= 0 and holder like :name"
    assert both.rows(left, name=f"process {holder.pid} on %") == []
    await says(waiting, HELD, held + 1)
    await both.discord.until(lambda: both.discord.gateway.connected)
    assert (await both.people["bo"].press(both.card, "vote:1:1:unsure")).heard == 1


async def test_who_cannot_renew_posts_nothing_and_says_so_once_and_goes_on_when_it_can(both):
    holder = both.holder()
    stood, went = "nothing is posted until", "renewed, and posting goes on"
    before = holder.lately.count(stood), holder.lately.count(went)
    with both.engine.connect() as other:
        other.exec_driver_sql("lock table shard_lease in access exclusive mode")
        await says(holder, stood, before[0] + 1)
        number = due(both)
        await wake(both, "dan")
        await asyncio.sleep(QUICK.look * 5)
        assert posted(both, number) == 0
        other.rollback()
    await says(holder, went, before[1] + 1)
    await both.discord.until(lambda: posted(both, number))
    assert (holder.lately.count(stood), holder.lately.count(went)) == (before[0] + 1, before[1] + 1)
    assert both.holder() is holder
    assert len(both.discord.gateway.connected) == 1


async def test_who_has_lost_the_shards_leaves_discord_and_waits_to_have_them_again(both):
    zombie, other = both.holder(), both.waiting()
    begun, waits = len(both.discord.gateway.begun), zombie.lately.count(WAITS)
    held = zombie.lately.count(HELD)
    os.kill(zombie.pid, signal.SIGSTOP)
    try:
        number = due(both)
        await both.discord.until(lambda: len(both.discord.gateway.begun) > begun)
        await both.discord.until(lambda: posted(both, number))
        assert both.holder() is other
        lines = len(both.discord.lines)
    finally:
        os.kill(zombie.pid, signal.SIGCONT)
    await says(zombie, "lost. shard 0 of 1 held by process " + str(other.pid))
    await says(zombie, WAITS, waits + 2)  # once with the loss, and once when it begins anew
    await both.discord.until(lambda: len(both.discord.lines) == lines - 1)
    await wake(both, "eva")
    assert posted(both, number) == 1
    await other.kill()
    await says(zombie, HELD, held + 1)
    await both.discord.until(lambda: both.discord.gateway.connected)
    assert (await both.people["bo"].press(both.card, "vote:1:1:support")).heard == 1


async def test_another_number_of_shards_on_the_same_database_waits_and_says_why(both, tmp_path):
    more = {"SHARD_COUNT": "3", "SHARD_IDS": "2"}
    third = Program(both.discord, tmp_path, **both.program.settings, **more)
    await third.start()
    try:
        said = await says(third, "need the same SHARD_COUNT")
        assert "the shards are 1 in all for process " in said
        assert "and 3 for this process: it waits until that one has ended" in said
        assert await third.stop() == 0
    finally:
        await third.kill()


@pytest.mark.asyncio(loop_scope="function")
async def test_kill_9_of_either_loses_nothing_and_doubles_nothing(tmp_path):
    tally = await leases.run(tmp_path, kills=2, seed=4, times=4)
    assert tally.failures == []
    assert tally.numbers["reminders due"] >= 5  # those of one takeover, at least
    assert tally.took or tally.unprepared
