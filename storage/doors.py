"""How units of work are run: one after another with shared commits, or side by side."""

import logging
import random
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Any, Final, Protocol, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.engines import reason
from storage.errors import PASSING, Hindrance, NotRead, NotWritten, Unserved
from storage.hindrances import Health, OpenFiles, hindrance_of
from storage.units import Unit, in_groups, run_together, settle_all

SHARED: Final = 64  # units that share one commit, at most
TOGETHER: Final = 512  # … of those that can be run together
ATTEMPTS: Final = 12  # of one unit that lost to another, PostgreSQL only
_PAUSE: Final = 1.0  # seconds between two tries of a unit whose server is away

_LOST_TO_ANOTHER: Final = {"40001", "40P01"}  # serialization failure, deadlock

_log = logging.getLogger(__name__)


class Door(Protocol):
    """Takes units, runs and settles each, and when closed first finishes those it took."""

    def submit(self, unit: Unit[Any], /) -> None:
        """Take it; it is settled later, whatever happens."""

    def close(self) -> None:
        """Return when all that was taken is settled. May be called again."""


class SharedCommits:
    """SQLite's writer: one thread, and one commit for all the units that wait.

    A plain thread, not a job in an executor: test tools that wait for those would never end.
    """

    def __init__(self, engine: Engine, health: Health, files: OpenFiles) -> None:
        self._engine, self._health, self._files = engine, health, files
        self._queue: SimpleQueue[Unit[Any] | None] = SimpleQueue()
        self._closing = False
        self._thread = threading.Thread(target=self._serve, name="leda-write", daemon=True)
        self._thread.start()

    def submit(self, unit: Unit[Any], /) -> None:
        """Let it wait for the next commit."""
        self._queue.put(unit)

    def close(self) -> None:
        """Write what waits, as far as that can be done at once, and end the thread."""
        self._closing = True
        self._queue.put(None)
        self._thread.join()
        self._engine.dispose()

    def _serve(self) -> None:
        while self._serve_batch():
            pass

    def _serve_batch(self) -> bool:
        """Take, write and settle one batch; False when it was the last."""
        taken = [self._queue.get()]
        alone = 0
        while len(taken) < TOGETHER and alone < SHARED:
            try:
                taken.append(unit := self._queue.get_nowait())
            except Empty:
                break
            alone += unit is None or unit.part is None
        batch = [unit for unit in taken if unit is not None]
        self._write(batch)
        return len(batch) == len(taken)

    def _write(self, batch: list[Unit[Any]]) -> None:
        """Write and settle: together, or each alone where one of them spoils it for all."""
        error = self._commit(batch) if batch else None
        while hindrance_of(error) is Hindrance.BUSY and not self._closing:
            late = [unit for unit in batch if not unit.may_wait]
            self._fail(late, error)
            batch = [unit for unit in batch if unit not in late]
            error = self._commit(batch) if batch else None
        if error is None:
            self._succeed(batch)
        elif len(batch) > 1 and hindrance_of(error) not in {Hindrance.BUSY, Hindrance.GONE}:
            for unit in batch:
                self._write([unit])
        else:
            self._fail(batch, error)

    def _commit(self, batch: list[Unit[Any]]) -> BaseException | None:
        """What came in the way of all of them, if anything did."""
        try:
            self._files.demand()
            groups = in_groups(batch)
            if len(groups) > 1 or not self._commit_alone(groups[0]):
                with self._transaction() as connection:
                    for group in groups:
                        _run_in(connection, group)
            self._files.demand()  # nobody is told that something is saved in a file that is gone
        except BaseException as error:  # noqa: BLE001 - every caller is told, and the thread lives
            return error
        return None

    def _commit_alone(self, group: list[Unit[Any]]) -> bool:
        """Commit a group that shares the transaction with nobody, and so needs no savepoint.

        Returns:
            whether that was done; if not, nothing of it is written.
        """
        if group[0].part is None:
            return False
        try:
            with self._transaction() as connection:
                run_together(group, connection, "rollback_only")
        except Exception as error:
            if hindrance_of(error) is not None:
                raise
            _log.debug("Units of work failed together", exc_info=True)
            return False
        return True

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._engine.begin() as connection:
            if self._health.hindrance is not None:
                # So that a commit shows whether anything can be written.
                connection.exec_driver_sql("PRAGMA user_version=0")
            yield connection

    def _succeed(self, batch: list[Unit[Any]]) -> None:
        """Answer what is committed; a unit may have met something that left the others alone."""
        explained = [_explain(unit, self._health, NotWritten) for unit in batch]
        if all(explained):
            self._health.well()
        settle_all(batch)

    def _fail(self, batch: list[Unit[Any]], error: BaseException | None) -> None:
        """Tell all of them that nothing was written, and why."""
        if error is None or not batch:
            return
        hindrance = hindrance_of(error)
        if hindrance is None:
            _log.error("A commit of %d units failed, none was written", len(batch), exc_info=error)
        else:
            self._health.met(hindrance, reason(error), error)
        for unit in batch:
            if unit.error is None:
                unit.error = NotWritten(self._health.where, reason(error), hindrance)
                unit.error.__cause__ = error
        settle_all(batch)


