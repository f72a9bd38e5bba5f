"""Whether the running program is well: it says so every half minute, and others can look."""

import asyncio
import json
import logging
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from sqlmodel import Session

from bot.domain.posts import ledger
from bot.upkeep.backups import NightlyBackups
from bot.works import Works
from storage.errors import StorageError

_log = logging.getLogger(__name__)

EVERY: Final = timedelta(seconds=30)
"""How often it says so."""
_STALE: Final = timedelta(seconds=75)  # two beats and a half
_AWAY: Final = timedelta(seconds=45)  # more than the gateway takes to go on after a short break
_OVERDUE: Final = timedelta(minutes=15)
_OLD_BACKUP: Final = timedelta(hours=36)
_PATIENCE: Final = 20.0  # seconds for a turn of the writer
_AT_LEAST: Final = 1.0  # seconds between two beats


@dataclass(frozen=True)
class Beat:
    """How a running program was at a moment; all moments are aware UTC.

    ``waits`` says that another process has its shards. ``gateway_lost`` and ``writer_lost`` say
    since when they do not answer, ``overdue`` when the oldest post was due that should be out by
    now, ``backup`` when the newest backup was made. ``backups`` says whether any are to be made,
    and ``backup_trouble`` why the last was not.
    """

    at: datetime
    pid: int
    version: str
    began: datetime
    servers: int = 0
    shards: tuple[int, ...] = ()
    waits: bool = False
    gateway_lost: datetime | None = None
    writer_lost: datetime | None = None
    overdue: datetime | None = None
    backups: bool = False
    backup: datetime | None = None
    backup_trouble: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {name: _text(value) for name, value in asdict(self).items()}

    def write(self, file: Path) -> None:
        """Put it where others look, whole or not at all."""
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = file.with_name(f".{file.name}.part")
        part.write_text(json.dumps(self.as_json()), encoding="utf-8")
        part.replace(file)

    @classmethod
    def read(cls, file: Path) -> "Beat | None":
        """What was said last; None if nothing was, or it makes no sense."""
        try:
            said: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            moments = ("at", "began", "gateway_lost", "writer_lost", "overdue", "backup")
            for name in moments:
                said[name] = datetime.fromisoformat(said[name]) if said[name] else None
            return cls(**{**said, "shards": tuple(said["shards"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None


def troubles(beat: Beat | None, now: datetime) -> list[str]:
    """What is wrong, a sentence each, for an operator; nothing where all is well.

    Args:
        beat: what the program said last.
        now: aware UTC.
    """
    if beat is None:
        return ["leda does not run, or has just begun: it has said nothing yet."]
    age = now - beat.at
    if age > _STALE:
        return [f"leda does not run, or stands still: it said nothing for {_span(age)}."]
    found = []
    if beat.gateway_lost and now - beat.gateway_lost >= _AWAY:
        found.append(f"leda is not connected to Discord for {_span(now - beat.gateway_lost)}.")
    if beat.writer_lost:
        found.append(f"Nothing can be saved for {_span(now - beat.writer_lost)}.")
    if beat.overdue and now - beat.overdue >= _OVERDUE:
        found.append(f"The oldest post that should be out is late by {_span(now - beat.overdue)}.")
    if beat.backup_trouble:
        found.append(f"The last backup was not made: {beat.backup_trouble}")
    elif beat.backups and now - max(beat.backup or beat.began, beat.began) >= _OLD_BACKUP:
        found.append("No backup was made for a day and a half.")
    return found


def file_for(database: Path | None, shards: frozenset[int]) -> Path:
    """Where a program says how it is: beside its SQLite file; else in data/, by its shards."""
    if database is not None:
        return database.with_name(f"{database.name}.health")
    ours = "-".join(str(each) for each in sorted(shards))
    return Path("data") / (f"leda-{ours}.health" if ours else "leda.health")


class Heart:
    """Says every half minute how the program is, and as soon as it is connected, or no more."""

    def __init__(self, file: Path, works: Works, backups: NightlyBackups) -> None:
        """Know where to say it, and whom to ask."""
        self._file, self._works, self._backups = file, works, backups
        self._began = works.now()
        self._version = version("leda")
        # Since when each shard is away; None stands for them before any is there.
        self._away: dict[int | None, datetime] = {}
        self._waits = True
        self._writer_lost: datetime | None = None
        self._beating: asyncio.Task[None] | None = None
        self._news = asyncio.Event()

    def begin(self) -> None:
        """Say it from now on; to be called in the event loop."""
        self._beating = self._beating or asyncio.create_task(self._beat_on())

    async def stop(self) -> None:
        """Say nothing more, and leave nothing that looks like a program at work."""
        if self._beating is None:
            return
        self._beating.cancel()
        await asyncio.wait({self._beating})
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

    def connects(self) -> None:
        """Note that no other process has its shards: it goes to Discord."""
        self._waits = False
        self._away[None] = self._works.now()

    def connected(self, shard: int) -> None:
        """Note that a shard answers."""
        self._away.pop(None, None)
        self._away.pop(shard, None)
        self._news.set()

    def disconnected(self, shard: int) -> None:
        """Note that a shard is away; discord.py says it each time that it tries to come back."""
        self._away.setdefault(shard, self._works.now())
        self._news.set()

    async def beat(self) -> None:
        """Say it once; where the disk takes nothing, others find that it grows old."""
        beat = await self._feel()
        with suppress(OSError):
            beat.write(self._file)  # not in a thread, which could still write once leda has stopped

    async def _beat_on(self) -> None:
        while True:
            self._news.clear()
            try:
                await self.beat()
            except Exception:  # noqa: BLE001 - whatever it is, it shows in what is not said
                _log.exception("the heart stumbled")
            await asyncio.sleep(_AT_LEAST)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), EVERY.total_seconds() - _AT_LEAST)

    async def _feel(self) -> Beat:
        works = self._works
        now, shards = works.now(), works.shards
        overdue = None
        try:
            async with asyncio.timeout(_PATIENCE):
                await works.db.write(_touch)
                overdue = await works.db.read(ledger.overdue, shards, now=now)
            self._writer_lost = None
        except (TimeoutError, StorageError):
            self._writer_lost = self._writer_lost or now
        return Beat(
            at=works.now(),
            pid=os.getpid(),
            version=self._version,
            began=self._began,
            servers=len(works.client.guilds),
            shards=tuple(sorted(shards.ids)),
            waits=self._waits,
            gateway_lost=min(self._away.values(), default=None),
            writer_lost=self._writer_lost,
            overdue=overdue,
            backups=self._backups.wanted,
            backup=await asyncio.to_thread(self._backups.newest),
            backup_trouble=self._backups.trouble,
        )


def _touch(session: Session) -> None:
    """The writer's turn is all that is asked for."""
    session.connection().exec_driver_sql("SELECT 1")


def _text(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _span(span: timedelta) -> str:
    """How long, in the largest unit that says it."""
    seconds = int(span.total_seconds())
    for size, name in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 2 * size:
            return f"{seconds // size} {name}s"
    return f"{seconds} seconds"
