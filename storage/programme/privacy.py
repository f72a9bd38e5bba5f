"""What the tables hold about a person: finding it, and taking the person out of it."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Enum,
    ScalarSelect,
    Select,
    String,
    Table,
    and_,
    cast,
    delete,
    false,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlmodel import SQLModel, col
from sqlmodel import select as select_rows
from sqlmodel.sql.sqltypes import AutoString

from storage.desk import Desk
from storage.factors.factors import Factor, outside
from storage.factors.votes import Vote
from storage.journal import Entry
from storage.kit import identity
from storage.members import sight
from storage.members.participants import Participant
from storage.organisations.organisations import Organisation
from storage.programme.ownership import of_programme, tables
from storage.search import terms
from storage.tracks.tracks import Track
from storage.types import UtcDateTime

# A column called ``member_id`` says whose row it is. These name somebody in passing: who decided,
# who answers for it, who did it.
IN_PASSING: Final = frozenset(
    {
        "journal.who",
        "journal.subject_id",
        "join_request.decided_by",
        "meeting.created_by",
        "organisation.contact_id",
        "programme.started_by",
        "reminder.created_by",
    }
)
# What an id in a row is called, so that a reader of the rows need not look it up.
_CALLED: Final = {"organisation": Organisation.name, "track": Track.name, "factor": Factor.title}
# Made from other columns; made anew where those change.
_DERIVED: Final = frozenset({"exact", "factor_terms", "folded", "term"})
# Discord's ids hold a time in milliseconds above their 22nd bit; ours are counted from 1.
_LEAST_DISCORD_ID: Final = 1 << 40


def person_columns(table: Table) -> list[Column[Any]]:
    """The columns of a table that hold a member's Discord id."""
    return [
        column
        for column in table.columns
        if column.name == "member_id" or f"{table.name}.{column.name}" in IN_PASSING
    ]


def tables_about_people() -> list[Table]:
    """The tables that can hold something about a person."""
    return [table for table in tables() if person_columns(table) or _participant_columns(table)]


