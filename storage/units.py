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
from storage.errors import NotWritten

T = TypeVar("T")

SHARED: Final = 64  # units that share one commit, at most
ATTEMPTS: Final = 12  # of one unit that lost to another, PostgreSQL only

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

    def run(self, bind: Engine | Connection) -> None:
        """Keep the result or the error, whatever kind it is, for no unit may end its thread.

        On an Engine it is a transaction, within a Connection's transaction a savepoint; in both
        the flush comes before the end, so that a constraint's error belongs to this unit. A
        session of its own costs no more than sharing one, and knows nothing of other units.
        """
        self.error = None
        try:
            with (
                _Session(
                    bind, expire_on_commit=False, join_transaction_mode="create_savepoint"
                ) as session,
                session.begin(),
            ):
                self.result = self.context.run(self.work, session)
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

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._where = where
        self._queue: SimpleQueue[Unit[Any] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="leda-write", daemon=True)
        self._thread.start()

    def submit(self, unit: Unit[Any], /) -> None:
        """Let it wait for the next commit."""
        self._queue.put(unit)

    def close(self) -> None:
        """Write what waits, and end the thread."""
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
        for unit in batch:
            unit.settle()
        return len(batch) == len(taken)

    def _write(self, batch: list[Unit[Any]]) -> None:
        if not batch:
            return
        try:
            with self._engine.begin() as connection:
                for unit in batch:
                    unit.run(connection)
                    _demand_transaction(connection, unit)
        except BaseException as error:  # noqa: BLE001 - every caller is told, and the thread lives
            _log.exception("A commit of %d units failed, and none of them was written", len(batch))
            for unit in batch:
                if unit.error is None:
                    unit.error = NotWritten(self._where, reason(error))
                    unit.error.__cause__ = error


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

    def __init__(self, engine: Engine, threads: int, name: str) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)

    def submit(self, unit: Unit[Any], /) -> None:
        """Let it wait for a thread."""
        self._threads.submit(self._serve, unit)

    def close(self) -> None:
        """Run what waits, and end the threads."""
        self._threads.shutdown()
        self._engine.dispose()

    def _serve(self, unit: Unit[Any]) -> None:
        for attempt in range(ATTEMPTS):
            unit.run(self._engine)
            if not _lost_to_another(unit.error):
                break
            # Noise, so that those who collided do not meet again; nothing secret.
            time.sleep(random.uniform(0, min(0.01 * 2**attempt, 0.5)))  # noqa: S311
        unit.settle()


def _lost_to_another(error: BaseException | None) -> bool:
    return isinstance(error, DBAPIError) and (
        getattr(error.orig, "sqlstate", None) in _LOST_TO_ANOTHER
    )
