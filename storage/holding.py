"""One process a file: a lock beside it, which the kernel releases when its holder dies."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from storage.errors import DatabaseInUse

_PRIVATE: Final = 0o600


class Hold:
    """A file that this process alone may use. Two of them would answer everything twice.

    It is known by where it really lies, whatever links lead there. The lock file stays when it is
    released: whoever removed it could remove another's.
    """

    def __init__(self, file: Path) -> None:
        real = file.resolve()
        self.file, self._path = file, real.with_name(f"{real.name}.lock")
        self._lock: int | None = None

    def take(self) -> None:
        """Hold it until :meth:`release`, or until this process is no more.

        Raises:
            DatabaseInUse: somebody else does, and who.
            OSError: the lock cannot be made beside the file.
        """
        lock = os.open(self._path, os.O_RDWR | os.O_CREAT, _PRIVATE)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(lock, 200).decode(errors="replace").strip()
            os.close(lock)
            raise DatabaseInUse(str(self.file), holder) from None
        except OSError:
            os.close(lock)
            raise
        self._lock = lock
        os.ftruncate(lock, 0)
        since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        os.write(lock, f"process {os.getpid()} on {socket.gethostname()}, since {since}".encode())

    def release(self) -> None:
        """Let others use it; a second call does nothing."""
        lock, self._lock = self._lock, None
        if lock is not None:
            os.close(lock)


@contextmanager
def held(file: Path | None) -> Iterator[None]:
    """Hold a database's file meanwhile, made if missing; without one there is nothing to hold.

    Raises:
        DatabaseInUse, OSError: as :meth:`Hold.take`.
    """
    hold = Hold(file) if file else None
    if file and hold:
        keep_private(file)
        hold.take()
    try:
        yield
    finally:
        if hold:
            hold.release()


def keep_private(file: Path) -> None:
    """Make a database's file and its folder where they are missing, for the owner's eyes alone.

    What is there already, its companions and copies among it, is put right; where it belongs to
    somebody else it stays as it is.

    Raises:
        OSError: it cannot be made.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        # Only if nobody has it open in this process: closing it would drop SQLite's own locks.
        os.close(os.open(file, os.O_CREAT | os.O_EXCL, _PRIVATE))
    except FileExistsError:
        for each in file.parent.glob(f"{file.name}*"):
            if each.is_file() and each.stat().st_uid == os.geteuid():
                each.chmod(_PRIVATE)
