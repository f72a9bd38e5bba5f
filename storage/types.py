"""Column types: moments that are always UTC, and Discord's ids."""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import BigInteger, Column, DateTime, Dialect, String, event
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator, TypeEngine

_LARGEST: Final = 2**63 - 1
_TEXT: Final = len("2026-11-22T10:15:00.000000Z")


class NotStorable(DontWrapMixin, ValueError):
    """A value that a column refuses; a bug in the caller, not something a person did."""

    def __init__(self, needed: str, value: object) -> None:
        super().__init__(f"{needed} is needed, not this {type(value).__name__}")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, precise to the microsecond: aware in, aware UTC out.

    Any zone is accepted and converted. A naive datetime is refused with a ``ValueError``
    (``NotStorable``), since nobody knows which moment it means.

    On SQLite it is text of one width (``2026-11-22T10:15:00.000000Z``), because text sorts and
    compares as the moments do, is understood by SQLite's own date functions, and can be read by
    whoever opens the file. On PostgreSQL it is ``TIMESTAMP WITH TIME ZONE``.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, the database's own type elsewhere."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(_TEXT))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: object, dialect: Dialect) -> Any:
        """From Python to the database."""
        if value is None:
            return None
        if not isinstance(value, datetime) or value.utcoffset() is None:
            raise NotStorable("an aware datetime", value)
        moment = value.astimezone(UTC)
        if dialect.name != "sqlite":
            return moment
        return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From the database to Python."""
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if dialect.name == "sqlite" else value
        return moment.astimezone(UTC)


class Snowflake(TypeDecorator[int]):
    """An id that Discord gave: a whole number of 64 bits with sign.

    As a primary key it is never counted up by the database: a row without one is an error.
    Text and truth values are refused with a ``ValueError`` (``NotStorable``); SQLite would
    store either and then not find it.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> int | None:  # noqa: ARG002
        """From Python to the database."""
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not _fits(value):
            raise NotStorable("a whole number of 64 bits", value)
        return value


def _fits(value: int) -> bool:
    return -_LARGEST - 1 <= value <= _LARGEST


@event.listens_for(Snowflake, "before_parent_attach", propagate=True)
def _never_counted(_kind: Snowflake, column: Column[int]) -> None:
    # Without this PostgreSQL would make it BIGSERIAL, and invent ids.
    column.autoincrement = False
