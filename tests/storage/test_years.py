"""The indexes for years of data come with a migration, and go with its undoing."""

import shutil

import pytest
from sqlalchemy import create_engine, inspect

from storage import engines
from storage.upgrade import VERSIONS, downgrade, upgrade
from tests.storage.steps import NOW

BEFORE, HERE = "0013", "0014"


@pytest.fixture
def until(tmp_path):
    """The revisions as far as one."""

    def copied(revision):
        folder = tmp_path / revision
        folder.mkdir()
        for path in VERSIONS.glob("0*.py"):
            if path.name[:4] <= revision:
                shutil.copy(path, folder)
        return folder

    return copied


def indexes(url):
    engine = create_engine(engines.parse(url))
    with engine.connect() as connection:
        found = inspect(connection)
        there = {
            (table, index["name"], tuple(index["column_names"]))
            for table in found.get_table_names()
            for index in found.get_indexes(table)
        }
    engine.dispose()
    return there


def test_up_and_down_again_leaves_the_indexes_that_there_were(url, until):
    versions = until(HERE)
    upgrade(url, now=NOW, versions=until(BEFORE))
    before = indexes(url)
    upgrade(url, now=NOW, versions=versions)
    after = indexes(url)
    assert {name for _, name, _ in before - after} == {
        "journal_time", "ix_factor_merged_into_id", "ix_factor_key_area_id",
        "ix_factor_occurrence_id",
    }  # fmt: skip
    assert ("journal", "journal_kind", ("programme_id", "kind", "at", "id")) in after
    downgrade(url, BEFORE, now=NOW, versions=versions)
    assert indexes(url) == before
