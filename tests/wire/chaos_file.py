"""What befalls the database's file: it is locked, full, replaced, and set back."""

import asyncio
import random
import resource
import shutil
import sqlite3
import threading
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from tests.wire.programme import Scene

_LOCKED, _FULL = 0.25, 0.15  # shares of lives
_SOON: Final = (0.0, 1.5)  # seconds from a life's begin
_LOCK: Final = (1.0, 6.0)  # seconds
_LONG, _LONG_LOCK = 0.1, (8.0, 15.0)  # the share of locks that last longer, and how long
_FULL_FOR: Final = (1.0, 2.0)
_ROOM: Final = 64 * 1024  # bytes that the log may still grow by
_REPLACED: Final = 1 / 40  # of lives
_NOTICED: Final = 90.0  # seconds until the program must have stopped by itself
_UNUSABLE: Final = 2  # what it exits with
_SET_BACK: Final = 1 / 25  # of deaths
_KEPT: Final = 6  # backups, one a death


class File:
    """No work of the program's, but trouble with its file; the runner asks for it.

    Backups are taken as an operator would, with SQLite's own. One that is put back is some deaths
    old. A program whose file is replaced under it has to stop by itself; whatever it answered
    until then is lost with a word, and the works are told that an older file is in place.
    """

    def __init__(self) -> None:
        self._came: Counter[str] = Counter(dict.fromkeys((
            "locks", "times that the file was full", "times that the program found it full",
            "files replaced", "… and the program stopped by itself", "older files put back",
        ), 0))  # fmt: skip
        self._backups: list[Path] = []
        self._number = 0
        self._true: Path | None = None
        self._wrong: list[str] = []

    async def live(self, scene: Scene, dice: random.Random) -> None:
        drawn = dice.random()
        await asyncio.sleep(dice.uniform(*_SOON))
        if drawn < _LOCKED:
            await self._lock(scene, dice.uniform(*(_LONG_LOCK if dice.random() < _LONG else _LOCK)))
        elif drawn < _LOCKED + _FULL:
            await self._fill(scene, dice.uniform(*_FULL_FOR))

    async def _lock(self, scene: Scene, seconds: float) -> None:
        self._came["locks"] += 1
        over = threading.Event()
        try:
            await asyncio.to_thread(_hold, scene.program.database, seconds, over)
        finally:
            over.set()

    async def _fill(self, scene: Scene, seconds: float) -> None:
        """Nothing beyond a size can be written; the log, which is a file as well, still can."""
        self._came["times that the file was full"] += 1
        pid, size = scene.program.pid, scene.program.log_file.stat().st_size + _ROOM
        _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, most))
        try:
            await asyncio.sleep(seconds)
        finally:
            with suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))
            self._came["times that the program found it full"] += _found_full(scene)

    def replaces(self, dice: random.Random) -> bool:
        """Whether this is a life in which the file is replaced."""
        return dice.random() < _REPLACED

    async def replace(self, scene: Scene) -> None:
        """Put a copy in the file's place, and wait until the program stops of it."""
        database = scene.program.database
        self._came["files replaced"] += 1
        self._true = database.with_name("true.db")
        _copy(database, self._true)
        copy = database.with_name("copy.db")
        shutil.copy(self._true, copy)
        copy.replace(database)  # and not a moment passed since the copy
        with suppress(TimeoutError):
            await scene.discord.until(lambda: not scene.program.runs, _NOTICED)
        if scene.program.status == _UNUSABLE:
            self._came["… and the program stopped by itself"] += 1
        else:
            status = scene.program.status
            self._wrong.append(f"WRONG: its file was replaced, and it did not stop: {status}")

    def put_right(self, scene: Scene) -> bool:
        """After a life: put the true file in place again; whether that is an older one."""
        if self._true is None:
            return False
        _put(self._true, scene.program.database)
        self._true = None
        return True

    def set_back(self, scene: Scene, dice: random.Random) -> bool:
        """Between lives: take a backup, and rarely put an older one in place; whether it did."""
        self._number += 1
        backup = scene.program.database.with_name(f"backup-{self._number}.db")
        _copy(scene.program.database, backup)
        self._backups.append(backup)
        if len(self._backups) > _KEPT:
            self._backups.pop(0).unlink()
        if len(self._backups) < _KEPT or dice.random() >= _SET_BACK:
            return False
        chosen = dice.randrange(_KEPT - 2)  # not the last two
        _put(self._backups[chosen], scene.program.database)
        for newer in self._backups[chosen + 1 :]:
            newer.unlink()
        del self._backups[chosen:]
        self._came["older files put back"] += 1
        return True

    def tally(self) -> dict[str, int]:
        return dict(self._came)

    def failures(self) -> list[str]:
        return self._wrong


def _hold(database: Path, seconds: float, over: threading.Event) -> None:
    """Another process that writes, and takes its time."""
    with (
        closing(sqlite3.connect(database, timeout=5.0, isolation_level=None)) as file,
        suppress(sqlite3.OperationalError),  # it was too busy
    ):
        file.execute("begin immediate")
        over.wait(seconds)
        file.rollback()


def _copy(database: Path, copy: Path) -> None:
    with closing(sqlite3.connect(database)) as file, closing(sqlite3.connect(copy)) as made:
        file.backup(made)


def _put(copy: Path, database: Path) -> None:
    for beside in ("-wal", "-shm"):
        database.with_name(database.name + beside).unlink(missing_ok=True)
    copy.replace(database)


def _found_full(scene: Scene) -> bool:
    said = scene.program.log
    return "disk I/O error" in said or "disk is full" in said
