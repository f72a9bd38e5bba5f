"""What the tables hold about a person: finding it, and taking the person out of it."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import eq
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
from storage.members.erasing import Erasing
from storage.members.participants import JoinRequest, Participant
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
# A text is rewritten row by row, and may be found by its words.
_ROWS_AT_A_TIME, _TEXTS_AT_A_TIME = 200, 20
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


def cards_of(desk: Desk, member_id: int) -> list[tuple[int, int]]:
    """Where the cards of a member's requests to join stand (channel and message)."""
    query = select_rows(JoinRequest.channel_id, JoinRequest.message_id).where(
        col(JoinRequest.programme_id) == desk.programme_id,
        col(JoinRequest.member_id) == member_id,
    )
    return [
        (channel_id, message_id)
        for channel_id, message_id in desk.session.exec(query)
        if channel_id is not None and message_id is not None
    ]


def answered_for(desk: Desk, member_id: int) -> list[str]:
    """The organisations that are there and whose contact person a member is."""
    query = select_rows(Organisation.name).where(
        col(Organisation.programme_id) == desk.programme_id,
        col(Organisation.contact_id) == member_id,
        col(Organisation.removed_at).is_(None),
    )
    return list(desk.session.exec(query.order_by(col(Organisation.id))))


def tells_of(desk: Desk, member_id: int) -> bool:
    """Whether any row of a programme is about a member."""
    connection = desk.session.connection()
    return any(
        connection.execute(
            select(literal(1))
            .select_from(table)
            .where(
                of_programme(table, desk.programme_id),
                _is_about(table, desk.programme_id, member_id),
            )
            .limit(1)
        ).first()
        for table in tables_about_people()
    )


@dataclass(frozen=True)
class Traces:
    """Rows of a table that tell of a member.

    ``keys`` are their primary keys, and ``column`` what names the member in them; None where it is
    a text.
    """

    table: str
    column: str | None
    keys: tuple[tuple[Any, ...], ...]

    def parts(self) -> Iterator["Traces"]:
        """So many at once as take a moment."""
        size = _TEXTS_AT_A_TIME if self.column is None else _ROWS_AT_A_TIME
        for start in range(0, len(self.keys), size):
            yield replace(self, keys=self.keys[start : start + size])


def traces(desk: Desk, member_id: int) -> list[Traces]:
    """All that has to go before a member is forgotten, but for the rows as a participant.

    It reads every text of a programme: that takes a second where there are many.
    """
    found = [_named(desk, _table(Vote), "reason", _own_words(desk, member_id))]
    for table in reversed(tables()):
        if table in {_table(Participant), _table(Erasing)}:
            continue
        columns = person_columns(table)
        found += [_named(desk, table, each.name, each == member_id) for each in columns]
        found.append(_named_in_texts(desk, table, member_id))
    # Last whom coordinators have to hear of: after a kill it is read anew.
    found.sort(key=lambda each: each.column == "contact_id")
    return [each for each in found if each.keys]


def is_marked(desk: Desk, member_id: int) -> bool:
    """Whether a row still names a member by a column of its own, but for those as a participant."""
    connection = desk.session.connection()
    return any(
        connection.execute(
            select(literal(1))
            .select_from(table)
            .where(of_programme(table, desk.programme_id), column == member_id)
            .limit(1)
        ).first()
        for table in tables()
        if table not in {_table(Participant), _table(Erasing)}
        for column in person_columns(table)
    )


def take_out(desk: Desk, member_id: int, instead: str, part: Traces) -> set[int]:
    """Take a member out of some rows: their own are deleted, others keep all but who it was.

    Args:
        member_id: who is being erased.
        instead: what stands in others' texts in place of their id and the mention around it.
        part: of what :func:`traces` found. What has changed since is left as it is.

    Returns:
        the factors whose text changed; they are found by their new text.
    """
    table = next(each for each in tables() if each.name == part.table)
    keys = list(table.primary_key.columns)
    here = or_(*(and_(*map(eq, keys, key)) for key in part.keys))
    if part.column is None:
        return _rewrite(desk, table, here, member_id, instead)
    column = table.c[part.column]
    statement: Any = update(table).values({column.name: None})
    if table is _table(Vote):
        here &= _own_words(desk, member_id)
    else:
        here &= column == member_id
        if column.name == "member_id":
            statement = delete(table)
    desk.session.connection().execute(statement.where(here))
    return set()


