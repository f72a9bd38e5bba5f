"""Indexes for years of data, and changes that many factors follow one after another.

Without statistics the databases take a column that is empty nearly everywhere for one that tells
rows apart; an index of it is on the rows where it says something.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import Snowflake

revision = "0014"
down_revision = "0013"

# Their names, tables, columns, and which rows are in them.
_NEW: tuple[tuple[str, str, list[str], str | None], ...] = (
    ("journal_kind", "journal", ["programme_id", "kind", "at", "id"], None),
    ("journal_who", "journal", ["programme_id", "who", "kind", "at"], "who IS NOT NULL"),
    ("factor_folded", "factor", ["programme_id", "folded"], None),
    ("factor_organisation", "factor", ["organisation_id", "created_at"], None),
    ("factor_opens", "factor", ["opens_at"], "opens_at IS NOT NULL"),
    ("factor_closes", "factor", ["closes_at"], "closes_at IS NOT NULL"),
    ("factor_merged", "factor", ["merged_into_id"], "merged_into_id IS NOT NULL"),
    ("factor_key_area", "factor", ["key_area_id"], "key_area_id IS NOT NULL"),
    ("factor_occurrence", "factor", ["occurrence_id"], "occurrence_id IS NOT NULL"),
    ("factor_version_until", "factor_version", ["until"], "NOT small"),
    ("member_gone", "member", ["programme_id", "member_id"], "gone_at IS NOT NULL"),
    ("join_request_open", "join_request", ["programme_id"], "status = 'open'"),
    ("member_roles_due", "member", ["programme_id", "member_id"], "roles_due"),
)
_OLD: tuple[tuple[str, str, list[str]], ...] = (
    ("journal_time", "journal", ["programme_id", "at"]),
    ("ix_factor_merged_into_id", "factor", ["merged_into_id"]),
    ("ix_factor_key_area_id", "factor", ["key_area_id"]),
    ("ix_factor_occurrence_id", "factor", ["occurrence_id"]),
)


def upgrade() -> None:
    op.create_table(
        "factor_change",
        sa.Column("programme_id", Snowflake(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("whom", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.PrimaryKeyConstraint("programme_id", "kind", "whom"),
    )
    for name, table, _ in _OLD:
        op.drop_index(name, table)
    for name, table, columns, only in _NEW:
        where: dict[str, Any] = {}
        if only is not None:
            where = {"sqlite_where": sa.text(only), "postgresql_where": sa.text(only)}
        op.create_index(name, table, columns, **where)


def downgrade() -> None:
    # What has yet to follow a change is counted anew, all of it, by the release before.
    op.execute(
        "UPDATE factor SET recount_due = TRUE WHERE status = 'open' "
        "AND EXISTS (SELECT 1 FROM factor_change)"
    )
    op.drop_table("factor_change")
    for name, table, _, _ in _NEW:
        op.drop_index(name, table)
    for name, table, columns in _OLD:
        op.create_index(name, table, columns)
