"""Leases: several processes on one PostgreSQL, and each shard with one of them."""

import asyncio
import contextlib
import logging
import os
import secrets
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from storage import leases
from storage.database import Database
from storage.engines import reason
from storage.errors import StorageError, Unserved
from storage.leases import ShardLease
from storage.shards import Shards

_log = logging.getLogger(__name__)

_TO_RELEASE: Final = 1.0  # seconds, of those that a stop may take
_AWAY: Final = (SQLAlchemyError, Unserved)
_STOOD_STILL: Final = "this process stood still"
# Goes on while the machine sleeps, where there is such a clock.
_CLOCK: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


@dataclass(frozen=True)
class LeaseTimes:
    """How long what takes, in seconds.

    Between two renewals; from the last one until nothing is posted, and until others may take
    over; between two looks of who waits; between two identifies, of all processes.
    """

    renew: float = 10.0
    doubt: float = 20.0
    life: float = 45.0
    look: float = 2.0
    identify: float = 5.5  # Discord wants five, and some arrive later than others

    def divided(self, by: float) -> "LeaseTimes":
        """The same, so many times as fast."""
        return LeaseTimes(*(each / by for each in vars(self).values()))


TIMES = LeaseTimes()


class Leases:
    """The shards that this process holds, so that no other answers for them.

    On SQLite the file itself is held, so none are needed: it is always sure.
    """

    def __init__(self, db: Database) -> None:
        self._db, self._times = db, TIMES
        # The last part tells it from one of the same number, in a container or before a restart.
        where = f"process {os.getpid()} on {socket.gethostname()}"
        self._holder = f"{where} ({secrets.token_hex(3)})"
        self._shards: Shards | None = None
        self._renewed_at: float | None = None
        self._doubted, self._trouble = False, _STOOD_STILL
        self._asking: asyncio.Task[Sequence[ShardLease]] | None = None
        self._keeping: asyncio.Task[None] | None = None
        self.lost = asyncio.Event()
        # What follows when it is sure again, after it was not.
        self.then: Callable[[], None] = _nothing

    @property
    def sure(self) -> bool:
        """Whether the shards are this process's: long before another may take them over."""
        if not self._db.shared:
            return True
        return (
            not self.lost.is_set()
            and self._renewed_at is not None
            and _now() < self._renewed_at + self._times.doubt
        )

    async def take(self, shards: Shards) -> None:
        """Wait until no other process holds the shards, and hold them until :meth:`release`.

        When another took them over after all, ``lost`` is set, and they are not asked for again.
        """
        if not self._db.shared:
            return
        self._shards = shards
        said = ""
        while True:
            try:
                said_now = self._waits_for(await self._ask())
            except _AWAY as error:
                said_now = f"the database cannot be asked ({reason(error)}), and this process waits"
            if not said_now:
                break
            if said_now != said:
                _log.warning("leases: %s", said_now)
                said = said_now
            await asyncio.sleep(self._times.look)
        _log.info("leases: this process holds %s of %s", _named(shards.ids), shards.count)
        self._keeping = asyncio.create_task(self._keep())

    async def release(self) -> None:
        """Let others have the shards at once; where the database is away, when they run out."""
        if self._shards is None:
            return
        if self._keeping is not None:
            self._keeping.cancel()
        self.lost.set()
        with contextlib.suppress(StorageError, SQLAlchemyError, TimeoutError):
            async with asyncio.timeout(_TO_RELEASE):
                if self._asking is not None:  # or it would take them again, once they are released
                    await asyncio.wait({self._asking})
                await self._db.write(leases.release, self._holder)

    async def turn(self) -> None:
        """Wait for the turn to identify: Discord takes one in five seconds, of all processes."""
        pause = timedelta(seconds=self._times.identify)
        while True:
            try:
                wait = await self._db.write(leases.take_turn, self._holder, pause)
            except _AWAY:
                wait = timedelta(seconds=self._times.look)
            if not wait:
                return
            await asyncio.sleep(wait.total_seconds())

    async def _ask(self) -> Sequence[ShardLease]:
        """What is in the way; nothing if all is taken or renewed. A caller may go, and not it."""
        began = _now()
        life = timedelta(seconds=self._times.life)
        assert self._shards is not None
        self._asking = asyncio.ensure_future(
            self._db.write(leases.take, self._shards, self._holder, life)
        )
        in_the_way = await asyncio.shield(self._asking)
        if not in_the_way:
            self._renewed_at = began
        return in_the_way

    async def _keep(self) -> None:
        pause = self._times.renew
        while not self.lost.is_set():
            await asyncio.sleep(pause)
            self._look(self._trouble)
            renewal = asyncio.create_task(self._ask())
            while not renewal.done():
                await asyncio.wait({renewal}, timeout=self._times.look)
                self._look("the database does not answer")
            pause = self._settle(renewal)

    def _settle(self, renewal: asyncio.Task[Sequence[ShardLease]]) -> float:
        """What follows from a try to renew; seconds until the next one."""
        try:
            in_the_way = renewal.result()
        except Exception as error:  # noqa: BLE001 - whatever it is, they are not renewed
            self._trouble = reason(error)
            self._look(self._trouble)
            return self._times.look
        self._trouble = _STOOD_STILL
        if in_the_way:
            self.lost.set()
            _log.error("leases: lost. %s", self._waits_for(in_the_way))
        elif self._doubted and self.sure:
            self._doubted = False
            _log.warning("leases: renewed, and posting goes on")
            self.then()
        # From when it was asked for: that may be long ago.
        return max(self._times.look, (self._renewed_at or 0.0) + self._times.renew - _now())

    def _look(self, why: str) -> None:
        """Say once that nothing is posted, when it is so."""
        if not self._doubted and not self.sure:
            self._doubted = True
            _log.warning(
                "leases: not renewed for %g s (%s): nothing is posted until they are",
                self._times.doubt, why,
            )  # fmt: skip

    def _waits_for(self, in_the_way: Sequence[ShardLease]) -> str:
        """Who holds what, and that this process waits; nothing if nobody does."""
        if not in_the_way or self._shards is None:
            return ""
        first, count = in_the_way[0], self._shards.count
        since = f"{first.holder}, since {first.since:%Y-%m-%d %H:%M:%S} UTC"
        if first.count != count:
            return (
                f"the shards are {first.count} in all for {since}, and {count} for this process: "
                "it waits until that one has ended. All on one database need the same SHARD_COUNT"
            )
        theirs = _named(each.shard for each in in_the_way if each.holder == first.holder)
        return (
            f"{theirs} of {count} held by {since}: this process waits, and takes over when that "
            f"one has ended, or has not been heard of for {self._times.life:g} s"
        )


def _named(shards: Iterable[int]) -> str:
    numbers = [str(each) for each in sorted(shards)]
    return f"shard{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"


def _now() -> float:
    return time.clock_gettime(_CLOCK)


def _nothing() -> None:
    """What follows where nobody wants anything."""
