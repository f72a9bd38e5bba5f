"""A unit of work that fails, or a commit that does, harms nobody and is told to all concerned."""

import asyncio
import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, update
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlmodel import Session, select

import storage.database
import storage.hindrances
import storage.units
from storage import engines
from storage.database import Database
from storage.errors import Hindrance, NotWritten
from tests.storage.scene import (
    PATIENCE,
    Held,
    Note,
    Reply,
    commits_of,
    limit,
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


async def test_a_constraint_that_breaks_at_the_commit_stops_its_unit_and_no_other(
    lite: Database, file: Path
):
    def dangle(session: Session) -> None:
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        session.add(Reply(note_id=999))

    async with Held(lite):
        burst = await start(lite.write(put, "one"), lite.write(dangle), lite.write(put, "two"))
    answers = await outcomes(burst)

    assert [type(answer) for answer in answers] == [str, NotWritten, str]
    assert "FOREIGN KEY" in str(answers[1])
    assert answers[1].hindrance is None, "a bug, and none of the database's"
    assert texts_in(file) == {"held", "one", "two"}


async def test_when_an_error_rolls_everything_back_nobody_is_told_that_it_was_written(
    lite: Database, file: Path
):
    def lose(session: Session) -> None:
        session.connection().exec_driver_sql("ROLLBACK")  # as SQLite itself, on a full disk

    async with Held(lite):
        burst = await start(lite.write(put, "one"), lite.write(lose), lite.write(put, "two"))
    assert [type(answer) for answer in await outcomes(burst)] == [str, NotWritten, str]
    assert texts_in(file) == {"held", "one", "two"}


async def test_a_full_disk_is_told_to_whom_it_concerns_once_in_the_log_and_survived(
    lite: Database, file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    heard: list[Hindrance | None] = []
    lite.health.then = heard.append
    await lite.write(limit, 1)  # SQLite takes the size the file has: no page more
    async with Held(lite) as held:
        burst = await start(
            *(lite.write(put, said) for said in ("small", "large" * 20_000, "small too"))
        )
        held.release()
    answers = await outcomes(burst)
    assert [type(answer) for answer in answers] == [str, NotWritten, str]
    assert str(answers[1]) == f"Nothing was written to {file}: database or disk is full."
    assert answers[1].hindrance is Hindrance.DISK
    for _ in range(3):
        with pytest.raises(NotWritten):
            await lite.write(put, "large" * 20_000)
    assert texts_in(file) == {"held", "small", "small too"}
    assert heard == [Hindrance.DISK]

    await lite.write(limit, 1_000_000)
    assert heard == [Hindrance.DISK], "some commits pass on a disk that is nearly full"
    monkeypatch.setattr(storage.hindrances, "QUIET", 0)
    await lite.write(put, "later")
    assert texts_in(file) == {"held", "small", "small too", "later"}
    assert heard == [Hindrance.DISK, None]
    began, ended = [record for record in caplog.records if record.name.startswith("storage")]
    assert "is in trouble (disk: database or disk is full)" in began.getMessage()
    assert "is well again" in ended.getMessage()
    assert began.exc_info is None


async def test_as_long_as_nothing_fits_a_commit_of_nothing_does_not_say_that_all_is_well(
    lite: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(storage.hindrances, "QUIET", 0)
    lite.health.met(Hindrance.DISK, "full")

    def fail(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "user_version" in statement:
            raise sqlite3.OperationalError("database or disk is full")

    event.listen(lite._writers._engine, "before_cursor_execute", fail)
    with pytest.raises(NotWritten):
        await lite.write(lambda _session: None)
    assert lite.health.hindrance is Hindrance.DISK


@pytest.fixture
async def impatient(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    """One that asks for its lock every 30 ms instead of every ten seconds."""
    monkeypatch.setattr(engines, "_PRESS_WAIT_MS", 30)
    database = await opened(sqlite_url)
    yield database
    await database.close()


@contextlib.contextmanager
def locked(file: Path) -> Iterator[sqlite3.Connection]:
    """Held by another program."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


async def test_a_file_that_another_program_holds_is_waited_for(impatient: Database, file: Path):
    with locked(file) as other:
        [waiting] = await start(impatient.write(put, "one"))
        await asyncio.sleep(0.2)  # many times over
        assert not waiting.done()
        other.execute("ROLLBACK")
        assert await soon(waiting) == "one"
    assert impatient.health.hindrance is None


async def test_a_file_that_another_program_holds_for_too_long_is_told_and_survived(
    impatient: Database, file: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(storage.units, "PATIENCE", 0.1)
    with locked(file):
        with pytest.raises(NotWritten, match="database is locked") as refused:
            await impatient.write(put, "one")
        assert refused.value.hindrance is Hindrance.BUSY
        assert await impatient.read(texts) == set()
    assert await impatient.write(put, "two") == "two"
    assert texts_in(file) == {"two"}


async def test_whoever_stops_does_not_wait_for_another_program(impatient: Database, file: Path):
    with locked(file):
        waiting = await start(impatient.write(put, "one"))
        await soon(impatient.close())
        assert [type(answer) for answer in await outcomes(waiting)] == [NotWritten]


async def test_damage_that_one_meets_is_told_and_stops_all_writing_but_not_its_neighbours(
    lite: Database,
):
    def meet(session: Session) -> None:
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        session.connection().exec_driver_sql("ROLLBACK")
        raise DatabaseError("INSERT", None, error)

    async with Held(lite):
        burst = await start(lite.write(put, "one"), lite.write(meet), lite.write(put, "two"))
    one, met, two = await outcomes(burst)
    assert (one, two) == ("one", "two")
    assert met.hindrance is Hindrance.DAMAGED
    with pytest.raises(NotWritten, match="malformed") as refused:
        await lite.write(put, "three")
    assert refused.value.hindrance is Hindrance.DAMAGED
    assert await lite.read(texts) == {"held", "one", "two"}


# --- files that are not there any more ------------------------------------------------------------


def delete(file: Path) -> None:
    file.unlink()


def replace(file: Path) -> None:
    other = file.with_name("other")
    shutil.copy(file, other)
    other.replace(file)


def move_the_folder(file: Path) -> None:
    file.parent.rename(file.parent.with_name("elsewhere"))


def remove_the_log(file: Path) -> None:
    file.with_name(f"{file.name}-wal").unlink()


@pytest.mark.parametrize("deed", [delete, replace, move_the_folder, remove_the_log])
async def test_nobody_is_told_that_something_is_saved_in_a_file_that_is_gone(
    lite: Database, file: Path, deed: Callable[[Path], None]
):
    await lite.write(put, "before")
    deed(file)

    with pytest.raises(NotWritten, match=r"was deleted, moved or replaced") as refused:
        await lite.write(put, "after")
    assert refused.value.hindrance is Hindrance.GONE
    await lite.close()
    if deed is remove_the_log:
        assert texts_in(file) == {"before"}, "closing brings in what the log held"


async def test_a_file_that_goes_while_a_unit_is_written_is_noticed_before_it_is_answered(
    lite: Database, file: Path
):
    async with Held(lite) as held:
        delete(file)
        held.release()
        [answer] = await outcomes([held.task])
    assert answer.hindrance is Hindrance.GONE


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
