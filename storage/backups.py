"""Backups of a SQLite file: made beside all who use it, looked over, and put back."""

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import URL

from storage import engines
from storage.errors import DamagedDatabase, NewerDatabase, NoBackup
from storage.holding import held
from storage.upgrade import Upgrade, head_revision, knows, upgrade

_PAGES: Final = 256
"""How many pages (4 kB each) are copied in one step."""
_PAUSE: Final = 0.002  # seconds between two steps: presses go first
_PRIVATE: Final = 0o600
_COUNTED: Final = ("programme", "participant", "factor", "vote", "meeting")
_COMPANIONS: Final = ("-wal", "-shm")


class LeftOff(Exception):
    """Whoever wanted a backup does not go on with it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that was found sound.

    ``newest`` is when the last thing that it holds was done (aware UTC), None if nothing was;
    ``rows`` how many there are of what people ask about.
    """

    path: Path
    revision: str
    newest: datetime | None
    rows: dict[str, int]
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place, how it was migrated, and where the file is that was there before."""

    backup: Backup
    upgraded: Upgrade
    aside: Path | None


def name_of(now: datetime) -> str:
    """What a backup is called in a folder; names sort by when (aware) it was made."""
    return f"leda-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.db"


def back_up(
    url: URL,
    target: Path,
    *,
    now: datetime,
    go_on: Callable[[], bool] = lambda: True,
) -> Backup:
    """Copy a database while it is used, and look the copy over; it is there whole or not at all.

    What was answered before this began is in it. Meanwhile SQLite's log cannot be emptied, so it
    grows by what is written.

    Args:
        url: a SQLite file.
        target: a new file, or a folder, in which it gets a name of its own.
        now: aware; it names the file in a folder.
        go_on: asked between two steps; if it says no, nothing is left of the copy.

    Raises:
        NoBackup: it is no file, or the target is there already.
        LeftOff: as its name says.
        UnreachableDatabase, DamagedDatabase: it cannot be read, or the copy cannot be written.
    """
    file = _file(url)
    path = target / name_of(now) if target.is_dir() else target
    with engines.explained(url), _part_of(path) as part:
        with closing(_opened(file)) as source:
            _copy(source, part, go_on)
        found = _look_over(part, file)
        digest = _digest(part)
        _put_new(part, path)
    return Backup(path, found.revision, found.newest, found.rows, digest)


def examine(path: Path) -> Backup:
    """Look a backup over, from end to end; it is not changed.

    Raises:
        NoBackup: it is not there, damaged, or no database of leda's.
        NewerDatabase: this release does not know its schema.
    """
    if not path.is_file():
        raise NoBackup(f"there is no file {path}")
    try:
        return _look_over(path, path)
    except DamagedDatabase as damage:
        raise NoBackup(f"{path} is damaged ({damage.reason})") from damage
    except sqlite3.Error as error:
        raise NoBackup(f"{path} cannot be read ({engines.reason(error)})") from error


def restore(url: URL, path: Path, *, now: datetime) -> Restored:
    """Put a backup in the place of a database that nobody uses, and bring it to this release.

    The file that was there is moved aside, never deleted. Until the last step, which is one
    renaming, it is in its place.

    Args:
        url: a SQLite file; it may be missing.
        path: the backup. It stays where it is.
        now: aware; it names what is moved aside.

    Raises:
        NoBackup, NewerDatabase: as :func:`examine`; nothing was touched.
        DatabaseInUse: leda runs on it; nothing was touched.
        UnreachableDatabase: it cannot be written; nothing was touched.
    """
    file = _file(url)
    if file.exists() and path.exists() and file.samefile(path):
        raise NoBackup(f"{path} is the database itself")
    examine(path)
    with engines.explained(url):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with held(file) if file.exists() else nullcontext(), _part_of(file) as part:
            with closing(_opened_still(path)) as source:
                _copy(source, part, lambda: True)
            backup = replace(_look_over(part, path), path=path)
            aside = _move_aside(file, now) if file.exists() else None
            part.replace(file)
            _sync(file.parent)
            return Restored(backup, upgrade(url, now=now), aside)


def _file(url: URL) -> Path:
    file = engines.file_of(url)
    if file is None:
        raise NoBackup(
            f"{engines.where(url)} is PostgreSQL, which has its own: pg_dump and pg_restore"
        )
    return file


@contextmanager
def _part_of(path: Path) -> Iterator[Path]:
    """A file beside the one that it is to become; gone if it does not."""
    part = path.with_name(f".{path.name}.part-{os.getpid()}")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE))
        yield part
    finally:
        for end in ("", *_COMPANIONS, "-journal"):
            part.with_name(part.name + end).unlink(missing_ok=True)


def _copy(source: sqlite3.Connection, part: Path, go_on: Callable[[], bool]) -> None:
    """SQLite's own copying, of one moment: whoever writes meanwhile would make it begin anew."""

    def breathe(_status: int, _remaining: int, _total: int) -> None:
        if not go_on():
            raise LeftOff
        time.sleep(_PAUSE)

    with closing(sqlite3.connect(part)) as target:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(target, pages=_PAGES, progress=breathe)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, whatever is copied of it
    _sync(part)