def rows_about(desk: Desk, member_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row of a programme that tells something of a member, by table, oldest first.

    The ids of other people are left out. Beside the id of an organisation, a track or a factor
    stands what it is called, but for factors that are closed to whoever asks.
    """
    hidden = sight.hidden(desk)
    connection = desk.session.connection()
    found: dict[str, list[dict[str, Any]]] = {}
    for table in tables_about_people():
        query = (
            _with_names(table, hidden)
            .where(
                of_programme(table, desk.programme_id),
                _is_about(table, desk.programme_id, member_id),
            )
            .order_by(*table.primary_key.columns)
        )
        rows = [dict(row) for row in connection.execute(query).mappings()]
        if rows:
            found[table.name] = [_without_others(table, row, member_id) for row in rows]
    return found


def factors_of(desk: Desk, member_id: int) -> Sequence[Factor]:
    """The factors that a member proposed, for whichever organisation."""
    query = (
        select_rows(Factor)
        .where(col(Factor.participant_id).in_(_participations(desk.programme_id, member_id)))
        .order_by(col(Factor.id))
    )
    return desk.session.exec(query).all()


def erase(desk: Desk, member_id: int) -> None:
    """Take a member out of a programme, and keep what their organisations said.

    Their own rows are deleted, but for those as a participant: votes and factors hang on them,
    so they stay, ended, with a negative number in place of the member. The reasons of their
    objections go, since those are their own words.
    """
    connection = desk.session.connection()
    inside = col(Vote.participant_id).in_(_participations(desk.programme_id, member_id))
    connection.execute(update(Vote).where(inside).values(reason=None))
    _erase_from_journal(desk, member_id)
    for table in reversed(tables()):
        for column in person_columns(table):
            mine = of_programme(table, desk.programme_id) & (column == member_id)
            if table is _table(Participant):
                left_at = func.coalesce(table.c.left_at, literal(desk.now, UtcDateTime()))
                statement: Any = update(table).values(member_id=-table.c.id, left_at=left_at)
            elif column.name == "member_id":
                statement = delete(table)
            else:
                statement = update(table).values({column.name: None})
            connection.execute(statement.where(mine))


def erase_from_texts(desk: Desk, member_id: int, instead: str) -> set[int]:
    """Put something in place of a member's id wherever others wrote it, as mentions do.

    Args:
        member_id: whose id (and the address of a mention around it) goes.
        instead: what stands there then.

    Returns:
        the factors whose text changed; they are found by their new text.
    """
    connection, changed = desk.session.connection(), set()
    named = re.compile(rf"<@!?{member_id}>|(?<!\d){member_id}(?!\d)")
    for table in tables():
        columns = text_columns(table)
        holds = [cast(column, String).contains(str(member_id)) for column in columns]
        keys = list(table.primary_key.columns)
        query = select(*keys, *columns).where(
            of_programme(table, desk.programme_id), or_(false(), *holds)
        )
        for row in connection.execute(query).mappings().all() if columns else ():
            values = {column.name: _without(row[column.name], named, instead) for column in columns}
            made = identity.named(values.get("name") or values.get("title") or "")
            values |= {name: made[name] for name in _DERIVED & made.keys() if name in table.c}
            mine = and_(*(key == row[key.name] for key in keys))
            connection.execute(update(table).where(mine).values(values))
            if table is _table(Factor):
                changed.add(row["id"])
                said = (values["title"], values["how"], values["context"])
                terms.put(desk.session, row["id"], desk.programme_id, *said)
    desk.session.expire_all()
    return changed


def text_columns(table: Table) -> list[Column[Any]]:
    """The columns in which people's texts may stand; the search's own are made from these."""
    if table.name in _DERIVED:
        return []
    return [
        column
        for column in table.columns
        if isinstance(column.type, AutoString | String | JSON)
        and not isinstance(column.type, Enum)
        and column.name not in _DERIVED
    ]


def _without(value: Any, named: re.Pattern[str], instead: str) -> Any:
    if isinstance(value, str):
        return named.sub(instead, value)
    if isinstance(value, dict):
        return {key: _without(inner, named, instead) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without(inner, named, instead) for inner in value]
    is_id = isinstance(value, int) and not isinstance(value, bool) and named.fullmatch(str(value))
    return None if is_id else value


def _erase_from_journal(desk: Desk, member_id: int) -> None:
    """What changed may have been a person: who answers for an organisation, for example."""
    entries = select_rows(Entry).where(
        col(Entry.programme_id) == desk.programme_id, _mentions(_table(Entry), member_id)
    )
    for entry in desk.session.exec(entries).all():
        entry.data = _replaced(entry.data, lambda value: value == member_id)
        desk.session.add(entry)
    desk.session.flush()


def _is_about(table: Table, programme_id: int, member_id: int) -> ColumnElement[bool]:
    mine = _participations(programme_id, member_id)
    about = [column == member_id for column in person_columns(table)]
    about += [column.in_(mine) for column in _participant_columns(table)]
    if table is _table(Entry):
        about.append(_mentions(table, member_id))
    return or_(*about)


def _participations(programme_id: int, member_id: int) -> ScalarSelect[int | None]:
    return (
        select(col(Participant.id))
        .where(
            col(Participant.programme_id) == programme_id, col(Participant.member_id) == member_id
        )
        .scalar_subquery()
    )


def _participant_columns(table: Table) -> list[Column[Any]]:
    return [column for column, target in _targets(table) if target is _table(Participant)]


def _mentions(journal: Table, member_id: int) -> ColumnElement[bool]:
    return cast(journal.c.data, String).contains(str(member_id))


def _with_names(table: Table, hidden: Collection[int]) -> Select[Any]:
    query = select(table)
    for column, target in _targets(table):
        name = _CALLED.get(target.name)
        if name is not None:
            called = select(col(name)).where(target.c.id == column)
            if target is _table(Factor):
                called = called.where(*outside(hidden))
            label = column.name.removesuffix("_id")
            query = query.add_columns(called.scalar_subquery().label(label))
    return query


def _targets(table: Table) -> Iterator[tuple[Column[Any], Table]]:
    for column in table.columns:
        for key in column.foreign_keys:
            yield column, key.column.table


def _without_others(table: Table, row: dict[str, Any], member_id: int) -> dict[str, Any]:
    for column in person_columns(table):
        row[column.name] = _replaced(row[column.name], lambda value: value != member_id)
    if table is _table(Entry):
        row["data"] = _replaced(row["data"], lambda value: value != member_id)
    return row


def _replaced(value: Any, unwanted: Any) -> Any:
    """The value with the Discord ids that are unwanted left empty, however deep they are."""
    if isinstance(value, dict):
        return {key: _replaced(inner, unwanted) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, unwanted) for inner in value]
    is_discord_id = isinstance(value, int) and value >= _LEAST_DISCORD_ID
    return None if is_discord_id and unwanted(value) else value


def _table(model: type[SQLModel]) -> Table:
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table
