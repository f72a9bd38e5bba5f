"""What a demo needs for itself: a folder with one database and one world, and a port."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from storage.errors import DatabaseInUse
from storage.holding import Hold

REFUSED: Final = 2
"""How the demo ends that could not start."""

_EARLIER: Final = "earlier"


class RefusedError(Exception):
    """The demo cannot start; the message is a sentence for whoever started it."""


class SetupFailedError(Exception):
    """The bot did not do what the example needs; the message says where it stopped."""


class Folder:
    """Where everything of a demo is kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = path / "leda.db"
        self.world = path / "world.pickle"
        self.log = path / "demo.log"
        self.earlier = path / _EARLIER

    @property
    def database_url(self) -> str:
        """The database, as the settings want it."""
        return f"sqlite:///{self.database.resolve().as_posix()}"

    def kept(self) -> list[Path]:
        """What an earlier demo has left: the world and the database with its companions."""
        beside = sorted(self.path.glob(f"{self.database.name}*"))
        return [*beside, *([self.world] if self.world.exists() else [])]

    def clear(self) -> None:
        """Remove what an earlier demo has left, and nothing else that may lie here."""
        for file in self.kept():
            file.unlink()

    def set_aside(self) -> None:
        """Move what an earlier demo has left out of the way, over what was moved before it."""
        found = self.kept()
        shutil.rmtree(self.earlier, ignore_errors=True)
        self.earlier.mkdir()
        for file in found:
            file.rename(self.earlier / file.name)

    @contextmanager
    def claim(self) -> Iterator[None]:
        """Be the only demo in this folder, for as long as the process lives.

        Raises:
            RefusedError: another demo runs in it, or it cannot be written.
        """
        hold = Hold(self.path / "demo")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            hold.take()
        except OSError as error:
            raise RefusedError(
                f"The folder {self.path} cannot be used: {error.strerror}."
            ) from error
        except DatabaseInUse:
            raise RefusedError(
                f"Another demo is running in {self.path}: use its page, end it with Ctrl-C, "
                "or start this one with --data and another folder."
            ) from None
        try:
            yield
        finally:
            hold.release()


def listen(port: int) -> socket.socket:
    """Take the port, on this machine only; where it is taken, any that is free.

    Args:
        port: 0 for any that is free.

    Raises:
        RefusedError: there is no such port, or none is free.
    """
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # at once after an earlier demo
    try:
        sock.bind(("127.0.0.1", port))
        sock.listen()
    except (OSError, OverflowError) as error:
        sock.close()
        if port and isinstance(error, OSError):
            return listen(0)
        raise RefusedError(f"Port {port} cannot be used: {str(error).rstrip('.')}.") from None
    return sock
