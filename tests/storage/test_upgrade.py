"""A database comes to this release's schema from any earlier one."""

import asyncio
import contextlib
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

import storage.database
from storage import engines
from storage.database import Database
from storage.migrations.__main__ import draft
from storage.upgrade import VERSIONS, Upgrade, current_revision, head_revision, upgrade
from tests.storage.steps import CHANGES, FIRST, SHOUT, Write, ask, files

ROOT = Path(storage.database.__file__).parents[1]


# --- forwards -------------------------------------------------------------------------------------


def test_an_empty_database_gets_the_newest_schema(url: str, up: Any, revision: Write):
    revision(2, 'op.add_column("note", sa.Column("more", sa.Text))')
    assert current_revision(url) is None

    assert up(url) == Upgrade(before=None, after="0002")
    assert current_revision(url) == "0002"
    assert ask(url, "SELECT id, text, more FROM note") == []


@pytest.mark.parametrize("start", [1, 2, 3])
def test_every_earlier_schema_is_brought_up_with_what_is_in_it(
    url: str, up: Any, revision: Write, start: int
):
    bodies = [FIRST, 'op.add_column("note", sa.Column("more", sa.Text))', SHOUT]
    for number, body in enumerate(bodies[:start], 1):
        revision(number, body)
    up(url)
    ask(url, "INSERT INTO note (id, text) VALUES (1, 'hello')")
    for number, body in enumerate(bodies, 1):
        revision(number, body)

    assert up(url) == Upgrade(before=f"000{start}", after="0003")
    shouted = "hello" if start == 3 else "HELLO"
    assert ask(url, "SELECT id, text, more FROM note") == [(1, shouted, None)]


def test_a_second_start_has_nothing_to_do_and_does_not_load_alembic(
    sqlite_url: str, versions: Path, revision: Write
):
    program = f"""
import sys
from datetime import UTC, datetime
from pathlib import Path
from storage.upgrade import upgrade
upgrade({sqlite_url!r}, now=datetime.now(UTC), versions=Path({str(versions)!r}))
print("alembic" in sys.modules)
"""
    run = partial(
        subprocess.run,
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run().stdout == "True\n"
    assert run().stdout == "False\n"


def test_a_start_with_nothing_to_do_waits_for_nobody(
    sqlite_url: str, file: Path, up: Any, monkeypatch: pytest.MonkeyPatch
):
    up(sqlite_url)
    monkeypatch.setattr(engines, "_START_WAIT_MS", 30)

    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert up(sqlite_url) == Upgrade(before="0001", after="0001")


async def test_a_database_is_upgraded_when_it_is_opened(
    sqlite_url: str, versions: Path, revision: Write, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(storage.database, "upgrade", partial(upgrade, versions=versions))
    database = Database(sqlite_url)
    await database.open()
    await database.write(lambda s: s.connection().execute(text("INSERT INTO note VALUES (1, 'a')")))
    await database.close()

    assert current_revision(sqlite_url) == "0001"
    assert ask(sqlite_url, "PRAGMA journal_mode") == [("wal",)]


def test_two_that_are_opened_at_once_in_one_process_both_get_there(
    tmp_path: Path, up: Any, revision: Write
):
    revision(1, FIRST + "    time.sleep(0.05)")
    urls = [f"sqlite:///{tmp_path}/{number}.db" for number in range(4)]
    threads = [threading.Thread(target=up, args=[url]) for url in urls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [current_revision(url) for url in urls] == ["0001"] * 4


async def test_of_two_processes_one_migrates_and_the_other_waits(
    url: str,
    tmp_path: Path,
    versions: Path,
    up: Any,
    revision: Write,
    monkeypatch: pytest.MonkeyPatch,
):
    log = tmp_path / "log"
    revision(1, FIRST + f"""
    with open({str(log)!r}, "a") as log:
        log.write("once,")
    print("migrating", flush=True)
    sys.stdin.readline()
""")  # fmt: skip
    program = f"""
from datetime import UTC, datetime
from pathlib import Path
from storage.upgrade import upgrade
upgrade({url!r}, now=datetime.now(UTC), versions=Path({str(versions)!r}))
"""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    async with asyncio.timeout(20), process(program) as first:
        assert await first.stdout.readline() == b"migrating\n"
        found_work = threading.Event()
        real = engines.migrating
        monkeypatch.setattr(engines, "migrating", lambda url: found_work.set() or real(url))
        second = asyncio.create_task(asyncio.to_thread(up, url))
        assert await asyncio.to_thread(found_work.wait, 10)
        # Long enough for one who does not wait to be caught; one who does can take any time.
        await asyncio.wait([second], timeout=0.3)
        assert not second.done()
        await first.communicate(b"go on\n")

        assert first.returncode == 0
        assert await second == Upgrade(before="0001", after="0001")
    assert log.read_text() == "once,"


@contextlib.asynccontextmanager
async def process(program: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """It is ended with the test, so that nobody waits for what it holds."""
    pipe = asyncio.subprocess.PIPE
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdin=pipe, stdout=pipe
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.wait()


# --- a copy before data is changed ----------------------------------------------------------------


def test_before_data_is_changed_the_file_is_copied(
    sqlite_url: str, file: Path, up: Any, revision: Write
):
    up(sqlite_url)
    revision(2, "pass")
    revision(3, SHOUT, CHANGES)
    file.chmod(0o600)
    with contextlib.closing(sqlite3.connect(file)) as other, other:
        other.execute("INSERT INTO note VALUES (1, 'hello')")
        other.commit()
        assert file.with_name("leda.db-wal").stat().st_size  # what counts is not in the file yet
        done = up(sqlite_url)

    copy = file.with_name("leda.db.before-0002-20261122T101500Z")
    assert done == Upgrade(before="0001", after="0003", copy=copy)
    assert ask(sqlite_url, "SELECT text FROM note") == [("HELLO",)]
    assert ask(f"sqlite:///{copy}", "SELECT text FROM note") == [("hello",)]
    assert current_revision(f"sqlite:///{copy}") == "0001"
    assert copy.stat().st_mode & 0o777 == 0o600


def test_without_data_that_changes_there_is_no_copy(
    sqlite_url: str, file: Path, up: Any, revision: Write
):
    revision(2, SHOUT, CHANGES)
    assert up(sqlite_url).copy is None  # empty before
    revision(3, "pass")
    assert up(sqlite_url).copy is None  # 0002 was done before

    assert list(files(file.parent)) == ["leda.db"]


# --- the revisions themselves ---------------------------------------------------------------------


def test_every_revision_is_known_by_the_number_that_begins_its_name():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())

    for script in scripts:
        assert Path(script.path).name.startswith(f"{script.revision}_")
    assert head_revision() == (scripts[0].revision if scripts else None)


def test_no_revisions_no_head(tmp_path: Path):
    assert head_revision(tmp_path) is None


def test_a_draft_is_the_next_number_and_can_be_run(
    sqlite_url: str, up: Any, versions: Path, capsys: pytest.CaptureFixture[str]
):
    draft("Something new.", versions)

    drafted = versions / "0002_something_new.py"
    said = drafted.read_text()
    assert said.startswith('"""Something new."""\n')
    # A partial index says so to both databases, though the tables say it for SQLite alone.
    assert said.count("postgresql_where=") == said.count("sqlite_where=") > 0
    drafted.write_text(said.partition("def upgrade")[0] + "def upgrade(): pass")
    assert up(sqlite_url).after == "0002"
