"""The door to the database keeps its promises, in bursts and while it opens and closes."""

import asyncio
import threading
import time
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session, select

from storage.database import Database
from storage.errors import DatabaseClosed
from storage.units import Unit
from tests.storage.scene import (
    PATIENCE,
    Held,
    Note,
    Reply,
    commits_of,
    opened,
    outcomes,
    put,
    soon,
    start,
    texts,
    texts_in,
)

pytestmark = pytest.mark.usefixtures("only_our_tables")


# --- a burst --------------------------------------------------------------------------------------


async def test_of_500_writes_at_once_one_fails_and_none_is_lost_or_mixed_up(db: Database):
    said = [f"note {number}" for number in range(500)]
    said[321] = "note 7"

    answers = await outcomes(await start(*(db.write(put, each) for each in said)))

    failed = [answer for answer in answers if isinstance(answer, Exception)]
    assert [type(error) for error in failed] == [IntegrityError]
    assert [answer for answer in answers if not isinstance(answer, Exception)] == [
        each for each, answer in zip(said, answers, strict=True) if answer is not failed[0]
    ]
    assert await db.read(texts) == set(said)


async def test_writes_are_done_in_the_order_of_the_calls(lite: Database):
    done: list[int] = []

    await outcomes(
        await start(*(lite.write(lambda _, n=number: done.append(n)) for number in range(300)))
    )

    assert done == list(range(300))


async def test_what_waits_shares_commits_of_64(lite: Database):
    commits: list[object] = []
    commits_of(lite, commits.append)
    async with Held(lite):
        burst = await start(*(lite.write(put, str(number)) for number in range(200)))
    await outcomes(burst)

    assert len(commits) == 1 + 4  # the held one, then 64 + 64 + 64 + 8
    assert len(await lite.read(texts)) == 201


async def test_no_increment_is_lost_when_many_read_and_then_write(db: Database):
    await db.write(put, "counted")

    def increment(session: Session) -> int:
        note = session.exec(select(Note)).one()
        note.count += 1
        return note.count

    answers = await outcomes(await start(*(db.write(increment) for _ in range(40))))

    assert sorted(answers) == list(range(1, 41))


# --- readers --------------------------------------------------------------------------------------


async def test_reads_do_not_wait_for_a_slow_write_and_see_only_what_is_committed(db: Database):
    await db.write(put, "before")
    async with Held(db):
        answers = await outcomes(await start(*(db.read(texts) for _ in range(20))))
        assert answers == [{"before"}] * 20

    assert await db.read(texts) == {"before", "held"}


async def test_a_read_sees_one_moment_from_its_first_query_to_its_last(db: Database):
    looked, go_on = threading.Event(), threading.Event()

    def twice(session: Session) -> tuple[int, int]:
        count = select(func.count()).select_from(Note)
        first = session.exec(count).one()
        looked.set()
        assert go_on.wait(PATIENCE)
        return first, session.exec(count).one()

    [read] = await start(db.read(twice))
    assert await asyncio.to_thread(looked.wait, PATIENCE)
    await db.write(put, "meanwhile")
    go_on.set()

    assert await soon(read) == (0, 0)


async def test_a_read_cannot_write(db: Database):
    def add(session: Session) -> None:
        session.add(Note(text="never flushed by its unit"))

    for work in (lambda session: put(session, "written"), add):
        with pytest.raises(DBAPIError, match=r"readonly|read-only"):
            await db.read(work)

    assert await db.read(texts) == set()


async def test_foreign_keys_hold(db: Database):
    with pytest.raises(IntegrityError):
        await db.write(lambda session: session.add(Reply(note_id=999)))


# --- callers --------------------------------------------------------------------------------------


async def test_a_cancelled_caller_stops_waiting_and_disturbs_nobody(lite: Database):
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, said: complaints.append(said))
    async with Held(lite):
        gone, stays = await start(lite.write(put, "gone"), lite.write(put, "stays"))
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
    assert await soon(stays) == "stays"

    assert await lite.read(texts) == {"held", "gone", "stays"}
    assert complaints == []


