"""The index that factors are found by."""

import sqlalchemy as sa
from alembic import op

from storage.search import terms
from storage.types import Snowflake

revision = "0004"
down_revision = "0003"

# An FTS5 table keeps no text of its own: it has to be told of every change, with what was there.
# To its ASCII tokenizer all that is not ASCII is a letter, so it never splits one of our terms;
# the underscore begins a programme's own. A term stands once in a row: where does not matter.
_INDEX = """
CREATE VIRTUAL TABLE {name} USING fts5(
    {part}, content='factor_terms', content_rowid='factor_id',
    tokenize="ascii tokenchars '_'", prefix='{prefix}', detail=none
)
"""
_ADD = "INSERT INTO {name} (rowid, {part}) VALUES (new.factor_id, new.{part});"
_TAKE = "INSERT INTO {name} ({name}, rowid, {part}) VALUES ('delete', old.factor_id, old.{part});"
_TRIGGERS = {"INSERT": (_ADD,), "DELETE": (_TAKE,), "UPDATE": (_TAKE, _ADD)}
_INDEXES = (
    # Titles are looked for while somebody types: short beginnings of words are kept ready.
    {"name": "factor_title_index", "part": "title", "prefix": "1 2 3"},
    {"name": "factor_word_index", "part": "words", "prefix": ""},
)
_GIN = (
    "CREATE INDEX {name} ON factor_terms "
    "USING gin (array_to_tsvector(string_to_array({part}, ' ')))"
)


def upgrade() -> None:
    op.create_table(
        "factor_terms",
        sa.Column("factor_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["factor_id"], ["factor.id"]),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.PrimaryKeyConstraint("factor_id"),
    )
    op.create_index("ix_factor_terms_programme_id", "factor_terms", ["programme_id"])
    op.create_table(
        "term",
        sa.Column("programme_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("term", terms.PLAIN, nullable=False),
        sa.Column("backwards", terms.PLAIN, nullable=False),
        sa.Column("factors", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.PrimaryKeyConstraint("programme_id", "term"),
        sqlite_with_rowid=False,
    )
    op.create_index("term_backwards", "term", ["programme_id", "backwards"])
    connection = op.get_bind()
    for statement in _sqlite() if connection.dialect.name == "sqlite" else _postgresql():
        connection.exec_driver_sql(statement)
    # A later migration that changes these tables rebuilds the index itself; then this line goes.
    terms.rebuild(connection)


def _sqlite() -> list[str]:
    statements = [_INDEX.format(**index) for index in _INDEXES]
    for event, steps in _TRIGGERS.items():
        body = " ".join(step.format(**index) for step in steps for index in _INDEXES)
        statements.append(
            f"CREATE TRIGGER factor_terms_{event.lower()} AFTER {event} ON factor_terms "
            f"BEGIN {body} END"
        )
    return statements


def _postgresql() -> list[str]:
    return [_GIN.format(**index) for index in _INDEXES]
