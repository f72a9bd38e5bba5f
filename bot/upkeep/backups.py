"""Backups that the running program makes each night, and how long they are kept."""

import asyncio
import logging
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.upkeep.keeping import Keep
from storage import backups
from storage.database import Database
from storage.errors import StorageError

_log = logging.getLogger(__name__)
_NAME: Final = re.compile(r"leda-(\d{8}T\d{6}Z)\.db")
_STAMP: Final = "%Y%m%dT%H%M%SZ"


def made_in(folder: Path) -> dict[datetime, Path]:
    """The backups in a folder that leda named, by when they were made (aware UTC)."""
    found: dict[datetime, Path] = {}
    for path in folder.glob("leda-*.db"):
        if match := _NAME.fullmatch(path.name):
            found[datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)] = path
    return found


def forget_old(folder: Path, keep: Keep) -> list[Path]:
    """Delete the backups in a folder that are not kept any longer; which those were."""
    made = made_in(folder)
    over = [made[moment] for moment in made.keys() - keep.of(made)]
    for path in over:
        path.unlink(missing_ok=True)
    return sorted(over)


class NightlyBackups:
    """Makes a backup and forgets old ones. ``trouble`` is why the last could not be made."""

    def __init__(self, db: Database, folder: Path | None, keep: Keep) -> None:
        self._db, self._folder, self._keep = db, folder, keep
        self._stopped = False
        self.trouble: str | None = None

    @property
    def wanted(self) -> bool:
        """Whether any are to be made; PostgreSQL has its own."""
        return self._folder is not None and not self._db.shared

    async def make(self, now: datetime) -> bool:
        """Make one, beside all who work; a failure is logged, and kept in ``trouble``.

        Args:
            now: aware UTC.

        Returns:
            whether there is news: the first failure, or the first success after one.
        """
        if self._folder is None or not self.wanted:
            return False
        before = self.trouble
        try:
            await asyncio.to_thread(self._make, self._folder, now)
        except backups.LeftOff:
            return False  # leda stops
        except (StorageError, OSError) as error:
            self.trouble = str(error)
            if before is None:
                _log.error("the nightly backup was not made: %s", error)
        else:
            self.trouble = None
        return (before is None) is not (self.trouble is None)

    def newest(self) -> datetime | None:
        """When the newest there is was made (aware UTC)."""
        return max(made_in(self._folder), default=None) if self._folder else None

    def stop(self) -> None:
        """Leave off what is being made; from any thread."""
        self._stopped = True

    def _make(self, folder: Path, now: datetime) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        began = datetime.now(UTC)
        made = backups.back_up(self._db.url, folder, now=now, go_on=lambda: not self._stopped)
        over = forget_old(folder, self._keep)
        took = (datetime.now(UTC) - began) / timedelta(seconds=1)
        _log.info("backup %s: made in %.1f s, %d older deleted", made.path.name, took, len(over))
