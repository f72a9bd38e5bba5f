"""The one door to the database: use cases run here, off the event loop, each in one transaction."""

import asyncio
import logging
import threading
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL
from sqlmodel import Session

from storage import apart, engines
from storage.desk import Desk, Person
from storage.doors import Door, Pool, SharedCommits
from storage.errors import LASTING, DatabaseClosed, NotRead, NotWritten
from storage.hindrances import Health, OpenFiles
from storage.holding import Hold, keep_private
from storage.soundness import Look, was_left_open
from storage.units import Part, Together, Unit
from storage.upgrade import upgrade

# Readers are soon done; seconds between two looks.
_SCRUBBING, _BETWEEN = 20, 0.1

_log = logging.getLogger(__name__)

P = ParamSpec("P")
Item = TypeVar("Item")
T = TypeVar("T")


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
        self._readers: Door | None = None
        self._writers: Door | None = None
        self._look: Look | None = None
        self._closed = False
        file = engines.file_of(self._url)
        self._hold = Hold(file) if file else None
        self.health = Health(engines.where(self._url))
        self._gate = threading.Lock()
        self._opening = threading.Lock()

    def __repr__(self) -> str:
        return f"Database({self._url.render_as_string(hide_password=True)!r})"

    @property
    def url(self) -> URL:
        """The address; its ``str()`` and ``repr()`` hide the password."""
        return self._url

    @property
    def shared(self) -> bool:
        """Whether several processes may use it at once."""
        return self._hold is None

    async def open(self) -> None:
        """Bring the schema up to date and start the threads; a second call does nothing.

        Raises:
            UnreachableDatabase, DamagedDatabase, NewerDatabase, DatabaseInUse: nothing was changed.
            DatabaseClosed: it was closed before.
        """
        await asyncio.to_thread(self._open)

    async def read(
        self, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``work`` on the state of one moment, beside writers and other readers.

        Raises:
            DatabaseClosed: it is not open.
            NotRead: it cannot be read now, or is damaged.
            sqlalchemy.exc.DBAPIError: among others when ``work`` tries to write.
        """
        return await self._run(self._readers, lambda session: work(session, *args, **kwargs))

    async def write(
        self, work: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run ``work`` and answer once what it wrote is on disk; if it raises, nothing of it is.

        Raises:
            DatabaseClosed: it is not open.
            NotWritten: it could not be saved, after a wait of about a minute where waiting helps.
                Once the database is found damaged or gone, nothing is written any more.
        """
        self._demand_writable()
        return await self._run(self._writers, lambda session: work(session, *args, **kwargs))

    async def write_part(self, part: Part[Any, T]) -> T:
        """As :meth:`write`, for work that is done at once for all who ask for it meanwhile."""
        self._demand_writable()
        return await self._run(self._writers, part.alone, part)

    def visit(self, programme_id: int, person: Person | None, now: datetime) -> "Visit":
        """Somebody's errand in a programme: runs use cases that take a :class:`Desk`."""
        return Visit(self, programme_id, person, now)

    async def scrub(self) -> None:
        """Leave nothing in SQLite's log of what was deleted; to be called after an erasure.

        What other databases keep of it is for whoever runs them.
        """
        file = engines.file_of(self._url)
        if file is None:
            return
        for _ in range(_SCRUBBING):
            if await asyncio.to_thread(engines.empty_log, file):
                return
            await asyncio.sleep(_BETWEEN)
        _log.warning("The log of %s is in use: what was erased stays in it for a while", file)

    async def look_over(self) -> None:
        """Look a whole SQLite file over for damage, beside all else; ``health`` is told of any.

        PostgreSQL looks after itself. A close ends it.
        """
        with self._gate:
            if self._closed or self._look is not None or not engines.file_of(self._url):
                return
            self._look = Look(self._url)
        try:
            await asyncio.to_thread(self._look.take, self.health)
        finally:
            self._look = None

    async def close(self) -> None:
        """Refuse what comes, finish and answer what was accepted, and let go of the database."""
        with self._gate:
            self._closed = True
            if self._look is not None:
                self._look.stop()
        await asyncio.to_thread(self._finish)

    def _demand_writable(self) -> None:
        if self.health.hindrance in LASTING:
            raise NotWritten(self.health.where, self.health.reason, self.health.hindrance)

    async def _run(
        self, door: Door | None, work: Callable[[Session], T], part: Part[Any, T] | None = None
    ) -> T:
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        unit = Unit(work, answer, copy_context(), part)
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
            with engines.explained(self._url):
                if self._hold:
                    keep_private(self._hold.file)
                    self._hold.take()
            try:
                self._start()
            except BaseException:
                self._release()
                raise

    def _start(self) -> None:
        file = engines.file_of(self._url)
        unclean = file is not None and was_left_open(file)
        # The real clock: it names the copy that a migration may leave, and nothing else.
        upgrade(self._url, now=datetime.now(UTC))
        with engines.explained(self._url):
            if unclean:
                Look(self._url).demand()
            reading, writing = engines.reading(self._url), engines.writing(self._url)
            engines.prove_writable(writing)
        self._readers = Pool(reading, engines.READERS, "leda-read", self.health, NotRead)
        self._writers = (
            SharedCommits(writing, self.health, OpenFiles(file))
            if file
            else Pool(writing, engines.POSTGRESQL_WRITERS, "leda-write", self.health, NotWritten)
        )

    def _finish(self) -> None:
        with self._opening:
            for door in (self._readers, self._writers):  # who leaves SQLite last tidies its files
                if door is not None:
                    door.close()
            self._release()

    def _release(self) -> None:
        if self._hold:
            self._hold.release()


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's errand in one programme, at one moment; leda's own where ``person`` is None."""

    database: Database
    programme_id: int
    person: Person | None
    now: datetime

    async def read(
        self, work: Callable[Concatenate[Desk, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As :meth:`Database.read`, with a desk."""
        return await self.database.read(lambda session: work(self._desk(session), *args, **kwargs))

    async def read_apart(self, work: Callable[..., T], /, *args: Any) -> T:
        """As :meth:`read`, in a process of its own, for what reads very much."""
        url = self.database.url.render_as_string(hide_password=False)
        found: T = await apart.read(url, self.programme_id, self.person, self.now, work, args)
        return found

    async def write(
        self, work: Callable[Concatenate[Desk, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As :meth:`Database.write`, with a desk."""
        return await self.database.write(lambda session: work(self._desk(session), *args, **kwargs))

    async def write_together(self, work: Together[Item, T], item: Item, /) -> T:
        """As :meth:`write`, at once with whoever asks for the same work meanwhile."""
        return await self.database.write_part(Part(work, self._desk, item))

    def _desk(self, session: Session) -> Desk:
        return Desk(session, self.programme_id, self.person, self.now)
