"""What an error of the database means: what hinders it, or a fault of leda's."""

import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import LASTING, Hindrance, LostDatabase

_log = logging.getLogger(__name__)


_SQLITE: Final = {
    sqlite3.SQLITE_BUSY: Hindrance.BUSY,
    sqlite3.SQLITE_LOCKED: Hindrance.BUSY,
    sqlite3.SQLITE_PROTOCOL: Hindrance.BUSY,
    sqlite3.SQLITE_FULL: Hindrance.DISK,
    sqlite3.SQLITE_IOERR: Hindrance.DISK,
    sqlite3.SQLITE_READONLY: Hindrance.DISK,
    sqlite3.SQLITE_CANTOPEN: Hindrance.DISK,
    sqlite3.SQLITE_CORRUPT: Hindrance.DAMAGED,
    sqlite3.SQLITE_NOTADB: Hindrance.DAMAGED,
}
# SQLSTATE, or the class that its first two characters are.
_POSTGRESQL: Final = {
    "40001": Hindrance.BUSY,  # serialization failure
    "40P01": Hindrance.BUSY,  # deadlock
    "55P03": Hindrance.BUSY,  # lock not available
    "57P": Hindrance.AWAY,  # shutting down, crashed, starting
    "08": Hindrance.AWAY,
    "25006": Hindrance.DISK,  # read-only
    "53": Hindrance.DISK,  # no disk, no memory, no connection left
    "58030": Hindrance.DISK,
    "XX001": Hindrance.DAMAGED,
    "XX002": Hindrance.DAMAGED,
}


def hindrance_of(error: BaseException | None, *, reading: bool = False) -> Hindrance | None:
    """What hindrance an error is; None where it is a wrong statement, a rule, or a bug.

    Args:
        error: what was raised.
        reading: by a unit that may not write: a refused write is a bug there.
    """
    if isinstance(error, LostDatabase):
        return Hindrance.GONE
    if isinstance(error, PoolTimeout):
        return Hindrance.BUSY
    original = error.orig if isinstance(error, DBAPIError) else error
    found = _kind_of(error, original)
    refused = getattr(original, "sqlstate", "") == "25006" or _sqlite_code(original) == (
        sqlite3.SQLITE_READONLY
    )
    return None if reading and refused else found


def _kind_of(error: BaseException | None, original: BaseException | None) -> Hindrance | None:
    if isinstance(original, sqlite3.Error):
        garbled = str(original).startswith("Could not decode")  # from Python, without a code
        return Hindrance.DAMAGED if garbled else _SQLITE.get(_sqlite_code(original))
    if isinstance(original, OSError):
        return Hindrance.DISK
    if not isinstance(error, DBAPIError):
        return None
    state = getattr(original, "sqlstate", None)
    if state is None:  # it never got as far as the server, or lost it on the way
        return Hindrance.AWAY if isinstance(error, OperationalError) else None
    return next(
        (_POSTGRESQL[key] for key in (state, state[:3], state[:2]) if key in _POSTGRESQL), None
    )


def _sqlite_code(error: BaseException | None) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # without its extension


QUIET: Final = 120.0
"""Seconds without hindrance, from which on a commit says that it is over."""


class Health:
    """How the database does. The log tells once when a hindrance begins, once when it ends.

    Told and asked from any thread. ``then`` is called in the thread that noticed, with the
    hindrance that has begun, or None when all is well again.
    """

    def __init__(self, where: str) -> None:
        self.where = where
        self._lock = threading.Lock()
        self._began = self._met = 0.0
        self.hindrance: Hindrance | None = None
        self.reason = ""
        self.lost: LostDatabase | None = None
        self.then: Callable[[Hindrance | None], None] = lambda _: None

    def met(self, hindrance: Hindrance, reason: str, error: BaseException | None = None) -> None:
        """A unit failed for this; ``lost`` is the error where the open file is no more."""
        with self._lock:
            if isinstance(error, LostDatabase):
                self.lost = error
            self._met = time.monotonic()
            if hindrance is self.hindrance or self.hindrance in LASTING:
                return
            if self.hindrance is None:
                self._began = self._met
            self.hindrance, self.reason = hindrance, reason
        _log.error(
            "The database %s is in trouble (%s: %s). People are told; this is said once.",
            self.where, hindrance, reason,
        )  # fmt: skip
        self.then(hindrance)

    def well(self) -> None:
        """Something was written. On a disk that is nearly full some things are, and others not."""
        hindrance = self.hindrance
        if hindrance is None or hindrance in LASTING:
            return
        with self._lock:
            now = time.monotonic()
            if self.hindrance is not hindrance or now - self._met < QUIET:
                return
            self.hindrance = None
        _log.warning("The database %s is well again, after %.0f s", self.where, now - self._began)
        self.then(None)


class OpenFiles:
    """The files of an open SQLite database, to notice when they are not those on disk any more.

    They are only looked at by name: whoever opens and closes a database's file beside SQLite
    takes its locks away from it.
    """

    def __init__(self, file: Path) -> None:
        """Remember which files they are; a connection has them open."""
        main = os.path.realpath(file)
        self._known = {path: _which(path) for path in (main, f"{main}-wal")}
        found = _stat(main)
        self._main, self._size = main, found.st_size if found else 0

    def demand(self) -> None:
        """See that they are still there.

        The database itself only grows: one that is shorter than it was has another's content now,
        which somebody copied over it.

        Raises:
            LostDatabase: one was deleted, moved or replaced.
        """
        for path, known in self._known.items():
            found = _stat(path)
            if known is not None and (found is None or (found.st_dev, found.st_ino) != known):
                raise LostDatabase(path)
            if path == self._main and found is not None:
                if found.st_size < self._size:
                    raise LostDatabase(path)
                self._size = found.st_size


def _which(path: str) -> tuple[int, int] | None:
    found = _stat(path)
    return (found.st_dev, found.st_ino) if found else None


def _stat(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116 - twice for each commit: a quarter of Path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
