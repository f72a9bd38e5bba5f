"""A row about somebody in every table there is, made from the tables themselves."""

import importlib
import pkgutil
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Enum,
    Float,
    Integer,
    LargeBinary,
    Table,
    insert,
    select,
)
from sqlalchemy.types import JSON
from sqlmodel import Session

import storage
from storage.programme.ownership import of_programme, tables
from storage.programme.privacy import person_columns
from storage.types import Snowflake, UtcDateTime
from tests.domain.conftest import NOW

for _module in pkgutil.iter_modules(storage.__path__, "storage."):
    importlib.import_module(_module.name)


def fill(session: Session, programme: int, member: int) -> None:
    """Insert a row about the member into every table; the programme's own once."""
    made: dict[str, Any] = {"programme": programme}
    connection = session.connection()
    for table in tables():
        here = select(table).where(of_programme(table, programme))
        if table.name == "programme" and connection.execute(here).first():
            continue
        values = {
            column.name: value_for(table, column, made, member)
            for column in table.columns
            if not is_counted(column)
        }
        result = connection.execute(insert(table).values(values))
        made[table.name] = result.inserted_primary_key[0]


def everything(session: Session, programme: int) -> dict[str, list[Any]]:
    """All rows of a programme, by table."""
    connection = session.connection()
    return {
        table.name: list(connection.execute(select(table).where(of_programme(table, programme))))
        for table in tables()
    }


def is_counted(column: Column[Any]) -> bool:
    alone = len(column.table.primary_key) == 1
    counted = alone and column.primary_key and not column.foreign_keys
    return counted and type(column.type) is Integer


def value_for(table: Table, column: Column[Any], made: dict[str, Any], member: int) -> Any:
    if column in person_columns(table):
        return member
    for key in column.foreign_keys:
        return made.get(key.column.table.name)
    if table.name == "programme" and column.name == "id":
        return made["programme"]
    if column.name == "wall":  # what is read back as the time on a clock
        return f"{NOW:%Y-%m-%dT%H:%M}"
    if isinstance(column.type, Enum):
        return column.type.python_type(column.type.enums[0])
    # In a key, such that a second row fits beside the first, without saying whose it is.
    number = 7 + member % 10 if column.primary_key else 7
    by_type = {
        Date: NOW.date(),
        UtcDateTime: None if column.nullable else NOW,
        JSON: {"before": [member], "after": "said"},
        LargeBinary: b"\xffbytes",
        Boolean: False,
        Float: 0.5,
        Integer: number,
        BigInteger: number,
        Snowflake: number,
    }
    text = f"{table.name}.{column.name} of {member} in {made['programme']}"
    # PostgreSQL minds how long a word may be.
    return by_type.get(type(column.type), text[: getattr(column.type, "length", None)])
