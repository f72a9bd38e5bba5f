"""The small scene on a PostgreSQL server, in a database that is dropped afterwards."""

import importlib
import os
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import URL, Integer, create_engine, func, insert, select, text
from sqlmodel import SQLModel

import storage
from storage import engines
from storage.upgrade import upgrade

SERVER = os.environ.get("LEDA_TEST_POSTGRES", "")


@contextmanager
def moved(file: Path) -> Iterator[URL]:
    """A new database that holds what a SQLite file does."""
    server = sqlalchemy.make_url(SERVER).set(drivername="postgresql+psycopg")
    name = f"leda_bench_{os.getpid()}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    url = engines.parse(server.set(database=name).render_as_string(hide_password=False))
    try:
        _move(engines.parse(f"sqlite:///{file}"), url)
        yield url
    finally:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        admin.dispose()


def _move(source: URL, target: URL) -> None:
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        if "migrations" not in module.name:
            importlib.import_module(module.name)
    upgrade(target, now=datetime.now(UTC))
    reading, writing = engines.reading(source), engines.migrating(target)
    with reading.connect() as old, writing.begin() as new:
        new.exec_driver_sql("SET session_replication_role = replica")  # in any order
        for table in SQLModel.metadata.sorted_tables:
            rows = [dict(row) for row in old.execute(select(table)).mappings()]
            if rows:
                new.execute(insert(table), rows)
            _count_on(new, table)
    reading.dispose()
    writing.dispose()


def _count_on(connection: Any, table: sqlalchemy.Table) -> None:
    """Let the next row get the number after the last."""
    key = next(iter(table.primary_key))
    if len(table.primary_key) > 1 or type(key.type) is not Integer or key.foreign_keys:
        return
    last = connection.scalar(select(func.max(key)))
    asked = {"table": f'"{table.name}"', "key": key.name, "last": last or 0}
    connection.execute(
        text("SELECT setval(pg_get_serial_sequence(:table, :key), :last + 1, false)"), asked
    )
