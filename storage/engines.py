"""How SQLite and PostgreSQL are opened: addresses, and what every connection is told."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
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


def parse(url: str) -> URL:
    """The address as SQLAlchemy knows it, with the driver that leda uses.

    Raises:
        UnreachableDatabase: neither a SQLite file nor PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        # The text may hold a password: it is not repeated.
        raise UnreachableDatabase("of the settings", "its address cannot be read") from error
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
    """For units of work that write: each transaction can be relied on to see the newest state."""
    if file_of(url):
        return _sqlite(url, begin="BEGIN IMMEDIATE", size=1, wait_ms=_PRESS_WAIT_MS)
    return _postgresql(url, POSTGRESQL_WRITERS, isolation_level="SERIALIZABLE")


def reading(url: URL) -> Engine:
    """For units of work that read: each transaction sees one moment, and cannot write."""
    if file_of(url):
        return _sqlite(url, begin="BEGIN", size=READERS, wait_ms=_PRESS_WAIT_MS, read_only=True)
    return _postgresql(
        url,
        READERS,
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
    )


def migrating(url: URL) -> Engine:
    """For migrations: SQLite rebuilds tables, which foreign keys would forbid (or cascade)."""
    if file_of(url):
        return _sqlite(
            url, begin="BEGIN IMMEDIATE", size=0, wait_ms=_START_WAIT_MS, foreign_keys=False
        )
    return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 10})


def prove_writable(engine: Engine) -> None:
    """Fail now, not at the first vote, if it can be read but not written. Nothing is changed."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # BEGIN IMMEDIATE does not mind a file that is read-only; this does. Rolled back.
            connection.exec_driver_sql("PRAGMA user_version=0")
        connection.rollback()


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn what an operator can do something about into a sentence; a wrong statement stays."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise UnreachableDatabase(
            where(url), "its driver is missing, install it with: pip install 'leda[postgres]'"
        ) from error
    except OSError as error:
        raise UnreachableDatabase(where(url), reason(error)) from error
    except DBAPIError as error:
        code = _primary_code(error)
        if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            raise DamagedDatabase(where(url), reason(error)) from error
        if isinstance(error, OperationalError) and code != sqlite3.SQLITE_ERROR:
            raise UnreachableDatabase(where(url), reason(error)) from error
        raise


def reason(error: BaseException) -> str:
    """What the driver or the system said, on one line, without the statement and its values."""
    said = error.orig if isinstance(error, DBAPIError) else error
    text = said.strerror if isinstance(said, OSError) and said.strerror else str(said)
    return " ".join(text.split()).rstrip(".") or type(said).__name__


def _primary_code(error: DBAPIError) -> int | None:
    """SQLite's result code without its extension; None from another driver."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _sqlite(
    url: URL,
    *,
    begin: str,
    size: int,
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
    ]

    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    if size:
        engine = create_engine(url, pool_size=size, max_overflow=0)
    else:
        engine = create_engine(url, poolclass=NullPool)
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", start)
    return engine


def _postgresql(url: URL, size: int, **settings: Any) -> Engine:
    return create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=True,  # a server that was restarted is met again without an error
        connect_args={"connect_timeout": 10},
        **settings,
    )