async def test_the_callers_context_holds_inside_the_unit_and_for_its_answer(
    db: Database, monkeypatch: pytest.MonkeyPatch
):
    who: ContextVar[str] = ContextVar("who")
    answered: list[str] = []
    real = Unit.settle

    def spy(unit: Unit[Any]) -> None:
        answered.append(who.get())
        real(unit)

    monkeypatch.setattr(Unit, "settle", spy)

    async def call(name: str, ask: Any) -> str:
        who.set(name)
        return await ask(lambda _: who.get())

    answers = await outcomes(await start(call("ann", db.read), call("bo", db.write)))

    assert answers == ["ann", "bo"]
    assert sorted(answered) == ["ann", "bo"]


def test_an_answer_to_a_loop_that_has_closed_does_not_end_the_thread(sqlite_url: str):
    with asyncio.Runner() as runner:
        database = runner.run(opened(sqlite_url))

    held = threading.Event()
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        work = database.write(lambda _: held.wait(PATIENCE))
        task = loop.create_task(work)
        loop.call_soon(task.cancel)
        with pytest.raises(asyncio.CancelledError):
            loop.run_until_complete(task)
    held.set()

    with asyncio.Runner() as runner:
        assert runner.run(soon(database.write(put, "alive"))) == "alive"
        runner.run(database.close())


# --- opening and closing --------------------------------------------------------------------------


async def test_a_close_in_the_middle_of_a_burst_answers_all_that_came_before_it(
    file: Path, sqlite_url: str
):
    database = await opened(sqlite_url)
    async with Held(database) as held:
        burst = await start(*(database.write(put, str(number)) for number in range(200)))
        reads = await start(database.read(texts))
        closing = await start(database.close(), database.close())
        for ask in (database.read, database.write):
            with pytest.raises(DatabaseClosed):
                await soon(ask(texts))
        held.release()

        assert await outcomes(closing) == [None, None]
        assert len(texts_in(file)) == 201  # already: a close ends when the work has
        assert await outcomes(burst) == [str(number) for number in range(200)]
        assert await outcomes(reads) in ([set()], [{"held"}])
    await database.close()

    assert sorted(path.name for path in file.parent.iterdir()) == ["leda.db", "leda.db.lock"]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("leda-")]


async def test_a_database_is_used_between_open_and_close_only(sqlite_url: str, file: Path):
    database = Database(sqlite_url)
    assert not file.parent.exists()
    with pytest.raises(DatabaseClosed, match=r"leda\.db is not open"):
        await database.read(texts)

    await asyncio.gather(database.open(), database.open())
    await database.open()
    assert len([each for each in threading.enumerate() if each.name == "leda-write"]) == 1

    await database.close()
    with pytest.raises(DatabaseClosed):
        await soon(database.write(put, "late"))
    with pytest.raises(DatabaseClosed):
        await database.open()


async def test_one_that_was_never_opened_can_be_closed(sqlite_url: str):
    database = Database(sqlite_url)
    await database.close()
    with pytest.raises(DatabaseClosed):
        await database.open()


async def test_after_an_erasure_neither_the_file_nor_its_log_holds_what_was_deleted(lite, file):
    secret = "what nobody may read any more " * 40
    for number in range(20):
        await lite.write(put, f"{number} {secret}")
    reading = asyncio.create_task(lite.read(lambda _session: time.sleep(0.2)))
    await lite.write(lambda session: session.exec(delete(Note)))
    assert secret.encode() in (file.parent / "leda.db-wal").read_bytes()
    await lite.scrub()
    await reading
    left = b"".join(each.read_bytes() for each in file.parent.iterdir())
    assert secret.encode() not in left
    assert (file.parent / "leda.db-wal").stat().st_size == 0
