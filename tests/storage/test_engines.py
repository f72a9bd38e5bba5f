"""Every connection is told how to work, and an address that cannot be used is explained."""

import errno
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlmodel import Session

from storage import engines
from storage.database import Database
from storage.engines import explained, parse
from storage.errors import UnreachableDatabase
from tests.storage.scene import opened

pytestmark = pytest.mark.usefixtures("only_our_tables")


async def test_every_connection_is_told_how_to_work(lite: Database):
    def pragmas(session: Session) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "query_only")
        ask = session.connection().exec_driver_sql
        driver = session.connection().connection.driver_connection
        assert driver.isolation_level is None  # it begins no transaction of its own accord
        return {name: ask(f"PRAGMA {name}").scalar() for name in names}

    both = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    assert await lite.write(pragmas) == both | {"query_only": 0}
    assert await lite.read(pragmas) == both | {"query_only": 1}


async def test_a_file_that_cannot_be_written_is_told_at_the_start(
    file: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
):
    await (await opened(sqlite_url)).close()
    read_only = make_url(f"sqlite:///file:{file}?mode=ro&uri=true")
    monkeypatch.setattr(
        engines,
        "writing",
        lambda _: engines._sqlite(read_only, begin="BEGIN IMMEDIATE", pool={}, wait_ms=1),
    )

    with pytest.raises(UnreachableDatabase, match="readonly"):
        await Database(sqlite_url).open()


async def test_a_file_whose_folder_cannot_be_made_is_told_at_the_start(tmp_path: Path):
    (tmp_path / "data").write_text("a file where the folder should be")

    with pytest.raises(UnreachableDatabase, match=r"data/leda\.db cannot be used: "):
        await Database(f"sqlite:///{tmp_path}/data/leda.db").open()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://u:secret@h/d", "x"])
def test_an_address_that_leda_cannot_use_is_refused_without_its_password(url: str):
    with pytest.raises(UnreachableDatabase) as refused:
        Database(url)

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("kind", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_password_is_not_shown(kind: str):
    database = Database(f"{kind}://leda:secret@server/leda")

    assert repr(database) == "Database('postgresql+psycopg://leda:***@server/leda')"
    assert str(database.url) == "postgresql+psycopg://leda:***@server/leda"


async def test_without_its_driver_postgresql_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(UnreachableDatabase, match=r"pip install 'leda\[postgres\]'"):
        await Database("postgresql://leda@127.0.0.1/leda").open()


async def test_a_postgresql_that_is_away_is_told_at_the_start():
    pytest.importorskip("psycopg")

    with pytest.raises(UnreachableDatabase, match="refused"):
        await Database("postgresql://leda:secret@127.0.0.1:1/leda").open()


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (PermissionError(errno.EACCES, "Permission denied"), False),
    ],
)
def test_a_full_disk_may_pass_and_a_missing_right_does_not(error, passes):
    with pytest.raises(UnreachableDatabase) as refused, explained(parse("sqlite:///leda.db")):
        raise error
    assert refused.value.passes is passes


async def test_a_file_that_another_program_has_locked_may_pass(sqlite_url, file, monkeypatch):
    database = Database(sqlite_url)
    await database.open()
    await database.close()
    monkeypatch.setattr(engines, "_PRESS_WAIT_MS", 50)
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UnreachableDatabase, match="locked") as refused:
            await Database(sqlite_url).open()
    assert refused.value.passes


async def test_a_server_that_is_not_up_may_pass_and_a_database_that_is_not_there_does_not(
    postgresql_url,
):
    for url, passes in (
        ("postgresql://leda:secret@127.0.0.1:1/leda", True),
        (f"{postgresql_url}_elsewhere", False),
    ):
        with pytest.raises(UnreachableDatabase) as refused:
            await Database(url).open()
        assert refused.value.passes is passes
