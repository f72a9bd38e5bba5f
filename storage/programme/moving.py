"""From a SQLite file to PostgreSQL: every row of every table, counted and compared."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from hashlib import blake2b
from typing import Any, Final

from sqlalchemy import URL, Column, Connection, Table, func, insert, select, text, update
from sqlalchemy.sql.expression import bindparam

from storage import engines
from storage.errors import CannotMove
from storage.holding import held
from storage.programme import ownership
from storage.programme.ownership import tables
from storage.upgrade import current_revision, head_revision, upgrade

_BATCH: Final = 1000
_WORD: Final = 2**64

Progress = Callable[[str, int, int], None]
"""Told a table's name, how many of its rows are copied, and how many there are."""


@dataclass(frozen=True)
class Sum:
    """How many rows a table has, and a checksum of what is in them, in whatever order."""

    rows: int
    check: int


def move(source: URL, target: URL, *, now: datetime, progress: Progress) -> dict[str, Sum]:
    """Copy all in one transaction: the target has everything or nothing, and it can be run again.

    Args:
        source: a SQLite file that nobody uses, at this release's schema. It stays as it is.
        target: a PostgreSQL database without a programme.
        now: aware UTC.
        progress: told of each batch.

    Returns:
        what each table holds, on both sides.

    Raises:
        CannotMove: there is nothing to move, no room for it, or what arrived is not what left.
        DatabaseInUse, UnreachableDatabase, DamagedDatabase, NewerDatabase: as their names say.
    """
    file = engines.file_of(source)
    if file is None or not file.exists() or engines.file_of(target) is not None:
        raise CannotMove("it goes from a SQLite file that is there to a PostgreSQL server")
    if (found := current_revision(source)) != head_revision():
        raise CannotMove(f"{file} is at schema {found}, this release at {head_revision()}")
    ownership.load()
    with engines.explained(source), held(file):
        upgrade(target, now=now)
        leaving, arriving = engines.reading(source), engines.migrating(target)
        try:
            with (
                engines.explained(target),
                leaving.connect() as old,
                arriving.begin() as new,
            ):
                _demand_room(new, target)
                return {table.name: _copy(table, old, new, progress) for table in tables()}
        finally:
            leaving.dispose()
            arriving.dispose()


def sum_of(table: Table, connection: Connection) -> Sum:
    """Count a table, and sum up what is in its rows."""
    rows = check = 0
    for batch in _batches(table, connection):
        rows += len(batch)
        check = (check + sum(map(_check, batch))) % _WORD
    return Sum(rows, check)


def _demand_room(new: Connection, target: URL) -> None:
    for table in tables():
        if new.scalar(select(func.count()).select_from(table)):
            raise CannotMove(
                f"{engines.where(target)} holds rows in {table.name} already: it has to be empty"
            )


def _copy(table: Table, old: Connection, new: Connection, progress: Progress) -> Sum:
    total = old.scalar(select(func.count()).select_from(table)) or 0
    done, check, later = 0, 0, list[Mapping[str, Any]]()
    inner = [column for column in table.columns if _points_inside(table, column)]
    for batch in _batches(table, old):
        check = (check + sum(map(_check, batch))) % _WORD
        later += [row for row in batch if any(row[c.name] is not None for c in inner)]
        # What they point at may be still to come.
        own = [{c.name: None if c.nullable else row["id"] for c in inner} for row in batch]
        new.execute(insert(table), [{**row, **each} for row, each in zip(batch, own, strict=True)])
        done += len(batch)
        progress(table.name, done, total)
    for column in inner:
        _point(table, column, later, new)
    _set_counter(table, old, new)
    arrived = sum_of(table, new)
    if arrived != Sum(done, check):
        raise CannotMove(f"{table.name} did not arrive as it left: {arrived.rows} of {done} rows")
    return arrived


def _batches(table: Table, connection: Connection) -> Iterator[list[dict[str, Any]]]:
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=_BATCH)
    with connection.execute(query) as found:
        for batch in found.mappings().partitions():
            yield [dict(row) for row in batch]


def _points_inside(table: Table, column: Column[Any]) -> bool:
    return any(key.column.table is table for key in column.foreign_keys)


def _point(
    table: Table, column: Column[Any], rows: Sequence[Mapping[str, Any]], new: Connection
) -> None:
    wanted = [
        {"of": row["id"], "at": row[column.name]} for row in rows if row[column.name] is not None
    ]
    if wanted:
        query = update(table).where(table.c.id == bindparam("of"))
        new.execute(query.values({column.name: bindparam("at")}), wanted)


def _set_counter(table: Table, old: Connection, new: Connection) -> None:
    """New rows get numbers after all that were ever given: posts are known by them."""
    if "id" not in table.c or table.c.id.autoincrement is False:
        return
    name = new.scalar(text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table.name})
    if name is not None:
        given = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
        numbers = (
            new.scalar(select(func.max(table.c.id))),
            old.scalar(given, {"table": table.name}),
        )
        highest = max((number for number in numbers if number is not None), default=None)
        new.execute(
            text("SELECT setval(CAST(:name AS regclass), :value, :used)"),
            {"name": name, "value": highest or 1, "used": highest is not None},
        )


def _check(row: Mapping[str, Any]) -> int:
    said = json.dumps(row, sort_keys=True, default=_plain)
    return int.from_bytes(blake2b(said.encode(), digest_size=8).digest())


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Enum):
        return value.value
    return value.hex() if isinstance(value, bytes) else str(value)
