"""A damaged file is found at a start after a kill, and while leda works."""

import asyncio
import contextlib
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlmodel import Session

from storage import soundness
from storage.database import Database
from storage.errors import DamagedDatabase, Hindrance, NotRead, NotWritten
from tests.storage.scene import Held, opened, put, soon, texts

pytestmark = pytest.mark.usefixtures("only_our_tables")

PAGE = 4096


def fill(session: Session) -> None:
    for number in range(100):
        put(session, f"{number} " + "long" * 500)


def spoil(file: Path) -> None:
    """Write nonsense over a page in the middle of a table."""
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pages = file.stat().st_size // PAGE
    with file.open("r+b") as raw:
        for page in range(pages // 2, pages // 2 + 4):
            raw.seek(page * PAGE)
            raw.write(b"\xa5" * PAGE)


def as_after_a_kill(file: Path) -> None:
    """A log that nobody has brought in lies beside it."""
    other = file.with_name("other.db")
    shutil.copy(file, other)
    with contextlib.closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE more (text)")
        connection.commit()
        shutil.copy(other.with_name("other.db-wal"), file.with_name(f"{file.name}-wal"))
        shutil.copy(other, file)
    other.unlink()


async def closed_and_spoilt(url: str, file: Path) -> None:
    database = await opened(url)
    await database.write(fill)
    await database.close()
    spoil(file)


async def test_after_a_kill_a_damaged_file_is_refused(file: Path, sqlite_url: str):
    await closed_and_spoilt(sqlite_url, file)
    as_after_a_kill(file)
    database = Database(sqlite_url)
    with pytest.raises(DamagedDatabase, match="restore a backup"):
        await database.open()
    await database.close()


async def test_after_a_kill_a_sound_file_is_served(file: Path, sqlite_url: str):
    database = await opened(sqlite_url)
    await database.write(put, "kept")
    await database.close()
    as_after_a_kill(file)
    assert soundness.was_left_open(file)
    database = Database(sqlite_url)
    await database.open()
    assert await database.read(texts) == {"kept"}
    await database.close()
    assert not soundness.was_left_open(file)


async def test_damage_that_a_look_finds_is_told_and_nothing_is_written_from_then_on(
    file: Path, sqlite_url: str
):
    await closed_and_spoilt(sqlite_url, file)
    database = Database(sqlite_url)
    await database.open()
    await database.write(put, "seems well")
    await database.look_over()
    assert database.health.hindrance is Hindrance.DAMAGED
    with pytest.raises(NotWritten) as refused:
        await database.write(put, "lost")
    assert refused.value.hindrance is Hindrance.DAMAGED
    await database.close()


async def test_damage_that_a_reader_meets_is_told_as_such(file: Path, sqlite_url: str):
    await closed_and_spoilt(sqlite_url, file)
    database = Database(sqlite_url)
    await database.open()
    with pytest.raises(NotRead) as refused:
        await database.read(texts)
    assert "long" not in str(refused.value), "what people wrote is repeated nowhere"
    assert refused.value.hindrance is Hindrance.DAMAGED
    assert database.health.hindrance is Hindrance.DAMAGED
    await database.close()


async def test_a_sound_file_is_looked_over_while_others_write(lite: Database):
    async with Held(lite):
        await soon(lite.look_over())
    assert lite.health.hindrance is None


async def test_a_close_ends_a_look(lite: Database, monkeypatch: pytest.MonkeyPatch):
    began = threading.Event()

    class Slow:
        """A look that would take minutes."""

        def __init__(self) -> None:
            self._connection = sqlite3.connect(":memory:", check_same_thread=False)
            self.close = self._connection.close
            self.set_progress_handler = self._connection.set_progress_handler

        def execute(self, _sql: str) -> sqlite3.Cursor:
            began.set()
            return self._connection.execute(
                "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) "
                "SELECT max(n) FROM n"
            )

    monkeypatch.setattr(soundness.engines, "looking", lambda _: Slow())
    looking = asyncio.create_task(lite.look_over())
    assert await asyncio.to_thread(began.wait, 10)
    await soon(lite.close())
    await soon(looking)
    assert lite.health.hindrance is None
