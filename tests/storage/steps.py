"""What the tests of migrations share: revisions to write, and looks at what they did."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from storage import engines

NOW = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)

REVISION = """
import os, pathlib, sys, time
import sqlalchemy as sa
from alembic import op

revision = {number!r}
down_revision = {before!r}
{flags}

def upgrade():
    {body}
"""

FIRST = """
    op.create_table("note", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("text", sa.Text))
    op.create_table("reply", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("note_id", sa.Integer, sa.ForeignKey("note.id", ondelete="CASCADE")))
"""
SHOUT = 'op.execute("UPDATE note SET text = upper(text)")'
CHANGES = "changes_data = True"

Write = Callable[..., None]


def ask(url: str, *statements: str) -> list[Any]:
    """Run them as somebody else would; the rows of the last."""
    engine = create_engine(engines.parse(url))
    with engine.begin() as connection:
        for statement in statements:
            found = connection.execute(text(statement))
        rows = list(found) if found.returns_rows else []
    engine.dispose()
    return rows


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
