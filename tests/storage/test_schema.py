"""The migrations lead to exactly the tables that the code speaks of."""

import importlib
import pkgutil
from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlmodel import SQLModel

import storage
from storage import engines
from storage.search.terms import is_index
from storage.upgrade import upgrade

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def migrated(tmp_path):
    """A new database, made by the migrations alone."""
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)
    url = f"sqlite:///{tmp_path / 'leda.db'}"
    upgrade(url, now=NOW)
    engine = engines.reading(engines.parse(url))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_a_new_database_is_what_the_tables_in_the_code_say(migrated):
    # The tables that FTS5 makes are indexes; that they are there, tests of search show.
    ours = lambda name, kind, _: kind != "table" or not is_index(name)  # noqa: E731
    opts = {"compare_type": True, "include_name": ours}
    context = MigrationContext.configure(migrated, opts=opts)
    assert compare_metadata(context, SQLModel.metadata) == []


def test_a_new_database_has_the_same_indexes_and_refers_to_the_same_tables(migrated):
    """What Alembic does not compare on SQLite: partial indexes, and what is unique."""
    found = inspect(migrated)
    for table in SQLModel.metadata.sorted_tables:
        declared = {(i.name, i.unique, tuple(c.name for c in i.columns)) for i in table.indexes}
        there = {
            (index["name"], bool(index["unique"]), tuple(index["column_names"]))
            for index in found.get_indexes(table.name)
        }
        assert there == declared, table.name
        referred = {(key.parent.name, key.column.table.name) for key in table.foreign_keys}
        assert referred == {
            (key["constrained_columns"][0], key["referred_table"])
            for key in found.get_foreign_keys(table.name)
        }, table.name


def test_every_table_of_a_programme_says_so(migrated):
    """Rows belong to a programme, or hang on one that does."""
    hanging = {
        "experience", "factor_version", "frozen_tally", "meeting_answer", "occurrence",
        "organisation_track", "programme", "reminder", "shard_lease", "vote",
    }  # fmt: skip
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in hanging:
            assert "programme_id" in table.columns, table.name
