"""Names are told from others as they are written: Håbo and Habo are two."""

import unicodedata
from collections import Counter
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.errors import NoWayBack

revision = "0013"
down_revision = "0012"

# The names that others are told by are made anew.
changes_data = True

_TAKING_PART = sa.text("removed_at IS NULL")
# The unique index of each, and which rows are in it.
_INDEXES = {
    "organisation": ("organisation_name", _TAKING_PART),
    "key_area": ("key_area_name", None),
}


def upgrade() -> None:
    for name in _INDEXES:
        op.add_column(name, sa.Column("exact", sa.String(), nullable=False, server_default=""))
        table = sa.table(name, sa.column("id"), sa.column("name"), sa.column("exact"))
        for key, said in op.get_bind().execute(sa.select(table.c.id, table.c.name)).all():
            statement = sa.update(table).where(table.c.id == key).values(exact=_exact(said))
            op.get_bind().execute(statement)
        _index(name, "exact")


def downgrade() -> None:
    """Let names count as the same again that differ in accents alone, where there are no such.

    Raises:
        NoWayBack: there are.
    """
    for name, (_, only) in _INDEXES.items():
        columns: list[Any] = [*map(sa.column, ("programme_id", "folded", "name"))]
        query = sa.select(*columns).select_from(sa.table(name))
        rows = op.get_bind().execute(query if only is None else query.where(only)).all()
        counted = Counter((row.programme_id, row.folded) for row in rows)
        same = sorted(row.name for row in rows if counted[row.programme_id, row.folded] > 1)
        if same:
            raise NoWayBack(
                f"to the release before {' and '.join(same)} are one name; rename all but one, or "
                "restore the copy from before the migration"
            )
    for name in _INDEXES:
        _index(name, "folded")
        op.drop_column(name, "exact")


def _index(name: str, column: str) -> None:
    """Let names be unique by a column."""
    index, only = _INDEXES[name]
    op.drop_index(index, name)
    where: dict[str, Any] = {} if only is None else {"sqlite_where": only, "postgresql_where": only}
    op.create_index(index, name, ["programme_id", column], unique=True, **where)


def _exact(name: str) -> str:
    """As the code told names apart when this was written."""
    plain = unicodedata.normalize("NFD", name).casefold()
    seen = (c for c in plain if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(unicodedata.normalize("NFC", "".join(seen)).split())
