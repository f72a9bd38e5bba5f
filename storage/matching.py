"""Asking the index which factors hold certain terms, on SQLite and PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    cast,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlmodel import col

from storage.enums import FactorStatus
from storage.factors import Factor
from storage.terms import FactorTerms, programme_term


class Part(Enum):
    """What of a factor is searched."""

    TITLE = "title"
    ALL = "words"


@dataclass(frozen=True)
class Within:
    """Which factors may be found: of a programme, of a track (and of all), of some statuses.

    Without a track those of every track, without statuses those of every status.
    """

    programme_id: int
    track_id: int | None = None
    statuses: tuple[FactorStatus, ...] = ()

    def holds(self) -> list[ColumnElement[bool]]:
        """What is true of the rows of these factors."""
        where: list[Any] = [col(Factor.programme_id) == self.programme_id]
        if self.track_id is not None:
            where.append(or_(col(Factor.track_id) == self.track_id, col(Factor.track_id).is_(None)))
        if self.statuses:
            where.append(col(Factor.status).in_(self.statuses))
        return where


def newest(
    connection: Connection,
    part: Part,
    wanted: Sequence[Sequence[str]],
    within: Within,
    limit: int,
) -> list[int]:
    """The newest factors that hold one term at least of each group.

    A term that ends with an asterisk is the beginning of one. The programme's own term keeps
    the search inside it; nothing else of what a person typed reaches the query's language.
    """
    groups = [[programme_term(within.programme_id)], *wanted]
    if not all(groups):
        return []
    ask = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    found, matches = ask(part, groups)
    query = select(found).where(matches)
    if within.track_id is not None or within.statuses:
        query = query.where(exists().where(col(Factor.id) == found, *within.holds()))
    # With a sum it cannot be sorted by an index: PostgreSQL might walk through all factors.
    order = found if connection.dialect.name == "sqlite" else found + 0
    return list(connection.execute(query.order_by(order.desc()).limit(limit)).scalars())


def _sqlite(part: Part, groups: Sequence[Sequence[str]]) -> tuple[Any, Any]:
    name = {Part.TITLE: "factor_title_index", Part.ALL: "factor_word_index"}[part]
    said = " AND ".join(
        "(" + " OR ".join(_quoted(term, '"', "*") for term in group) + ")" for group in groups
    )
    index = table(name, column("rowid"))
    return index.c.rowid, literal_column(name).op("MATCH")(said)


def _postgresql(part: Part, groups: Sequence[Sequence[str]]) -> tuple[Any, Any]:
    said = " & ".join(
        "(" + " | ".join(_quoted(term, "'", ":*") for term in group) + ")" for group in groups
    )
    text = col(FactorTerms.title) if part is Part.TITLE else col(FactorTerms.words)
    # As in the index's definition, letter for letter.
    terms = func.array_to_tsvector(func.string_to_array(text, literal_column("' '")))
    return col(FactorTerms.factor_id), terms.op("@@")(cast(said, TSQUERY))


def _quoted(term: str, mark: str, beginning: str) -> str:
    word = term.removesuffix("*")
    return f"{mark}{word}{mark}" + (beginning if term.endswith("*") else "")
