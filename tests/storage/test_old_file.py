"""A database file of an earlier release: it opens, and all that was in it is there."""

import sqlite3
from contextlib import closing

import pytest

from storage.database import Database
from tests import old

# What has yet to follow: a new rule marks all that it judges.
_MARKS = {"recount_due"}
_DERIVED = ("sqlite_", "factor_title_index", "factor_word_index", "alembic_version")


@pytest.fixture
def left(tmp_path):
    return old.restore(tmp_path / "leda.db")


def columns_of(file):
    """The tables, each with its columns."""
    with closing(sqlite3.connect(file)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            table: [
                column[1]
                for column in connection.execute(f"PRAGMA table_info({table})")
                if column[1] not in _MARKS
            ]
            for (table,) in tables.fetchall()
            if not table.startswith(_DERIVED)
        }


def rows(file, columns):
    """What stands in those columns."""
    with closing(sqlite3.connect(file)) as connection:
        return {
            table: set(connection.execute(f"SELECT {', '.join(names)} FROM {table}"))
            for table, names in columns.items()
        }


async def test_an_old_file_opens_and_nothing_in_it_is_lost(left):
    columns = columns_of(left)
    before = rows(left, columns)
    database = Database(f"sqlite:///{left}")
    await database.open()
    await database.close()
    after = rows(left, columns)
    assert all(before.values())
    assert [table for table, held in before.items() if not held <= after[table]] == []