def _opened(file: Path, how: str = "") -> sqlite3.Connection:
    address = f"{file.absolute().as_uri()}?mode=ro{how}"
    return sqlite3.connect(address, uri=True, timeout=10.0, isolation_level=None)


def _opened_still(file: Path) -> sqlite3.Connection:
    """One that nobody writes: SQLite then needs to make nothing beside it."""
    log = file.with_name(f"{file.name}-wal")
    return _opened(file, "" if log.exists() else "&immutable=1")


def _look_over(file: Path, of: Path) -> Backup:
    """What a file holds, if it is sound and this release knows its schema.

    Args:
        file: the copy of a database, or a backup.
        of: which file is to blame if it is damaged.
    """
    with closing(_opened_still(file)) as connection:
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise DamagedDatabase(str(of), " ".join(str(said).split()))
        lost = connection.execute("PRAGMA foreign_key_check").fetchone()
        if lost is not None:
            raise DamagedDatabase(str(of), f"{lost[0]} refers to no {lost[2]}")
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if "alembic_version" not in names:
            raise NoBackup(f"{of} holds nothing of leda's")
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if not knows(revision):
            raise NewerDatabase(str(of), revision, head_revision())
        rows = {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 - ours
            for name in _COUNTED
            if name in names
        }
        newest = None
        if "journal" in names:
            (newest,) = connection.execute("SELECT max(at) FROM journal").fetchone()
    return Backup(file, revision, datetime.fromisoformat(newest) if newest else None, rows)


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _put_new(part: Path, path: Path) -> None:
    """Under its name at once, and never over a file that is there."""
    try:
        _link(part, path)
    except FileExistsError:
        raise NoBackup(f"{path} is there already, and a backup replaces none") from None
    _sync(path.parent)


def _move_aside(file: Path, now: datetime) -> Path:
    """Keep a database under another name; it also stays where it is, until it is replaced."""
    aside = file.with_name(f"{file.name}.replaced-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    with suppress(sqlite3.Error):  # where it is damaged, its log goes along
        engines.empty_log(file)
    for end in _COMPANIONS:
        log = file.with_name(file.name + end)
        if log.exists():
            log.rename(aside.with_name(aside.name + end))
    _link(file, aside)
    return aside


def _link(file: Path, name: Path) -> None:
    """Give a file another name, too; where a disk knows no such thing, instead of the first."""
    try:
        os.link(file, name)
    except FileExistsError:
        raise
    except OSError:
        if name.exists():
            raise FileExistsError(name) from None
        file.rename(name)


def _sync(place: Path) -> None:
    """See that a file, or what a folder names, is on the disk."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