def begin(desk: Desk, member_id: int) -> None:
    """Let a member take part no more, and note that all else is to go."""
    connection = desk.session.connection()
    theirs = (col(Participant.programme_id) == desk.programme_id) & (
        col(Participant.member_id) == member_id
    )
    left = func.coalesce(col(Participant.left_at), literal(desk.now, UtcDateTime()))
    connection.execute(update(Participant).where(theirs).values(left_at=left))
    if desk.session.get(Erasing, (desk.programme_id, member_id)) is None:
        desk.session.add(Erasing(programme_id=desk.programme_id, member_id=member_id))
    desk.session.flush()


def end(desk: Desk, member_id: int) -> None:
    """Put a negative number in the member's place in their rows as a participant.

    Votes and factors hang on them, so they stay.
    """
    theirs = (col(Participant.programme_id) == desk.programme_id) & (
        col(Participant.member_id) == member_id
    )
    left = func.coalesce(col(Participant.left_at), literal(desk.now, UtcDateTime()))
    desk.session.connection().execute(
        update(Participant).where(theirs).values(member_id=-col(Participant.id), left_at=left)
    )
    under_way = desk.session.get(Erasing, (desk.programme_id, member_id))
    if under_way is not None:
        desk.session.delete(under_way)
    desk.session.flush()
    desk.session.expire_all()


def under_way(desk: Desk) -> Sequence[int]:
    """Whom :func:`begin` was called for, and :func:`end` not."""
    query = select_rows(Erasing.member_id).where(col(Erasing.programme_id) == desk.programme_id)
    return desk.session.exec(query).all()


def _named(desk: Desk, table: Table, column: str, condition: ColumnElement[bool]) -> Traces:
    keys = list(table.primary_key.columns)
    query = select(*keys).where(of_programme(table, desk.programme_id), condition).order_by(*keys)
    found = desk.session.connection().execute(query).all()
    return Traces(table.name, column, tuple(tuple(row) for row in found))


def _named_in_texts(desk: Desk, table: Table, member_id: int) -> Traces:
    keys, columns = list(table.primary_key.columns), text_columns(table)
    holds = [cast(column, String).contains(str(member_id)) for column in columns]
    query = select(*keys, *(cast(column, String) for column in columns)).where(
        of_programme(table, desk.programme_id), or_(false(), *holds)
    )
    named = _number(member_id)
    found = [
        tuple(row[: len(keys)])
        for row in (desk.session.connection().execute(query.order_by(*keys)) if columns else ())
        if any(text and named.search(text) for text in row[len(keys) :])
    ]
    return Traces(table.name, None, tuple(found))


def _number(member_id: int) -> re.Pattern[str]:
    """A member's id and the mention around it, but not as a part of another number."""
    return re.compile(rf"<@!?{member_id}>|(?<!\d){member_id}(?!\d)")


def _own_words(desk: Desk, member_id: int) -> ColumnElement[bool]:
    """The reasons of a member's objections: those are their own words."""
    mine = col(Vote.participant_id).in_(_participations(desk.programme_id, member_id))
    return mine & col(Vote.reason).is_not(None)


def _rewrite(
    desk: Desk, table: Table, here: ColumnElement[bool], member_id: int, instead: str
) -> set[int]:
    connection, changed, named = desk.session.connection(), set(), _number(member_id)
    keys, columns = list(table.primary_key.columns), text_columns(table)
    for row in connection.execute(select(*keys, *columns).where(here)).mappings().all():
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
