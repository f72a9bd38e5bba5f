"""Statements that every press waits for, put into SQL once and run by SQLite's own driver.

SQLAlchemy sets up anew whatever it runs, which is several times what SQLite takes for a press's
statements. PostgreSQL is a round trip away, and of a server that is lost the pool has to learn:
there SQLAlchemy runs them.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias, cast

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

_Values: TypeAlias = Mapping[str, Any]
_Change: TypeAlias = Callable[[Any], Any] | None


class Prepared:
    """One statement, for any session; its errors and its transaction are as those of others.

    What waits in the session is not flushed first.
    """

    def __init__(self, statement: Any) -> None:
        """Take a select whose columns have names of their own, or what returns nothing."""
        self._statement = statement
        self._texts: dict[tuple[Any, ...], _Text] = {}

    def rows(self, session: Session, values: _Values) -> Sequence[Any]:
        """What it finds, as named tuples.

        Args:
            session: in whose transaction.
            values: of its parameters; a list where it takes several.
        """
        connection = session.connection()
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, values).all()
        text = self._text(connection.dialect, values)
        return text.read(_run(connection, text.sql, [text.bound(values)]))

    def run(self, session: Session, several: Sequence[_Values]) -> None:
        """Run it for each, in this order.

        Args:
            session: in whose transaction.
            several: as of :meth:`rows`, or the columns of an insert; alike in all but the values.
        """
        connection = session.connection()
        if connection.dialect.name != "sqlite":
            connection.execute(self._statement, [dict(values) for values in several])
            return
        text = self._text(connection.dialect, several[0])
        _run(connection, text.sql, [text.bound(values) for values in several])

    def _text(self, dialect: Dialect, values: _Values) -> "_Text":
        lengths = [len(value) if isinstance(value, list) else -1 for value in values.values()]
        key = (*values, *lengths)
        found = self._texts.get(key)
        if found is None:
            found = self._texts[key] = _Text(self._statement, dialect, values)
        return found


class _Text:
    """A statement in SQLite's words, for lists of certain lengths."""

    def __init__(self, statement: Any, dialect: Dialect, values: _Values) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(values))
        whole = compiled.construct_expanded_state(values)
        self.sql: str = whole.statement
        of_list = {
            each: (name, at)
            for name, every in whole.parameter_expansion.items()
            for at, each in enumerate(every)
        }
        # Of each place: the parameter's name, where in its list, what it is without being given.
        self._places: list[tuple[str, int | None, Any, _Change]] = []
        for each in whole.positiontup:
            name, at = of_list.get(each, (each, None))
            kind = compiled.binds[name].type.dialect_impl(dialect)
            given = whole.parameters[each]
            self._places.append((name, at, given, kind.bind_processor(dialect)))
        found = statement.column_descriptions if isinstance(statement, Select) else []
        kinds = [each["type"].dialect_impl(dialect) for each in found]
        changes = [kind.result_processor(dialect, None) for kind in kinds]
        self._changes = [(at, change) for at, change in enumerate(changes) if change]
        row = namedtuple("row", [each["name"] for each in found])  # type: ignore[misc]  # noqa: PYI024
        self._make: Callable[[list[Any]], Any] = row._make

    def bound(self, values: _Values) -> tuple[Any, ...]:
        """The parameters as the driver takes them."""
        found = []
        for name, at, given, change in self._places:
            value = values.get(name, given)
            value = value if at is None else value[at]
            found.append(change(value) if change else value)
        return tuple(found)

    def read(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        """Rows of the driver, with values as the columns' types have them."""
        made = []
        for row in rows:
            values = list(row)
            for at, change in self._changes:
                if values[at] is not None:
                    values[at] = change(values[at])
            made.append(self._make(values))
        return made


def _run(connection: Connection, sql: str, several: list[tuple[Any, ...]]) -> Sequence[Any]:
    """Run it, once or for each, and give what it found."""
    if connection.dispatch.before_cursor_execute:  # whoever listens hears it
        heard = connection.exec_driver_sql(sql, several[0] if len(several) == 1 else several)
        return heard.all() if heard.returns_rows else []
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    try:
        if len(several) == 1:
            return driver.execute(sql, several[0]).fetchall()
        driver.executemany(sql, several)
    except sqlite3.Error as error:
        raise DBAPIError.instance(
            sql, None, error, sqlite3.Error, hide_parameters=True, dialect=connection.dialect
        ) from error
    return []
