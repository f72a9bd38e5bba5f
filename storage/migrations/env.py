"""What Alembic runs around every migration; ``storage.upgrade`` hands over the connection."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import AutoString, SQLModel

from storage.search.terms import is_index


def render_plainly(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """A draft names SQLAlchemy's string, so that old migrations do not need SQLModel's."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String({item.length or ''})"
    return False


# Which rows a partial index holds is said once, for SQLite. Said for PostgreSQL too, every start
# would load all that SQLAlchemy has for it, only to look whether it knows such a condition.
for table in SQLModel.metadata.tables.values():
    for index in table.indexes:
        only = index.dialect_options["sqlite"]["where"]
        if only is not None:
            index.dialect_kwargs["postgresql_where"] = only

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_item=render_plainly,
    include_name=lambda name, kind, _: kind != "table" or not is_index(name),
    # SQLite alters little: Alembic builds such a table anew and copies its rows.
    render_as_batch=connection.dialect.name == "sqlite",
)
# No transaction is begun here: the caller's holds all steps, so that they count together or not.
context.run_migrations()
