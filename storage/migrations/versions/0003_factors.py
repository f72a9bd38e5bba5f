"""Factors in full: details, versions, experiences, key areas, decisions, merging."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.types import Snowflake, UtcDateTime

revision = "0003"
down_revision = "0002"

# Tables are rebuilt with what people wrote in them.
changes_data = True

_INDEXED = (
    "key_area_id", "participant_id", "merged_into_id", "root_id", "message_id", "thread_id",
)  # fmt: skip
_LISTED = [
    "programme_id", "status", "id",
    "track_id", "kind", "key_area_id", "score", "split", "discussed", "opens_at", "closes_at",
]  # fmt: skip


def upgrade() -> None:
    _key_area()
    _factor_version()
    _experience()
    _draft()
    _factor()
    with op.batch_alter_table("track") as table:
        table.add_column(_number("discussion_days", 0))
        table.add_column(_number("voting_days", 0))
    with op.batch_alter_table("vote") as table:
        table.alter_column("choice", existing_type=sa.String(length=20), nullable=True)


def _key_area() -> None:
    op.create_table(
        "key_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("key_area_name", "key_area", ["programme_id", "folded"], unique=True)


def _factor_version() -> None:
    op.create_table(
        "factor_version",
        sa.Column("factor_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("context", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("small", sa.Boolean(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["factor_id"], ["factor.id"]),
        sa.PrimaryKeyConstraint("factor_id", "number"),
    )


def _experience() -> None:
    op.create_table(
        "experience",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("factor_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("stance", sa.String(length=20), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["factor_id"], ["factor.id"]),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("experience_factor", "experience", ["factor_id", "current"])
    op.create_index("ix_experience_participant_id", "experience", ["participant_id"])


def _draft() -> None:
    with op.batch_alter_table("draft", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        _details(table)
        table.add_column(_flag("asked"))
        table.create_foreign_key("draft_organisation", "organisation", ["organisation_id"], ["id"])
        table.create_foreign_key("draft_key_area", "key_area", ["key_area_id"], ["id"])


def _factor() -> None:
    with op.batch_alter_table("factor", table_kwargs={"sqlite_autoincrement": True}) as table:
        _details(table)
        table.add_column(_flag("on_behalf"))
        table.add_column(_text("reason"))
        table.add_column(_number("version", 1))
        table.add_column(_number("voted_version", 1))
        standing = sa.Column(
            "standing", sa.String(length=20), nullable=False, server_default="too_early"
        )
        table.add_column(standing)
        table.add_column(_share("score", 0.25))
        table.add_column(_share("split", 0.0))
        table.add_column(_number("discussed", 0))
        table.add_column(_flag("recount_due"))
        for pointer in ("merged_into_id", "root_id"):
            table.add_column(sa.Column(pointer, sa.Integer(), nullable=True))
        for moment in ("decided_at", "moved_at", "opens_at", "closes_at", "changed_at"):
            table.add_column(sa.Column(moment, UtcDateTime(), nullable=True))
        table.alter_column("participant_id", existing_type=sa.Integer(), nullable=True)
        table.create_foreign_key("factor_merged_into", "factor", ["merged_into_id"], ["id"])
        table.create_foreign_key("factor_root", "factor", ["root_id"], ["id"])
        table.create_foreign_key("factor_key_area", "key_area", ["key_area_id"], ["id"])
        for column in _INDEXED:
            table.create_index(f"ix_factor_{column}", [column])
        table.drop_index("factor_list")
        table.create_index("factor_list", _LISTED)
    due = sa.text("recount_due")
    op.create_index(
        "factor_due", "factor", ["programme_id"], sqlite_where=due, postgresql_where=due
    )
    # Standings were never counted before this release.
    op.execute("UPDATE factor SET root_id = id, recount_due = TRUE")


def _details(table: Any) -> None:
    """What *Add details* asks for, and the message that it began with."""
    table.add_column(_text("context"))
    table.add_column(_text("evidence"))
    table.add_column(sa.Column("key_area_id", sa.Integer(), nullable=True))
    table.add_column(_flag("discreet"))
    for part in ("source_channel_id", "source_message_id"):
        table.add_column(sa.Column(part, Snowflake(), autoincrement=False, nullable=True))


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default="")


def _number(name: str, start: int) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=str(start))


def _share(name: str, start: float) -> sa.Column[float]:
    return sa.Column(name, sa.Float(), nullable=False, server_default=str(start))


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
