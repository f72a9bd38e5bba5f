"""One process a file, and nobody else's eyes on it."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import storage.holding
from storage.database import Database
from storage.errors import DatabaseInUse
from storage.holding import Hold, keep_private

ROOT = Path(storage.holding.__file__).parents[1]
HOLDING = """
import sys
from pathlib import Path
from storage.holding import Hold
Hold(Path(sys.argv[1])).take()
print("held", flush=True)
sys.stdin.read()
"""


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the file."""
    command = [sys.executable, "-c", HOLDING, str(tmp_path / "leda.db")]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_who_comes_second_hears_who_was_first_and_may_once_that_is_killed(tmp_path, holder):
    file, link = tmp_path / "leda.db", tmp_path / "link.db"
    file.touch()
    link.symlink_to(file)
    for path in (file, link, tmp_path / "." / "leda.db"):
        with pytest.raises(DatabaseInUse) as refused:
            Hold(path).take()
        said = str(refused.value)
        assert re.search(rf"process {holder.pid} on \S+, since 20[0-9-]+ [0-9:]+ UTC", said)
        assert not refused.value.passes
    holder.kill()
    holder.wait()
    hold = Hold(file)
    hold.take()
    hold.release()
    hold.release()
    Hold(file).take()


async def test_a_database_that_is_open_is_held_and_one_that_is_closed_or_failed_is_not(
    sqlite_url, file
):
    first, second = Database(sqlite_url), Database(sqlite_url)
    await first.open()
    with pytest.raises(DatabaseInUse):
        await second.open()
    await first.close()
    await second.open()
    await second.close()
    file.write_bytes(b"no database at all, but a letter" * 200)
    for _ in range(2):
        with pytest.raises(Exception, match="damaged"):
            await Database(sqlite_url).open()


async def test_all_that_belongs_to_a_database_is_its_owners_alone(sqlite_url, file):
    before = os.umask(0o022)
    try:
        database = Database(sqlite_url)
        await database.open()
        beside = sorted(file.parent.iterdir())
        assert [each.name for each in beside] == [
            "leda.db", "leda.db-shm", "leda.db-wal", "leda.db.lock"
        ]  # fmt: skip
        assert {mode(each) for each in beside} == {0o600}
        assert mode(file.parent) == 0o700
        await database.close()
    finally:
        os.umask(before)


def test_what_was_open_to_others_is_put_right_and_its_folder_left_alone(tmp_path):
    tmp_path.chmod(0o755)
    names = ("leda.db", "leda.db-wal", "leda.db.before-0002-20261201T000000Z", "other.txt")
    for name in names:
        (tmp_path / name).touch(mode=0o644)
    keep_private(tmp_path / "leda.db")
    assert [mode(tmp_path / name) for name in names] == [0o600, 0o600, 0o600, 0o644]
    assert mode(tmp_path) == 0o755
