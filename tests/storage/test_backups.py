"""Backups: whole or not at all, looked over, and put back without anything being lost."""

import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from storage import backups, engines
from storage.errors import DamagedDatabase, DatabaseInUse, NewerDatabase, NoBackup
from storage.holding import held
from storage.upgrade import head_revision, upgrade
from tests.storage.test_soundness import spoil

NOW = datetime(2026, 12, 1, 2, 47, tzinfo=UTC)


@pytest.fixture
def url(sqlite_url):
    """An address with a database of this release's schema."""
    upgrade(sqlite_url, now=NOW)
    return engines.parse(sqlite_url)


def says(file: Path, text: str) -> None:
    """Write something that can be found again."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS said (text)")
        connection.execute("INSERT INTO said VALUES (?)", (text,))


def said_in(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM said")]


def test_a_backup_holds_what_is_still_in_the_log_and_nobody_else_can_read_it(url, file, tmp_path):
    with closing(sqlite3.connect(file)) as open_still:
        says(file, "one")
        open_still.execute("SELECT 1")
        made = backups.back_up(url, tmp_path / "copy.db", now=NOW)
    assert said_in(made.path) == ["one"]
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert made.revision == head_revision()
    assert made.rows["vote"] == 0
    assert made.sha256 == sha256(made.path.read_bytes()).hexdigest()


def test_in_a_folder_it_is_named_by_when_it_was_made_and_leaves_nothing_else(url, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    made = backups.back_up(url, folder, now=NOW)
    assert made.path.name == "leda-20261201T024700Z.db"
    assert [each.name for each in folder.iterdir()] == [made.path.name]


def test_it_never_replaces_a_file(url, tmp_path):
    there = tmp_path / "there.db"
    there.write_text("mine")
    with pytest.raises(NoBackup, match="there already"):
        backups.back_up(url, there, now=NOW)
    assert there.read_text() == "mine"


def test_who_writes_meanwhile_is_not_in_it_and_does_not_hold_it_up(url, file, tmp_path):
    says(file, "x" * 3_000_000)
    asked = []

    def go_on() -> bool:
        if not asked:
            writing = threading.Thread(target=says, args=(file, "meanwhile"))
            writing.start()
            writing.join()
        asked.append(1)
        return True

    made = backups.back_up(url, tmp_path / "copy.db", now=NOW, go_on=go_on)
    assert len(asked) > 2
    assert said_in(made.path) == ["x" * 3_000_000]
    assert said_in(file)[-1] == "meanwhile"


def test_one_that_is_left_off_leaves_nothing(url, file, tmp_path):
    says(file, "x" * 3_000_000)
    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(backups.LeftOff):
        backups.back_up(url, folder, now=NOW, go_on=lambda: False)
    assert list(folder.iterdir()) == []


def test_a_damaged_database_is_named_and_gives_no_backup(url, file, tmp_path):
    says(file, "x" * 300_000)
    spoil(file)
    with pytest.raises(DamagedDatabase, match=r"leda\.db is damaged"):
        backups.back_up(url, tmp_path / "copy.db", now=NOW)
    assert not (tmp_path / "copy.db").exists()


def test_postgresql_has_its_own():
    url = engines.parse("postgresql://leda:secret@localhost/leda")
    with pytest.raises(NoBackup, match="pg_dump") as refused:
        backups.back_up(url, Path("x.db"), now=NOW)
    assert "secret" not in str(refused.value)


def test_a_restore_puts_the_old_file_aside_with_what_was_in_its_log(url, file, tmp_path):
    says(file, "one")
    made = backups.back_up(url, tmp_path / "copy.db", now=NOW)
    with closing(sqlite3.connect(file)) as open_still:
        says(file, "two")
        open_still.execute("SELECT 1")
    done = backups.restore(url, made.path, now=NOW)
    assert said_in(file) == ["one"]
    assert said_in(done.aside) == ["one", "two"]
    assert made.path.exists()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_where_there_is_no_database_a_restore_makes_it(url, file, tmp_path):
    says(file, "one")
    made = backups.back_up(url, tmp_path / "copy.db", now=NOW)
    elsewhere = tmp_path / "new" / "leda.db"
    done = backups.restore(engines.parse(f"sqlite:///{elsewhere}"), made.path, now=NOW)
    assert said_in(elsewhere) == ["one"]
    assert done.aside is None


def test_a_damaged_database_is_moved_aside_as_it_is(url, file, tmp_path):
    says(file, "x" * 300_000)
    made = backups.back_up(url, tmp_path / "copy.db", now=NOW)
    spoil(file)
    spoilt = file.read_bytes()
    done = backups.restore(url, made.path, now=NOW)
    assert done.aside.read_bytes() == spoilt
    assert said_in(file) == ["x" * 300_000]


def test_while_leda_runs_nothing_is_touched(url, file, tmp_path):
    made = backups.back_up(url, tmp_path / "copy.db", now=NOW)
    before = file.read_bytes()
    with held(file), pytest.raises(DatabaseInUse):
        backups.restore(url, made.path, now=NOW)
    assert file.read_bytes() == before
    assert sorted(each.name for each in file.parent.iterdir() if "part" in each.name) == []


def wrong_files(tmp_path: Path, good: Path) -> dict[str, Path]:
    names = ("missing", "text", "empty", "cut", "spoilt", "stranger", "newer", "broken")
    found = {name: tmp_path / f"{name}.db" for name in names}
    found["text"].write_text("This is no database, whatever it is called." * 100)
    found["empty"].touch()
    shutil.copy(good, found["spoilt"])
    spoil(found["spoilt"])
    found["cut"].write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    with closing(sqlite3.connect(found["stranger"])) as connection, connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    shutil.copy(good, found["newer"])
    with closing(sqlite3.connect(found["newer"])) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    shutil.copy(good, found["broken"])
    with closing(sqlite3.connect(found["broken"])) as connection, connection:
        connection.execute(
            "INSERT INTO place (programme_id, slot, kind, discord_id) VALUES (5, 'x', 'text', 6)"
        )
    return found


@pytest.mark.parametrize(
    "name", ["missing", "text", "empty", "cut", "spoilt", "stranger", "newer", "broken"]
)
def test_what_is_no_sound_backup_is_refused_before_anything_is_touched(url, file, tmp_path, name):
    says(file, "x" * 300_000)
    good = backups.back_up(url, tmp_path / "good.db", now=NOW)
    path = wrong_files(tmp_path, good.path)[name]
    before, names = file.read_bytes(), sorted(file.parent.iterdir())
    with pytest.raises(NewerDatabase if name == "newer" else NoBackup):
        backups.restore(url, path, now=NOW)
    assert file.read_bytes() == before
    assert sorted(file.parent.iterdir()) == names


def test_the_database_is_no_backup_of_itself(url, file):
    with pytest.raises(NoBackup, match="the database itself"):
        backups.restore(url, file, now=NOW)
