"""How SQLite and PostgreSQL are opened: addresses, and what every connection is told."""

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from storage.errors import DamagedDatabase, UnreachableDatabase

READERS: Final = 4
POSTGRESQL_WRITERS: Final = 8

# How long to wait for another process that holds the file: behind a press somebody waits, and
# behind a start another process may be migrating.
_PRESS_WAIT_MS: Final = 10_000
_START_WAIT_MS: Final = 120_000

# What may be over by itself. Of PostgreSQL everything but what somebody has to put right: its
# errors while connecting have no code, and a server answers in the language of its settings.
_PASSING_ERRNO: Final = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ESTALE}
_PASSING_CODES: Final = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR,
}  # fmt: skip
_LASTING: Final = re.compile(
    r"authentication|password|does not exist|permission denied|pg_hba|no encryption|certificate",
    re.IGNORECASE,
)

# Errors are logged, and logs do not hold what people wrote.
_PRIVATE: Final = True


def parse(url: str) -> URL:
    """The address as SQLAlchemy knows it, with the driver that leda uses.

    Raises:
        UnreachableDatabase: neither a SQLite file nor PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        # The text may hold a password: it is not repeated, not even as the cause.
        raise UnreachableDatabase("of the settings", "its address cannot be read") from None
    kind = parsed.drivername.partition("+")[0]
    if kind in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if kind != "sqlite":
        raise UnreachableDatabase(where(parsed), "leda knows SQLite and PostgreSQL")
    if parsed.database in {None, "", ":memory:"}:
        # Readers and the writer have connections of their own, so they would not meet in memory.
        raise UnreachableDatabase(where(parsed), "SQLite needs a file, as sqlite:///data/leda.db")
    return parsed.set(drivername="sqlite")


def where(url: URL) -> str:
    """What to call it in a sentence: the file, or the address without its password."""
    return str(file_of(url) or url.render_as_string(hide_password=True))


def file_of(url: URL) -> Path | None:
    """The SQLite file; None for PostgreSQL."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    return Path(url.database)


def writing(url: URL) -> Engine:
    """For units of work that write: each transaction can rely on what it read."""
    if file_of(url):
        return _sqlite(url, begin="BEGIN IMMEDIATE", pool=_kept(1), wait_ms=_PRESS_WAIT_MS)
    return _postgresql(url, pool=_kept(POSTGRESQL_WRITERS), isolation_level="SERIALIZABLE")


def reading(url: URL) -> Engine:
    """For units of work that read: each transaction sees one moment, and cannot write."""
    if file_of(url):
        return _sqlite(
            url, begin="BEGIN", pool=_kept(READERS), wait_ms=_PRESS_WAIT_MS, read_only=True
        )
    return _postgresql(
        url,
        pool=_kept(READERS),
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
    )


def migrating(url: URL) -> Engine:
    """For migrations: SQLite rebuilds tables, which foreign keys would forbid (or cascade)."""
    pool = {"poolclass": NullPool}
    if file_of(url):
        return _sqlite(
            url, begin="BEGIN IMMEDIATE", pool=pool, wait_ms=_START_WAIT_MS, foreign_keys=False
        )
    return _postgresql(url, pool=pool)


def empty_log(file: Path) -> bool:
    """Move all that is committed into the file, and leave nothing of what was in SQLite's log.

    Returns:
        whether that was done: somebody may be reading.
    """
    address = f"{file.absolute().as_uri()}?mode=rw"  # or it would be made, if it is gone
    with closing(sqlite3.connect(address, uri=True, timeout=0.1)) as connection:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


def looking(url: URL) -> sqlite3.Connection:
    """For a look over a SQLite file from end to end, beside all who use it; any thread may end it.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    connection = sqlite3.connect(where(url), isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA query_only=ON")
    return connection


def prove_writable(engine: Engine) -> None:
    """Fail now, not at the first vote, if it can be read but not written. Nothing is changed."""
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                # BEGIN IMMEDIATE does not mind a file that is read-only; this does.
                connection.exec_driver_sql("PRAGMA user_version=0")
            connection.rollback()
    except DBAPIError:
        engine.dispose()
        raise


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn what an operator can do something about into a sentence; a wrong statement stays."""
    try:
        yield
    except OSError as error:
        passes = error.errno in _PASSING_ERRNO
        raise UnreachableDatabase(where(url), reason(error), passes=passes) from error
    except (DBAPIError, sqlite3.Error) as error:
        code = getattr(_said(error), "sqlite_errorcode", 0) & 0xFF  # without its extension
        if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            raise DamagedDatabase(where(url), reason(error)) from error
        operational = isinstance(error, OperationalError | sqlite3.OperationalError)
        if operational and code != sqlite3.SQLITE_ERROR:
            passes = code in _PASSING_CODES or (not code and not _LASTING.search(str(_said(error))))
            raise UnreachableDatabase(where(url), reason(error), passes=passes) from error
        raise


def reason(error: BaseException) -> str:
    """What the driver or the system said, on one line, without the statement and its values."""
    said = _said(error)
    text = said.strerror if isinstance(said, OSError) and said.strerror else str(said)
    text = text.partition(" with text ")[0]  # where Python cannot decode what somebody wrote
    return " ".join(text.split()).rstrip(".") or type(said).__name__


def _said(error: BaseException) -> BaseException:
    original = error.orig if isinstance(error, DBAPIError) else None
    return original or error


def _kept(connections: int) -> dict[str, Any]:
    return {"pool_size": connections, "max_overflow": 0}


def _sqlite(
    url: URL,
    *,
    begin: str,
    pool: dict[str, Any],
    wait_ms: int,
    foreign_keys: bool = True,
    read_only: bool = False,
) -> Engine:
    """An engine whose transactions begin when SQLAlchemy says so.

    Left alone, sqlite3 begins none before a SAVEPOINT: releasing it would *commit* it, and a
    batch that is rolled back would stay in the file.
    """
    pragmas = [
        f"busy_timeout={wait_ms}",  # first: the next one may have to wait
        # A reader takes WAL as it finds it: to set it is to write.
        *([] if read_only else ["journal_mode=WAL"]),
        "synchronous=FULL",  # an answer means: on disk, whatever happens to the machine
        f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
        f"query_only={'ON' if read_only else 'OFF'}",
        "secure_delete=ON",  # what is erased is overwritten, not only let go
    ]

    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    engine = create_engine(url, hide_parameters=_PRIVATE, **pool)
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", start)
    return engine


def _postgresql(url: URL, *, pool: dict[str, Any], **settings: Any) -> Engine:
    try:
        return create_engine(
            url,
            hide_parameters=_PRIVATE,
            pool_pre_ping=True,  # a server that was restarted is met again without an error
            connect_args={"connect_timeout": 10},
            **pool,
            **settings,
        )
    except ImportError as error:
        raise UnreachableDatabase(
            where(url), "its driver is missing, install it with: pip install 'leda[postgres]'"
        ) from error
