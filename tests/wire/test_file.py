"""What befalls the database's file under a program that runs, and what people are told."""

import asyncio
import os
import resource
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest

from tests.wire.interactions import DEFER, DEFER_EDIT
from tests.wire.programme import PROPOSAL, Scene

REASON = "We tried it twice, and both times nobody had the hours that it takes."
_ROOM = 64 * 1024  # bytes that the log may still grow by


@pytest.fixture
async def awake(asleep) -> Scene:
    await asleep.program.up()
    return asleep


@contextmanager
def full(scene: Scene) -> Iterator[None]:
    """Nothing beyond a size can be written; the log, which is a file as well, still can."""
    pid, size = scene.program.pid, scene.program.log_file.stat().st_size + _ROOM
    _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))


@asynccontextmanager
async def locked(file: Path) -> AsyncIterator[sqlite3.Connection]:
    """Somebody else writes into the file, and takes their time."""
    with closing(sqlite3.connect(file, timeout=5, isolation_level=None)) as other:
        other.execute("begin immediate")
        try:
            yield other
        finally:
            other.rollback()


async def test_a_press_on_a_locked_file_is_put_off_and_done_when_it_can_be(awake):
    anna, card = awake.people["anna"], awake.card
    async with locked(awake.program.database):
        deed = anna.press_soon(card, "vote:1:1:support")
        assert await deed.answered()
        assert deed.kind == DEFER_EDIT
        proposed = await anna.submit(await anna.slash("factor propose"), **PROPOSAL)
        assert proposed.kind == DEFER
    await awake.discord.until(lambda: "1 supports" in card.text, 15.0)
    assert awake.votes() == {(1, anna.id): "support"}
    await proposed.until("Publish", 15.0)


async def test_what_a_full_disk_takes_is_handed_back_and_told_once(awake):
    anna, coordinators = awake.people["anna"], awake.guild.channel("coordinators")

    def told(said: str) -> int:
        return sum(said in message.text for message in coordinators.messages.values())

    with full(awake):
        for number in range(200):  # as long as there is room still
            pressed = await anna.press(awake.card, f"vote:1:1:{('support', 'unsure')[number % 2]}")
            if "I cannot save just now" in pressed.text:
                break
        for _ in range(3):
            form = await anna.press(awake.card, "vote:1:1:object")
            done = await anna.submit(form, reason=REASON)
            assert "I cannot save just now" in done.text
            assert REASON in done.text
        await awake.discord.until(lambda: told("I cannot save just now") == 1, 10.0)
    await anna.submit(await anna.press(awake.card, "vote:1:1:object"), reason=REASON)
    assert awake.votes() == {(1, anna.id): "object"}
    assert told("I cannot save just now") == 1
    assert "Traceback" not in awake.program.log
    assert awake.program.log.count("is in trouble") == 1


GONE = ["deleted", "replaced", "without its log", "cut short", "copied over", "linked elsewhere"]


@pytest.mark.parametrize("deed", GONE)
async def test_a_file_that_is_gone_stops_the_program_with_2_and_a_sentence(awake, deed):
    file = awake.program.database
    if deed == "deleted":
        file.rename(file.with_name("elsewhere.db"))
    elif deed == "replaced":
        copy = file.with_name("copy.db")
        shutil.copy(file, copy)
        copy.replace(file)
    elif deed == "cut short":
        os.truncate(file, 0)
    elif deed == "copied over":  # the file stays the same one, with another's content
        with closing(sqlite3.connect(file.with_name("other.db"))) as other:
            other.execute("create table another (text)")
        shutil.copyfile(file.with_name("other.db"), file)
    elif deed == "linked elsewhere":
        file.rename(file.with_name("elsewhere.db"))
        shutil.copyfile(file.with_name("elsewhere.db"), file.with_name("other.db"))
        file.symlink_to("other.db")
    else:
        file.with_name(f"{file.name}-wal").unlink()
    pressed = awake.people["anna"].press_soon(awake.card, "vote:1:1:support")
    assert await awake.program.ended(20.0) == 2
    assert "was deleted, moved or replaced while leda used it, so leda stops" in awake.program.log
    assert "1 supports" not in awake.card.text
    assert pressed.kind in {0, 4, 5, 6}
    assert "Traceback" not in awake.program.log


async def test_an_empty_database_beside_leda_s_cards_is_said_in_the_log_and_to_people(asleep):
    file = asleep.program.database
    file.rename(file.with_name("elsewhere.db"))
    await asleep.program.up()
    asleep.program.database.with_name("elsewhere.db")
    await asleep.discord.until(lambda: "Is it the right database?" in asleep.program.log, 10.0)
    pressed = await asleep.people["anna"].press(asleep.card, "vote:1:1:support")
    assert "my database knows nothing of it" in pressed.text
    asked = await asleep.boss.slash("programme setup", preset="leda")
    assert "it holds [cards of mine](https://discord.com/channels/" in asked.text
    channels = len(asleep.guild.channels)
    assert "Set up anew anyway" in str(asked.message.components)
    assert len(asleep.guild.channels) == channels, "nothing was made"
    anyway = await asleep.boss.press(asked.message, "setupanyway:1")
    await anyway.until("Done", 30.0)


async def test_a_file_that_was_left_open_is_looked_over_before_it_is_served(asleep):
    await asleep.program.up()
    await asleep.people["anna"].press(asleep.card, "vote:1:1:support")
    await asleep.program.kill()
    damage(asleep.program.database)
    await asleep.program.start()
    assert await asleep.program.ended() == 2
    assert "is damaged" in asleep.program.log
    assert "restore a backup" in asleep.program.log


def damage(file: Path) -> None:
    """Write over every page but the first few, as a failing disk does."""
    size = file.stat().st_size
    with file.open("r+b") as raw:
        for page in range(20, size // 4096, 3):
            raw.seek(page * 4096)
            raw.write(b"\x5a" * 512)


async def test_nobody_waits_when_all_is_well(awake):
    """Two seconds are for the worst: here all is answered at once, with one request."""
    anna = awake.people["anna"]
    deeds = [await anna.press(awake.card, f"vote:1:1:{choice}") for choice in ("support", "unsure")]
    assert all(deed.took < 2.0 and deed.kind not in {DEFER, DEFER_EDIT} for deed in deeds)
    await asyncio.sleep(0)
