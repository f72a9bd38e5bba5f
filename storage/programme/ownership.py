"""Which rows belong to a programme: read from the tables themselves, so that none is forgotten."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Final

from sqlalchemy import ColumnElement, Table, delete, false, or_, select
from sqlmodel import SQLModel

import storage
from storage.desk import Desk

# Who runs leda, not what for.
_OF_NO_PROGRAMME: Final = frozenset({"shard_lease"})


def load() -> None:
    """Make every table known, for whoever runs without all features."""
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        if not module.name.startswith("storage.migrations"):
            importlib.import_module(module.name)


def tables() -> list[Table]:
    """Every table with rows of programmes, those that others point at first."""
    return [each for each in SQLModel.metadata.sorted_tables if each.name not in _OF_NO_PROGRAMME]


def of_programme(table: Table, programme_id: int) -> ColumnElement[bool]:
    """What is true of a table's rows in a programme.

    A row says so itself (``programme_id``), or one that it points at does.
    """
    if table.name == "programme":
        return table.c.id == programme_id
    if "programme_id" in table.c:
        return table.c.programme_id == programme_id
    inside = [
        column.in_(select(target.c.id).where(of_programme(target, programme_id)))
        for column, target in _pointing(table)
    ]
    return or_(false(), *inside)


def delete_programme(desk: Desk) -> None:
    """Delete every row of a programme, in all tables."""
    connection = desk.session.connection()
    for table in reversed(tables()):
        connection.execute(delete(table).where(of_programme(table, desk.programme_id)))


def _pointing(table: Table) -> Iterator[tuple[ColumnElement[int], Table]]:
    for column in table.columns:
        for key in column.foreign_keys:
            if key.column.table is not table:
                yield column, key.column.table
