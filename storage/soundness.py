"""Whether a SQLite file is sound: looked over at a start after a kill, and while leda works."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from storage import engines
from storage.errors import DamagedDatabase, Hindrance
from storage.hindrances import Health, hindrance_of

_STEPS = 10_000  # of SQLite's machine between two questions whether to go on


def was_left_open(file: Path) -> bool:
    """Whether the last who used it did not close it, or somebody else has it open now."""
    log = file.with_name(f"{file.name}-wal")
    return log.exists() and log.stat().st_size > 0


class Look:
    """One look over a whole file, which another thread can end."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._stopped = False

    def take(self, health: Health) -> None:
        """Look; it may take minutes, and nobody waits for it. Damage is told to ``health``."""
        try:
            self.demand()
        except DamagedDatabase as damage:
            health.met(Hindrance.DAMAGED, damage.reason)
        except sqlite3.Error as error:
            hindrance = hindrance_of(error, reading=True)
            if hindrance is not None:
                health.met(hindrance, engines.reason(error))
            elif not self._stopped:
                raise

    def demand(self) -> None:
        """Look.

        Raises:
            DamagedDatabase: it is damaged.
            sqlite3.Error: it could not be read, or was stopped.
        """
        with closing(engines.looking(self._url)) as connection:
            # Asked now and then: an interrupt from outside is lost on what has yet to begin.
            connection.set_progress_handler(lambda: self._stopped, _STEPS)
            try:
                (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            except sqlite3.Error as error:
                if hindrance_of(error) is not Hindrance.DAMAGED:
                    raise
                raise DamagedDatabase(engines.where(self._url), engines.reason(error)) from error
        if found != "ok":
            raise DamagedDatabase(engines.where(self._url), " ".join(str(found).split()))

    def stop(self) -> None:
        """End it soon, from any thread."""
        self._stopped = True
