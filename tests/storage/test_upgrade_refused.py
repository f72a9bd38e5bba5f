"""What cannot be migrated stays exactly as it was, and the operator is told why."""

from pathlib import Path
from typing import Any

import pytest

import storage.database
from storage import engines
from storage.errors import DamagedDatabase, NewerDatabase, UnreachableDatabase
from storage.upgrade import current_revision
from tests.storage.steps import CHANGES, SHOUT, Write, ask, files

ROOT = Path(storage.database.__file__).parents[1]


# --- nothing by halves ----------------------------------------------------------------------------


def test_a_step_that_fails_leaves_all_as_it_was_and_no_copy(url: str, up: Any, revision: Write):
    up(url)
    ask(url, "INSERT INTO note VALUES (1, 'hello')")
    revision(2, SHOUT, CHANGES)
    revision(3, 'op.create_table("extra", sa.Column("id", sa.Integer)); raise OverflowError')

    with pytest.raises(OverflowError):
        up(url)
    assert current_revision(url) == "0001"
    assert ask(url, "SELECT text FROM note") == [("hello",)]
    if file := engines.file_of(engines.parse(url)):
        assert not list(file.parent.glob("*before*"))

    revision(3, 'op.create_table("extra", sa.Column("id", sa.Integer))')
    assert up(url).after == "0003"


def test_a_wrong_statement_is_not_taken_for_a_database_that_is_away(
    sqlite_url: str, up: Any, revision: Write
):
    revision(2, 'op.execute("UPDATE nowhere SET a = 1")')

    with pytest.raises(Exception, match="no such table: nowhere") as raised:
        up(sqlite_url)
    assert not isinstance(raised.value, UnreachableDatabase)


def test_to_rebuild_a_table_takes_nothing_from_those_that_refer_to_it(
    sqlite_url: str, up: Any, revision: Write
):
    up(sqlite_url)
    ask(sqlite_url, "INSERT INTO note VALUES (1, 'hello')", "INSERT INTO reply VALUES (5, 1)")
    revision(
        2,
        'with op.batch_alter_table("note") as note: note.alter_column("text", nullable=False)',
    )
    up(sqlite_url)

    assert ask(sqlite_url, "SELECT * FROM reply") == [(5, 1)]


def test_a_migration_that_would_leave_dangling_references_is_refused(
    sqlite_url: str, file: Path, up: Any, revision: Write
):
    up(sqlite_url)
    ask(sqlite_url, "INSERT INTO note VALUES (1, 'hello')", "INSERT INTO reply VALUES (5, 1)")
    revision(2, 'op.execute("DELETE FROM note")')

    with pytest.raises(DamagedDatabase, match=r"leda\.db .*reply would refer to no note"):
        up(sqlite_url)
    assert ask(sqlite_url, "SELECT text FROM note") == [("hello",)]


# --- refused --------------------------------------------------------------------------------------


def test_a_database_of_a_newer_release_is_refused_and_left_alone(
    url: str, up: Any, revision: Write, versions: Path
):
    revision(2, "pass")
    up(url)
    (versions / "0002_step.py").unlink()
    path = engines.file_of(engines.parse(url))
    before = files(path.parent) if path else {}

    with pytest.raises(NewerDatabase) as refused:
        up(url)
    assert engines.where(engines.parse(url)) in str(refused.value)
    assert "is at version 0002" in str(refused.value)
    assert "later one than 0001: install the release that last used it" in str(refused.value)
    assert current_revision(url) == "0002"
    assert (files(path.parent) if path else {}) == before


def test_one_that_became_newer_while_we_waited_is_refused_too(
    sqlite_url: str, up: Any, monkeypatch: pytest.MonkeyPatch
):
    up(sqlite_url)
    ask(sqlite_url, "DROP TABLE alembic_version")
    real = engines.migrating

    def meanwhile(url: Any) -> Any:
        ask(sqlite_url, "CREATE TABLE alembic_version AS SELECT '0009' AS version_num")
        return real(url)

    monkeypatch.setattr(engines, "migrating", meanwhile)
    with pytest.raises(NewerDatabase, match="version 0009"):
        up(sqlite_url)


def test_a_file_that_is_no_database_is_refused_and_left_alone(sqlite_url: str, file: Path, up: Any):
    file.parent.mkdir()
    file.write_bytes(b"Dear diary, today I was not a database. " * 100)
    before = files(file.parent)

    for look in (up, current_revision):
        with pytest.raises(DamagedDatabase, match=r"leda\.db is damaged \(file is not a database"):
            look(sqlite_url)
    assert files(file.parent) == before


def test_a_damaged_file_is_found_before_it_is_migrated(
    sqlite_url: str, file: Path, up: Any, revision: Write
):
    up(sqlite_url)
    ask(
        sqlite_url,
        "CREATE INDEX by_text ON note (text)",
        "INSERT INTO note VALUES (1, 'hello'), (2, 'world')",
        "PRAGMA writable_schema = ON",
        # The index now claims what its entries are not: a damage that no query would notice.
        "UPDATE sqlite_master SET sql = 'CREATE INDEX by_text ON note (id)' WHERE name = 'by_text'",
    )
    revision(2, SHOUT, CHANGES)

    with pytest.raises(DamagedDatabase, match=r"leda\.db is damaged \(.*by_text.*restore a backup"):
        up(sqlite_url)
    assert current_revision(sqlite_url) == "0001"
    assert list(files(file.parent)) == ["leda.db"]


def test_what_cannot_be_opened_is_told_in_a_sentence(tmp_path: Path, up: Any):
    (tmp_path / "folder.db").mkdir()

    for look in (up, current_revision):
        with pytest.raises(UnreachableDatabase) as refused:
            look(f"sqlite:///{tmp_path}/folder.db")
        assert str(refused.value) == (
            f"The database {tmp_path}/folder.db cannot be used: unable to open database file."
        )


def test_to_ask_for_the_revision_makes_no_file(sqlite_url: str, file: Path):
    assert current_revision(sqlite_url) is None
    assert not file.parent.exists()
