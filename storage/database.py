"""The one door to the database: use cases run here, off the event loop, each in one transaction."""

import asyncio
import logging
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from typing import Any, Concatenate, Final, Generic, NoReturn, ParamSpec, Protocol, TypeVar, cast

import sqlmodel
from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage import engines
from storage.errors import DatabaseClosed, NotWritten
from storage.upgrade import upgrade

P = ParamSpec("P")
T = TypeVar("T")

_SHARED: Final = 64  # units that share one commit, at most
_ATTEMPTS: Final = 12  # of one unit that lost to another, PostgreSQL only
_LOST_TO_ANOTHER: Final = {"40001", "40P01"}  # serialization failure, deadlock

_log = logging.getLogger(__name__)


class Database:
    """Runs units of work: plain functions whose first parameter is a ``sqlmodel.Session``.

    On SQLite one thread writes, in the order of the calls, and commits together what waits, so
    that a burst costs few disk syncs. On PostgreSQL several write side by side, and a unit that
    lost to another is run again: **a unit may run more than once, and must do nothing but read
    and write**. A unit commits nothing itself; objects it loaded may be used after it returned.

    A caller that is cancelled stops waiting, but its unit may still be written.
    """

    def __init__(self, url: str) -> None:
        """Remember the address; nothing is opened, and no folder made, before ``open()``.

        Args:
            url: ``sqlite:///data/leda.db``, ``sqlite:////srv/leda.db`` or ``postgresql://…``.

        Raises:
            UnreachableDatabase: it is neither SQLite nor PostgreSQL, or SQLite without a file.
        """
        self._url = engines.parse(url)
        self._readers: _Door | None = None
        self._writers: _Door | None = None
        self._closed = False
        self._gate = threading.Lock()
        self._opening = threading.Lock()

    def __repr__(self) -> str:
        return f"Database({self._url.render_as_string(hide_password=True)!r})"

    @property
    def url(self) -> URL:
        """The address; its ``str()`` and ``repr()`` hide the password."""
        return self._url

    async def open(self) -> None:
        """Bring the schema up to date and start the threads; a second call does nothing.

        Raises:
            UnreachableDatabase, DamagedDatabase, NewerDatabase: nothing was changed.
            DatabaseClosed: it was closed before.
        """
        await asyncio.to_thread(self._open)

    async def read(
        self,
        work: Callable[Concatenate[sqlmodel.Session, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run ``work`` on the state of one moment, beside writers and other readers.

        Raises:
            DatabaseClosed: it is not open.
            sqlalchemy.exc.DBAPIError: among others when ``work`` tries to write.
        """
        return await self._run(self._readers, lambda session: work(session, *args, **kwargs))

    async def write(
        self,
        work: Callable[Concatenate[sqlmodel.Session, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run ``work`` and answer once what it wrote is on disk; if it raises, nothing of it is.

        Raises:
            DatabaseClosed: it is not open.
            NotWritten: the commit that this unit shared with others failed, for all of them.
        """
        return await self._run(self._writers, lambda session: work(session, *args, **kwargs))

    async def close(self) -> None:
        """Refuse what comes, finish and answer what was accepted, and let go of the database."""
        with self._gate:
            self._closed = True
        await asyncio.to_thread(self._finish)

    async def _run(self, door: "_Door | None", work: Callable[[sqlmodel.Session], T]) -> T:
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        unit = _Unit(work, answer, copy_context())
        with self._gate:  # so that close() finds every unit that was accepted
            if door is None or self._closed:
                raise DatabaseClosed(engines.where(self._url))
            door.submit(unit)
        return await answer

    def _open(self) -> None:
        with self._opening:
            if self._closed:
                raise DatabaseClosed(engines.where(self._url))
            if self._writers is not None:
                return
            # The real clock: it names the copy that a migration may leave, and nothing else.
            upgrade(self._url, now=datetime.now(UTC))
            with engines.explained(self._url):
                reading, writing = engines.reading(self._url), engines.writing(self._url)
                engines.prove_writable(writing)
            self._readers = _Pool(reading, engines.READERS, "leda-read")
            self._writers = (
                _SharedCommits(writing, engines.where(self._url))
                if engines.file_of(self._url)
                else _Pool(writing, engines.POSTGRESQL_WRITERS, "leda-write")
            )

    def _finish(self) -> None:
        with self._opening:
            for door in (self._readers, self._writers):  # who leaves SQLite last tidies its files
                if door is not None:
                    door.close()


class _Session(sqlmodel.Session):
    """A session whose transaction belongs to the door."""

    def commit(self) -> NoReturn:
        """Refuse: others share the transaction, and an error later could not undo this part."""
        raise RuntimeError("a unit of work commits nothing: Database does, when it has returned")

    def rollback(self) -> NoReturn:
        """Refuse, as commit does."""
        raise RuntimeError("a unit of work undoes itself by raising, a part by begin_nested()")


@dataclass(slots=True, eq=False)
class _Unit(Generic[T]):
    """One call: what to run, in the caller's context, and whom to answer."""

    work: Callable[[sqlmodel.Session], T]
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


class _Door(Protocol):
    """Takes units, runs and settles each, and when closed first finishes those it took."""

    def submit(self, unit: _Unit[Any], /) -> None: ...

    def close(self) -> None: ...


class _SharedCommits:
    """SQLite's writer: one thread, and one commit for all the units that wait.

    A plain thread, not a job in an executor: test tools that wait for those would never end.
    """

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._where = where
        self._queue: SimpleQueue[_Unit[Any] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="leda-write", daemon=True)
        self._thread.start()

    def submit(self, unit: _Unit[Any], /) -> None:
        self._queue.put(unit)

    def close(self) -> None:
        self._queue.put(None)
        self._thread.join()
        self._engine.dispose()

    def _serve(self) -> None:
        while self._serve_batch():
            pass

    def _serve_batch(self) -> bool:
        """Take, write and settle one batch; False when it was the last."""
        taken = [self._queue.get()]
        while taken[-1] is not None and len(taken) < _SHARED:
            try:
                taken.append(self._queue.get_nowait())
            except Empty:
                break
        batch = [unit for unit in taken if unit is not None]
        self._write(batch)
        for unit in batch:
            unit.settle()
        return len(batch) == len(taken)

    def _write(self, batch: list[_Unit[Any]]) -> None:
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
                    unit.error = NotWritten(self._where, engines.reason(error))
                    unit.error.__cause__ = error


def _demand_transaction(connection: Connection, unit: _Unit[Any]) -> None:
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


class _Pool:
    """Threads that run units side by side, one transaction each: all readers, and PostgreSQL."""

    def __init__(self, engine: Engine, threads: int, name: str) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)

    def submit(self, unit: _Unit[Any], /) -> None:
        self._threads.submit(self._serve, unit)

    def close(self) -> None:
        self._threads.shutdown()
        self._engine.dispose()

    def _serve(self, unit: _Unit[Any]) -> None:
        for attempt in range(_ATTEMPTS):
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
