"""The index that factors are found by: the terms of each, and how many factors hold a term.

``factor_terms`` is what is searched: on SQLite through two FTS5 tables that triggers keep up to
date, on PostgreSQL through GIN indexes (both made by migration 0004). Both know only our own
terms, so that they find the same. Everything is derived from the factors' texts.

Terms hold nothing but letters and digits, so that none is ever an operator of a query.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Index,
    String,
    and_,
    bindparam,
    column,
    delete,
    insert,
    select,
    table,
    update,
)
from sqlmodel import Field, Session, SQLModel, col

from storage.search.stems import terms_of
from storage.types import Snowflake

# What Alembic and the tables of the code do not know of: FTS5 makes several tables of each.
INDEXES = ("factor_title_index", "factor_word_index")
# Sorted by code points, as SQLite does, whatever the database's language: ranges rely on it.
PLAIN = String().with_variant(String(collation="C"), "postgresql")
_BATCH = 500

_Item = TypeVar("_Item")


class FactorTerms(SQLModel, table=True):
    """What a factor is found by: the terms of its title, and of all its text.

    Each once, with spaces between. Both begin with the programme's own term, so that a search
    never leaves its programme.
    """

    __tablename__ = "factor_terms"

    factor_id: int = Field(foreign_key="factor.id", primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id", index=True)
    title: str
    words: str


class Term(SQLModel, table=True):
    """A term that some of a programme's factors hold, and how many do.

    It goes with the last of them. Backwards it is found by its end, as parts of compound words
    and words that are mistyped at their beginning are.
    """

    __table_args__ = (
        Index("term_backwards", "programme_id", "backwards"),
        {"sqlite_with_rowid": False},
    )

    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id", primary_key=True)
    term: str = Field(sa_type=PLAIN, primary_key=True)
    backwards: str = Field(sa_type=PLAIN)
    factors: int


def is_index(name: str | None) -> bool:
    """Whether a table of the database is (a part of) an index, and none of ours."""
    return name is not None and name.startswith(INDEXES)


def programme_term(programme_id: int) -> str:
    """The term that all of a programme's factors hold; no word has such a sign."""
    return f"_{programme_id}"


def put(
    session: Session, factor_id: int, programme_id: int, title: str, how: str, context: str
) -> None:
    """Let a factor be found by its text as it is now, and no longer by what it was.

    Called in the transaction that publishes or edits the factor.
    """
    row = _row(factor_id, programme_id, title, how, context)
    query = select(col(FactorTerms.words)).where(col(FactorTerms.factor_id) == factor_id)
    before = session.connection().execute(query).scalar_one_or_none()
    if before is None:
        session.connection().execute(insert(FactorTerms).values(row))
    else:
        session.connection().execute(
            update(FactorTerms).where(col(FactorTerms.factor_id) == factor_id).values(row)
        )
    old, new = set((before or "").split()), set(row["words"].split())
    _count_up(session.connection(), programme_id, sorted(new - old))
    _count_down(session.connection(), programme_id, sorted(old - new))


def put_new(
    session: Session, programme_id: int, factors: Sequence[tuple[int, str, str, str]]
) -> None:
    """Let factors be found that are new, as :func:`put` does for one.

    Args:
        session: the transaction that publishes them.
        programme_id: whose they are.
        factors: id, title, HOW and context of each.
    """
    if not factors:
        return
    connection = session.connection()
    rows = [_row(factor_id, programme_id, *texts) for factor_id, *texts in factors]
    connection.execute(insert(FactorTerms), rows)
    counted = Counter(term for row in rows for term in row["words"].split())
    for some in _in_batches(sorted(counted)):
        known = connection.execute(select(col(Term.term)).where(_these(programme_id, some)))
        there = set(known.scalars())
        more = [{"of": programme_id, "word": term, "more": counted[term]} for term in some
                if term in there]  # fmt: skip
        if more:
            connection.execute(_MORE, more)
        if new := [_new_term(programme_id, term, counted[term]) for term in some
                   if term not in there]:  # fmt: skip
            connection.execute(insert(Term), new)


def drop(session: Session, factor_id: int) -> None:
    """Let a factor be found no longer; nothing happens if it could not be found."""
    row = (
        session.connection()
        .execute(
            select(col(FactorTerms.programme_id), col(FactorTerms.words)).where(
                col(FactorTerms.factor_id) == factor_id
            )
        )
        .first()
    )
    if row is None:
        return
    session.connection().execute(delete(FactorTerms).where(col(FactorTerms.factor_id) == factor_id))
    _count_down(session.connection(), row.programme_id, sorted(row.words.split()))


def rebuild(connection: Connection) -> None:
    """Make the whole index anew from the texts of all factors.

    It names the columns that it reads, so that a migration can call it whatever else there is.
    """
    connection.execute(delete(FactorTerms))
    connection.execute(delete(Term))
    factor = table("factor", *map(column, ("id", "programme_id", "title", "how", "context")))
    counted: Counter[tuple[int, str]] = Counter()
    last = 0
    while True:
        query = select(factor).where(factor.c.id > last).order_by(factor.c.id).limit(_BATCH)
        rows = [_row(*texts) for texts in connection.execute(query)]
        if not rows:
            break
        connection.execute(insert(FactorTerms), rows)
        for row in rows:
            counted.update((row["programme_id"], term) for term in row["words"].split())
        last = rows[-1]["factor_id"]
    # In the table's own order it is written at the end, page by page.
    for keys in _in_batches(sorted(counted)):
        rows = [_new_term(*key, counted[key]) for key in keys]
        connection.execute(insert(Term), rows)


def _row(factor_id: int, programme_id: int, title: str, how: str, context: str) -> dict[str, Any]:
    own, of_title = programme_term(programme_id), terms_of(title)
    of_all = of_title | terms_of(how) | terms_of(context)
    return {
        "factor_id": factor_id,
        "programme_id": programme_id,
        "title": " ".join([own, *of_title]),
        "words": " ".join([own, *of_all]),
    }


def _new_term(programme_id: int, term: str, factors: int) -> dict[str, Any]:
    return {"programme_id": programme_id, "term": term, "backwards": term[::-1], "factors": factors}


_MORE = (
    update(Term)
    .where(col(Term.programme_id) == bindparam("of"), col(Term.term) == bindparam("word"))
    .values(factors=col(Term.factors) + bindparam("more"))
)


def _count_up(connection: Connection, programme_id: int, terms: Sequence[str]) -> None:
    for some in _in_batches(terms):
        these = _these(programme_id, some)
        known = set(connection.execute(select(col(Term.term)).where(these)).scalars())
        if known:
            more = update(Term).where(these).values(factors=col(Term.factors) + 1)
            connection.execute(more)
        if unknown := [_new_term(programme_id, term, 1) for term in some if term not in known]:
            connection.execute(insert(Term), unknown)


def _count_down(connection: Connection, programme_id: int, terms: Sequence[str]) -> None:
    for some in _in_batches(terms):
        these = _these(programme_id, some)
        connection.execute(delete(Term).where(these, col(Term.factors) <= 1))
        connection.execute(update(Term).where(these).values(factors=col(Term.factors) - 1))


def _these(programme_id: int, terms: Sequence[str]) -> ColumnElement[bool]:
    return and_(col(Term.programme_id) == programme_id, col(Term.term).in_(terms))


def _in_batches(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