def _run_in(connection: Connection, group: list[Unit[Any]]) -> None:
    """Run a group in a transaction that others share: together, or each by itself."""
    if len(group) > 1:
        try:
            run_together(group, connection, "create_savepoint")
        except Exception as error:  # noqa: BLE001 - each meets it again, by itself
            _log.debug("Units of work failed together", exc_info=True)
            _demand_transaction(connection, error)
        else:
            _demand_transaction(connection, None)
            return
    for unit in group:
        unit.run(connection)
        met, unit.error = unit.error, None
        _demand_transaction(connection, met)
        unit.error = met


def _demand_transaction(connection: Connection, met: BaseException | None) -> None:
    """Raise what was met if it ended the transaction of all.

    SQLite rolls everything back by itself after some errors (a full disk, a failing one). The
    next unit's savepoint would then be a transaction of its own, and its release a commit.
    """
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    if driver.in_transaction:
        return
    first = met or sqlite3.OperationalError("the transaction was rolled back")
    while first.__context__ is not None:  # what came later only says that the savepoint is gone
        first = first.__context__
    raise first


class Pool:
    """Threads that run units side by side, one transaction each: all readers, and PostgreSQL."""

    def __init__(
        self, engine: Engine, threads: int, name: str, health: Health, failure: type[Unserved]
    ) -> None:
        self._engine, self._health, self._failure = engine, health, failure
        self._closing = False
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._gate = threading.Lock()
        self._lane: list[Unit[Any]] = []  # what can be run together, and waits for its turn
        self._in_lane = False

    def submit(self, unit: Unit[Any], /) -> None:
        """Let it wait for a thread; what can be run together shares one, or it would collide."""
        if unit.part is None:
            self._threads.submit(self._serve, unit)
            return
        with self._gate:
            self._lane.append(unit)
            if self._in_lane:
                return
            self._in_lane = True
            self._threads.submit(self._serve_lane)

    def close(self) -> None:
        """Run what waits, as far as that can be done at once, and end the threads."""
        self._closing = True
        self._threads.shutdown()
        self._engine.dispose()

    def _serve_lane(self) -> None:
        while True:
            with self._gate:
                group = next(iter(in_groups(self._lane[:TOGETHER])), [])
                del self._lane[: len(group)]
                self._in_lane = bool(group)
            if not group:
                return
            self._serve_together(group)

    def _serve_together(self, group: list[Unit[Any]]) -> None:
        for attempt in range(ATTEMPTS):
            try:
                run_together(group, self._engine, "create_savepoint")
            except Exception as error:  # noqa: BLE001 - each meets it again, by itself
                if not _lost_to_another(error):
                    break
                _step_aside(attempt)
            else:
                self._health.well()
                settle_all(group)
                return
        for unit in group:
            self._serve(unit)

    def _serve(self, unit: Unit[Any]) -> None:
        for attempt in range(ATTEMPTS):
            self._run(unit)
            if not _lost_to_another(unit.error):
                break
            _step_aside(attempt)
        _explain(unit, self._health, self._failure)
        if unit.error is None and self._failure is NotWritten:
            self._health.well()
        settle_all([unit])

    def _run(self, unit: Unit[Any]) -> None:
        """Once, or again and again while the database is busy or away, and nothing was begun."""
        unit.run(self._engine)
        while (
            hindrance_of(unit.error) in PASSING
            and not _lost_to_another(unit.error)
            and not (unit.committing and self._failure is NotWritten)
            and unit.may_wait
            and not self._closing
        ):
            time.sleep(_PAUSE)
            unit.run(self._engine)


def _step_aside(attempt: int) -> None:
    # Noise, so that those who collided do not meet again; nothing secret.
    time.sleep(random.uniform(0, min(0.01 * 2**attempt, 0.5)))  # noqa: S311


def _lost_to_another(error: BaseException | None) -> bool:
    return isinstance(error, DBAPIError) and (
        getattr(error.orig, "sqlstate", None) in _LOST_TO_ANOTHER
    )


def _explain(unit: Unit[Any], health: Health, failure: type[Unserved]) -> bool:
    """Whether the database did what it should; if not, say so instead of what it said."""
    error = unit.error
    hindrance = hindrance_of(error, reading=failure is NotRead)
    if error is None or hindrance is None or isinstance(error, OSError):
        return True
    health.met(hindrance, reason(error))
    if unit.committing and hindrance is Hindrance.AWAY and failure is NotWritten:
        hindrance = Hindrance.UNSURE
    unit.error = failure(health.where, reason(error), hindrance)
    unit.error.__cause__ = error
    return False
