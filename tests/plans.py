"""How SQLite finds what it is asked: plans, with no statistics and with those of a big file."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlmodel import SQLModel

# A programme after ten years, as ANALYZE would find it: rows, and how many different values of
# the columns there are, where not each row has its own.
ROWS: Final = {
    "vote": 1_000_000, "journal": 1_200_000, "factor": 50_000, "factor_version": 8_000,
    "factor_terms": 50_000, "term": 60_000, "frozen_tally": 30_000, "experience": 10_000,
    "delivery": 60_000, "participant": 4_000, "member": 4_600, "organisation": 300,
    "organisation_track": 600, "track": 8, "key_area": 40, "programme": 3, "place": 40,
    "join_request": 3_000, "meeting": 600, "occurrence": 3_000, "meeting_answer": 60_000,
    "reminder": 500,
}  # fmt: skip
DIFFERENT: Final = {
    "programme_id": 1, "track_id": 8, "organisation_id": 300, "participant_id": 4_000,
    "member_id": 4_000, "who": 4_000, "kind": 30, "subject": 10, "subject_id": 50_000,
    "factor_id": 50_000, "root_id": 49_000, "merged_into_id": 1_000, "key_area_id": 40,
    "occurrence_id": 3_000, "meeting_id": 600, "status": 6, "state": 4, "number": 3,
    "recount_due": 2, "due": 2, "left_at": 2, "gone_at": 2, "slot": 40,
}  # fmt: skip
_OTHERS: Final = 100
_IS_PLANNED: Final = re.compile(r"\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b")


@dataclass(frozen=True)
class Asked:
    """A statement that a database was asked, and its values as the driver got them."""

    statement: str
    values: Any

    def called(self) -> dict[str, str]:
        """Our tables by what the statement calls them."""
        ours = "|".join(SQLModel.metadata.tables)
        named = re.findall(rf"\b({ours})\b(?:\s+AS\s+(\w+))?", self.statement)
        return {alias or table: table for table, alias in named}


@dataclass(frozen=True)
class Step:
    """A line of a plan: how one table is gone through, or what is made beside it."""

    said: str
    of: Asked

    @property
    def table(self) -> str | None:
        """The table of ours that is gone through, if it is one."""
        found = re.match(r"(?:SCAN|SEARCH) (\w+)", self.said)
        return self.of.called().get(found[1]) if found else None

    @property
    def scans(self) -> bool:
        """Whether a table of ours is read from its beginning."""
        return self.said.startswith("SCAN") and self.table is not None

    @property
    def by(self) -> frozenset[str]:
        """The columns of which a value is known where a table is searched; also a partial index."""
        index = re.search(r"INDEX (\w+)", self.said)
        return frozenset(re.findall(r"(\w+)=\?", self.said)) | set(index.groups() if index else ())


@contextmanager
def listening() -> Iterator[list[Asked]]:
    """What the SQLite databases of this process are asked meanwhile."""
    asked: list[Asked] = []

    def hear(connection: Any, _c: Any, statement: str, values: Any, _x: Any, many: bool) -> None:
        if connection.dialect.name == "sqlite":
            asked.append(Asked(statement, values[0] if many else values))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def steps(file: Path, asked: Iterable[Asked], *, big: bool = False) -> list[Step]:
    """The plans of what was asked, in a copy of a file; ``big``, as if it held years of data."""
    copy = file.with_name(f"{file.stem}.planned.db")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        if big:
            target.execute("ANALYZE sqlite_schema")  # which makes the table of statistics
            target.executemany("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", _statistics(target))
            target.commit()
    once = {each.statement: each for each in asked if _IS_PLANNED.match(each.statement)}
    with closing(sqlite3.connect(copy)) as connection:  # statistics are read when it is opened
        return [
            Step(said, each)
            for each in once.values()
            for *_, said in connection.execute(f"EXPLAIN QUERY PLAN {each.statement}", each.values)
        ]


def _statistics(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """For each index how many rows there are, and how many are alike in its first columns."""
    found = []
    for name, table, sql in connection.execute(
        "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'index'"
    ).fetchall():
        rows = ROWS.get(table, _OTHERS)
        if " WHERE " in (sql or ""):
            rows = max(1, rows // 100)
        columns = [each[2] for each in connection.execute(f"PRAGMA index_info({name})")]
        alike = [_alike(rows, columns[: n + 1]) for n in range(len(columns))]
        found.append((table, name, " ".join(map(str, [rows, *alike]))))
    return found


def _alike(rows: int, columns: list[str]) -> int:
    return max(1, rows // prod(DIFFERENT.get(column, rows) for column in columns))
