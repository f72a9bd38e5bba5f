"""From SQLite to PostgreSQL: all of it or nothing, and it can be used there."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import update
from sqlmodel import Session

from storage import engines
from storage.errors import CannotMove, DatabaseInUse
from storage.holding import held
from storage.programme import moving
from storage.programme.ownership import tables
from storage.upgrade import upgrade
from tests import old
from tests.domain import filling
from tests.domain.conftest import HERE

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
ELSEWHERE, MEMBER = HERE + 10_000, 4611686018427387999


def ignore(_table, _done, _total) -> None:
    """Nobody watches."""


@pytest.fixture
def source(sqlite_url, file):
    """An old programme with all its life in it, and one with a row in every table."""
    file.parent.mkdir(parents=True)
    old.restore(file)
    upgrade(sqlite_url, now=NOW)
    url = engines.parse(sqlite_url)
    engine = engines.writing(url)
    with Session(engine) as session:
        filling.fill(session, ELSEWHERE, MEMBER)
        session.commit()
    engine.dispose()
    return url


def sums(url) -> dict[str, moving.Sum]:
    engine = engines.reading(url)
    with engine.connect() as connection:
        found = {table.name: moving.sum_of(table, connection) for table in tables()}
    engine.dispose()
    return found


def test_every_row_of_every_table_arrives_and_new_ones_get_new_numbers(source, postgresql_url):
    target = engines.parse(postgresql_url)
    seen = []
    found = moving.move(source, target, now=NOW, progress=lambda *each: seen.append(each))
    assert found == sums(source) == sums(target)
    assert all(each.rows for each in found.values())
    assert {name for name, *_ in seen} == set(found)
    engine = engines.writing(target)
    with Session(engine) as session:
        filling.fill(session, ELSEWHERE + 1, MEMBER + 1)
        session.commit()
    engine.dispose()
    assert {name for name, each in sums(target).items() if each.rows <= found[name].rows} == set()


def test_a_checksum_tells_a_row_that_differs(source, postgresql_url):
    target = engines.parse(postgresql_url)
    moving.move(source, target, now=NOW, progress=ignore)
    engine = engines.writing(target)
    (factor,) = (table for table in tables() if table.name == "factor")
    with engine.begin() as connection:
        connection.execute(update(factor).values(title="Another").where(factor.c.id == 1))
    engine.dispose()
    differing = [name for name, each in sums(target).items() if each != sums(source)[name]]
    assert differing == ["factor"]


def test_what_breaks_off_leaves_nothing_and_can_be_begun_again(source, postgresql_url):
    target = engines.parse(postgresql_url)

    def break_off(table, _done, _total):
        if table == "factor":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        moving.move(source, target, now=NOW, progress=break_off)
    assert {each.rows for each in sums(target).values()} == {0}
    assert moving.move(source, target, now=NOW, progress=ignore) == sums(source)


def test_a_target_that_holds_something_is_left_as_it_is(source, postgresql_url):
    target = engines.parse(postgresql_url)
    moving.move(source, target, now=NOW, progress=ignore)
    before = sums(target)
    with pytest.raises(CannotMove, match="has to be empty"):
        moving.move(source, target, now=NOW, progress=ignore)
    assert sums(target) == before


def test_while_leda_runs_nothing_is_moved(source, file, postgresql_url):
    with held(file), pytest.raises(DatabaseInUse):
        moving.move(source, engines.parse(postgresql_url), now=NOW, progress=ignore)


def test_it_goes_one_way(source, sqlite_url):
    with pytest.raises(CannotMove, match="to a PostgreSQL server"):
        moving.move(source, engines.parse(sqlite_url), now=NOW, progress=ignore)
    nowhere = engines.parse("sqlite:///nowhere.db")
    with pytest.raises(CannotMove):
        moving.move(nowhere, engines.parse("postgresql://x@localhost/x"), now=NOW, progress=ignore)


def test_a_file_of_an_older_schema_is_migrated_first(source, file):
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    url = engines.parse("postgresql://x@localhost/x")
    with pytest.raises(CannotMove, match="at schema 0001"):
        moving.move(source, url, now=NOW, progress=ignore)
