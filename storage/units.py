"""How units of work are run: one after another with shared commits, or side by side."""

import asyncio
import logging
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Final, Generic, NoReturn, Protocol, TypeVar, cast

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from storage.engines import reason
from storage.errors import PASSING, Hindrance, NotRead, NotWritten, Unserved
from storage.hindrances import Health, OpenFiles, hindrance_of

T = TypeVar("T")

SHARED: Final = 64  # units that share one commit, at most
ATTEMPTS: Final = 12  # of one unit that lost to another, PostgreSQL only
PATIENCE: Final = 60.0  # seconds that a unit waits for a database that is busy or away
_PAUSE: Final = 1.0  # seconds between two tries of a unit whose server is away

_LOST_TO_ANOTHER: Final = {"40001", "40P01"}  # serialization failure, deadlock

_log = logging.getLogger(__name__)


class _Session(Session):
    """A session whose transaction belongs to the door."""

    def commit(self) -> NoReturn:
        """Refuse: others share the transaction, and an error later could not undo this part."""
        raise RuntimeError("a unit of work commits nothing: Database does, when it has returned")

    def rollback(self) -> NoReturn:
        """Refuse, as commit does."""
        raise RuntimeError("a unit of work undoes itself by raising, a part by begin_nested()")


@dataclass(slots=True, eq=False)
class Unit(Generic[T]):
    """One call: what to run, in the caller's context, and whom to answer."""

    work: Callable[[Session], T]
    answer: asyncio.Future[T]
    context: Context
    result: T | None = field(default=None, init=False)
    error: BaseException | None = field(default=None, init=False)
    committing: bool = field(default=False, init=False)
    _since: float = field(default_factory=time.monotonic, init=False)

    @property
    def may_wait(self) -> bool:
        """Whether it has not waited for long."""
        return time.monotonic() - self._since < PATIENCE

    def run(self, bind: Engine | Connection) -> None:
        """Keep the result or the error, whatever kind it is, for no unit may end its thread.

        On an Engine it is a transaction, within a Connection's transaction a savepoint; in both
        the flush comes before the end, so that a constraint's error belongs to this unit. A
        session of its own costs no more than sharing one, and knows nothing of other units.
        """
        self.error, self.committing = None, False
        try:
            with (
                _Session(
                    bind, expire_on_commit=False, join_transaction_mode="create_savepoint"
                ) as session,
                session.begin(),
            ):
                self.result = self.context.run(self.work, session)
                session.flush()
                self.committing = isinstance(bind, Engine)
        except StopIteration as error:
            # A future refuses this one kind of error, and its caller would wait for ever.
            self.error = RuntimeError("a unit of work raised StopIteration")
            self.error.__cause__ = error
        except BaseException as error:  # noqa: BLE001 - it is raised again, by the caller's await
            self.error = error

    def settle(self) -> None:
        """Hand the answer to the caller's event loop, from any thread."""
        try:
            self.answer.get_loop().call_soon_threadsafe(self._settle, context=self.context)
        except RuntimeError:
            _log.debug("A unit of work ended after its event loop: nobody waits for the answer")

    def _settle(self) -> None:
        if self.answer.done():
            return  # the caller was cancelled
        if self.error is not None:
            self.answer.set_exception(self.error)
        else:
            self.answer.set_result(cast("T", self.result))


@event.listens_for(_Session, "loaded_as_persistent")
@event.listens_for(_Session, "pending_to_persistent")
def _hold(session: Session, row: object) -> None:
    """Keep a row as long as the unit runs: else it is read again whenever nobody holds it."""
    session.info.setdefault("held", []).append(row)


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
        while len(taken) < SHARED:
            try:
                taken.append(self._queue.get_nowait())
            except Empty:
                break
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
            with self._engine.begin() as connection:
                if self._health.hindrance is not None:
                    # So that a commit shows whether anything can be written.
                    connection.exec_driver_sql("PRAGMA user_version=0")
                for unit in batch:
                    unit.run(connection)
                    _demand_transaction(connection, unit)
            self._files.demand()  # nobody is told that something is saved in a file that is gone
        except BaseException as error:  # noqa: BLE001 - every caller is told, and the thread lives
            return error
        return None

    def _succeed(self, batch: list[Unit[Any]]) -> None:
        """Answer what is committed; a unit may have met something that left the others alone."""
        explained = [_explain(unit, self._health, NotWritten) for unit in batch]
        if all(explained):
            self._health.well()
        for unit in batch:
            unit.settle()

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
            unit.settle()


def _demand_transaction(connection: Connection, unit: Unit[Any]) -> None:
    """Raise what a unit met if it ended the transaction of all.

    SQLite rolls everything back by itself after some errors (a full disk, a failing one). The
    next unit's savepoint would then be a transaction of its own, and its release a commit.
    """
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    if driver.in_transaction:
        return
    first = unit.error or sqlite3.OperationalError("the transaction was rolled back")
    while first.__context__ is not None:  # what came later only says that the savepoint is gone
        first = first.__context__
    unit.error = None
    raise first


class Pool:
    """Threads that run units side by side, one transaction each: all readers, and PostgreSQL."""

    def __init__(
        self, engine: Engine, threads: int, name: str, health: Health, failure: type[Unserved]
    ) -> None:
        self._engine, self._health, self._failure = engine, health, failure
        self._closing = False
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)

    def submit(self, unit: Unit[Any], /) -> None:
        """Let it wait for a thread."""
        self._threads.submit(self._serve, unit)

    def close(self) -> None:
        """Run what waits, as far as that can be done at once, and end the threads."""
        self._closing = True
        self._threads.shutdown()
        self._engine.dispose()

    def _serve(self, unit: Unit[Any]) -> None:
        for attempt in range(ATTEMPTS):
            self._run(unit)
            if not _lost_to_another(unit.error):
                break
            # Noise, so that those who collided do not meet again; nothing secret.
            time.sleep(random.uniform(0, min(0.01 * 2**attempt, 0.5)))  # noqa: S311
        _explain(unit, self._health, self._failure)
        if unit.error is None and self._failure is NotWritten:
            self._health.well()
        unit.settle()

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
