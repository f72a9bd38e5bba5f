"""A unit of work that fails, or a commit that does, harms nobody and is told to all concerned."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

import storage.database
import storage.units
from storage import engines
from storage.database import Database
from storage.errors import NotWritten
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


# --- a unit that fails ----------------------------------------------------------------------------


async def test_nothing_stays_of_a_unit_that_fails_and_all_of_its_neighbours(db: Database):
    def half(session: Session) -> None:
        put(session, "half")
        raise ValueError("changed my mind")

    answers = await outcomes(
        await start(db.write(put, "before"), db.write(half), db.write(put, "after"))
    )

    assert [type(answer) for answer in answers] == [str, ValueError, str]
    assert await db.read(texts) == {"before", "after"}


async def test_a_constraint_that_breaks_at_the_flush_is_that_units_error_alone(db: Database):
    await db.write(put, "taken")

    def add(session: Session, said: str) -> None:
        session.add(Note(text=said))

    answers = await outcomes(
        await start(db.write(add, "one"), db.write(add, "taken"), db.write(add, "two"))
    )

    assert [type(answer) for answer in answers] == [type(None), IntegrityError, type(None)]
    assert await db.read(texts) == {"taken", "one", "two"}


async def test_a_unit_sees_what_the_one_before_it_wrote_not_what_it_had_loaded(lite: Database):
    await lite.write(put, "shared")
    kept: list[Note] = []

    def load(session: Session) -> int:
        kept.append(session.exec(select(Note).where(Note.text == "shared")).one())
        return kept[-1].count

    def change(session: Session) -> None:
        session.exec(update(Note).values(count=5))

    async with Held(lite):
        calls = await start(lite.write(load), lite.write(change), lite.write(load))

    assert await outcomes(calls) == [0, None, 5]


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt, SystemExit, GeneratorExit, asyncio.CancelledError, MemoryError]
)
async def test_no_kind_of_error_ends_the_threads(lite: Database, error: type[BaseException]):
    def fail(_session: Session) -> None:
        raise error

    with pytest.raises(error):
        await soon(lite.write(fail))
    for _ in range(engines.READERS + 1):
        with pytest.raises(error):
            await soon(lite.read(fail))

    assert await soon(lite.write(put, "alive")) == "alive"
    assert await soon(lite.read(texts)) == {"alive"}


async def test_the_one_error_that_a_future_refuses_is_still_answered(db: Database):
    def fail(_session: Session) -> None:
        next(iter(()))

    for ask in (db.read, db.write):
        with pytest.raises(RuntimeError, match="StopIteration"):
            await soon(ask(fail))


async def test_a_unit_may_not_end_the_transaction_it_shares(db: Database):
    def commit(session: Session) -> None:
        put(session, "committed")
        session.commit()

    def rollback(session: Session) -> None:
        put(session, "rolled back")
        session.rollback()

    answers = await outcomes(await start(db.write(commit), db.write(rollback)))

    assert [type(answer) for answer in answers] == [RuntimeError, RuntimeError]
    assert await db.read(texts) == set()


async def test_what_a_unit_loaded_can_be_used_after_it(db: Database):
    def add(session: Session) -> Note:
        note = Note(text="kept")
        session.add(note)
        return note

    assert (await db.write(add)).text == "kept"


# --- a commit that fails --------------------------------------------------------------------------


async def test_when_the_commit_fails_nothing_is_in_the_file_and_every_caller_knows(
    lite: Database, file: Path
):
    def fail(_connection: object) -> None:
        raise OSError("the disk is gone")

    def refuse(session: Session) -> None:
        put(session, "refused")
        raise ValueError("not this one")

    async with Held(lite) as held:
        burst = await start(
            *(lite.write(put, str(number)) for number in range(30)), lite.write(refuse)
        )
        commits_of(lite, fail)
        held.release()
    *answers, refused = await outcomes(burst)

    assert {type(answer) for answer in answers} == {NotWritten}
    assert len({id(answer) for answer in answers}) == 30  # each raises one of its own
    assert str(answers[0]) == f"Nothing was written to {file}: the disk is gone."
    assert isinstance(answers[0].__cause__, OSError)
    assert isinstance(refused, ValueError)
    assert texts_in(file) == set()

    event.remove(lite._writers._engine, "commit", fail)
    await lite.write(put, "later")
    assert texts_in(file) == {"later"}


async def test_a_constraint_that_breaks_at_the_commit_stops_the_batch_and_not_the_next(
    lite: Database, file: Path
):
    def dangle(session: Session) -> None:
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        session.add(Reply(note_id=999))

    async with Held(lite):
        burst = await start(lite.write(put, "one"), lite.write(dangle), lite.write(put, "two"))
    answers = await outcomes(burst)

    assert [type(answer) for answer in answers] == [NotWritten] * 3
    assert "FOREIGN KEY" in str(answers[0])
    assert texts_in(file) == {"held"}
    await lite.write(put, "later")
    assert texts_in(file) == {"held", "later"}


async def test_when_an_error_rolls_everything_back_nobody_is_told_that_it_was_written(
    lite: Database, file: Path
):
    def lose(session: Session) -> None:
        session.connection().exec_driver_sql("ROLLBACK")  # as SQLite itself, on a full disk

    async with Held(lite):
        burst = await start(lite.write(put, "one"), lite.write(lose), lite.write(put, "two"))
    assert {type(answer) for answer in await outcomes(burst)} == {NotWritten}
    assert texts_in(file) == {"held"}


async def test_a_full_disk_is_told_to_all_it_concerns_and_survived(lite: Database, file: Path):
    def limit(session: Session, pages: int) -> None:
        session.connection().exec_driver_sql(f"PRAGMA max_page_count={pages}")

    await lite.write(limit, 1)  # SQLite takes the size the file has: no page more
    async with Held(lite) as held:
        burst = await start(
            *(lite.write(put, said) for said in ("small", "large" * 20_000, "small too"))
        )
        held.release()
    answers = await outcomes(burst)
    assert [str(answer) for answer in answers] == [
        f"Nothing was written to {file}: database or disk is full."
    ] * 3
    assert texts_in(file) == {"held"}

    await lite.write(limit, 1_000_000)
    await lite.write(put, "later")
    assert texts_in(file) == {"held", "later"}


async def test_a_file_that_another_program_holds_is_told_and_survived(
    file: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(engines, "_PRESS_WAIT_MS", 30)
    database = await opened(sqlite_url)
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotWritten, match="database is locked"):
            await database.write(put, "one")
        assert await database.read(texts) == set()
        other.execute("ROLLBACK")
    await database.write(put, "two")
    await database.close()

    assert texts_in(file) == {"two"}


async def test_an_answered_write_survives_kill_9(file: Path, sqlite_url: str):
    program = """
import asyncio, os, signal, sys
from storage.database import Database

def put(session, sql):
    session.connection().exec_driver_sql(sql)

async def main():
    database = Database(sys.argv[1])
    await database.open()
    await database.write(put, "CREATE TABLE note (text)")
    await asyncio.gather(
        *(database.write(put, f"INSERT INTO note VALUES ('{n}')") for n in range(300))
    )
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""
    root = Path(storage.database.__file__).parents[1]
    ended = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", program, sqlite_url],
        env=os.environ | {"PYTHONPATH": str(root)},
        timeout=PATIENCE,
        check=False,
    )

    assert ended.returncode == -signal.SIGKILL
    assert texts_in(file) == {str(number) for number in range(300)}
