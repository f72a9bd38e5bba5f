"""Prepared statements: the same as SQLAlchemy's own, on either database."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, bindparam, create_engine, event, func, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlmodel import Session

from storage.database import Database
from storage.engines import parse
from storage.enums import Language, Preset
from storage.hindrances import Hindrance, hindrance_of
from storage.journal import Entry
from storage.kit.programmes import Programme
from storage.prepared import Prepared
from storage.types import NotStorable

NOW = datetime(2026, 11, 23, 9, 0, 0, 250, tzinfo=UTC)
HERE = 2**62 + 1

JOURNAL: Any = Entry.__table__  # type: ignore[attr-defined]
WRITE = insert(Entry).inline()
FIND = (
    select(*JOURNAL.c, (JOURNAL.c.who.is_(None)).label("by_leda"))
    .where(JOURNAL.c.subject_id.in_(bindparam("subjects", expanding=True)))
    .where(JOURNAL.c.at <= bindparam("until"))
    .order_by(JOURNAL.c.id)
)
CHANGE = (
    update(Entry)
    .where(JOURNAL.c.subject_id == bindparam("of"))
    .values(kind=bindparam("kind"), who=None, data={"changed": True})
)


def entry(subject_id: int, **more: Any) -> dict[str, Any]:
    return {
        "programme_id": HERE, "at": NOW, "who": HERE + 5, "kind": "a.b", "subject": "a",
        "subject_id": subject_id, "data": {"é": [1, None]}, **more,
    }  # fmt: skip


@pytest.fixture
async def within(url: str) -> AsyncIterator[Callable[[Callable[[Session], Any]], Any]]:
    """Runs something in a session, which is undone."""
    database = Database(url)
    await database.open()
    await database.close()
    engine = create_engine(parse(url))

    def run(work: Callable[[Session], Any]) -> Any:
        with Session(engine) as session:
            session.add(
                Programme(
                    id=HERE,
                    created_at=NOW,
                    language=Language.EN,
                    timezone="UTC",
                    preset=Preset.LEDA,
                )
            )
            session.flush()
            try:
                return work(session)
            finally:
                session.rollback()

    yield run
    engine.dispose()


def test_what_is_prepared_writes_and_finds_what_sqlalchemy_does(within):
    asked = [{"subjects": each, "until": NOW} for each in ([1], [1, 2, 3], [3], [2, 1], [])]

    def by_itself(session):
        execute = session.connection().execute
        execute(WRITE, [entry(1), entry(2, who=None), entry(3)])
        execute(WRITE, [entry(4)])
        execute(CHANGE, [{"of": 1, "kind": "a.one"}, {"of": 3, "kind": "a.three"}])
        execute(CHANGE, [{"of": 4, "kind": "a.four"}])
        return [[row[1:] for row in execute(FIND, values)] for values in asked]

    def prepared(session):
        write, change, find = Prepared(WRITE), Prepared(CHANGE), Prepared(FIND)
        write.run(session, [entry(1), entry(2, who=None), entry(3)])
        write.run(session, [entry(4)])
        change.run(session, [{"of": 1, "kind": "a.one"}, {"of": 3, "kind": "a.three"}])
        change.run(session, [{"of": 4, "kind": "a.four"}])
        return [[row[1:] for row in find.rows(session, values)] for values in asked]

    found = within(prepared)
    assert found == within(by_itself)
    assert [len(rows) for rows in found] == [1, 3, 1, 2, 0]
    assert found[0][0][1:] == (NOW, None, "a.one", "a", 1, {"changed": True}, True)


def test_what_it_finds_is_called_by_its_columns(within):
    def work(session):
        Prepared(WRITE).run(session, [entry(1)])
        [row] = Prepared(FIND).rows(session, {"subjects": [1], "until": NOW})
        return row.at, row.data, row.by_leda is False

    assert within(work) == (NOW, {"é": [1, None]}, True)


def test_its_errors_are_sqlalchemys_and_do_not_tell_what_people_wrote(within):
    def unknown(session):
        session.connection().exec_driver_sql("SELECT 1")
        Prepared(WRITE).run(session, [entry(1, kind=None, subject="secret")])

    with pytest.raises(IntegrityError) as met:
        within(unknown)
    assert isinstance(met.value, DBAPIError)
    assert met.value.orig is not None
    with pytest.raises((NotStorable, ValueError)):
        within(lambda session: Prepared(WRITE).run(session, [entry(1, at=datetime(2026, 1, 1))]))  # noqa: DTZ001


def test_a_database_that_cannot_be_written_is_a_hindrance(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}", hide_parameters=True)
    Entry.metadata.create_all(engine)
    with Session(engine) as session:
        session.connection().exec_driver_sql("PRAGMA query_only=ON")
        with pytest.raises(OperationalError) as met:
            Prepared(WRITE).run(session, [entry(1, subject="secret")])
    engine.dispose()
    assert hindrance_of(met.value) is Hindrance.DISK
    assert "secret" not in str(met.value)


def test_whoever_listens_hears_what_else_the_driver_would_be_given(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    Entry.metadata.create_all(engine)
    driven, heard = [], []

    def hear(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        heard.append((statement, values))

    count = Prepared(select(func.count().label("n")).where(JOURNAL.c.at <= bindparam("until")))
    with Session(engine) as session:
        driver: Any = session.connection().connection.driver_connection
        driver.set_trace_callback(driven.append)
        assert count.rows(session, {"until": NOW})[0].n == 0
        event.listen(Engine, "before_cursor_execute", hear)
        try:
            assert count.rows(session, {"until": NOW})[0].n == 0
        finally:
            event.remove(Engine, "before_cursor_execute", hear)
    engine.dispose()
    [(statement, values)] = heard
    assert statement.replace("?", f"'{values[0]}'") in driven
    assert len(set(driven)) == 1
