"""Joining by code or approval, choices, archived tracks, removed organisations, uploads."""

import secrets

import sqlalchemy as sa
from alembic import op

from storage.types import Snowflake, UtcDateTime

revision = "0002"
down_revision = "0001"

# Organisations get a code, and everyone who was open to join stays so.
changes_data = True

_CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def upgrade() -> None:
    _member()
    _join_request()
    _organisation()
    _programme()
    _upload()
    with op.batch_alter_table("track") as table:
        table.add_column(sa.Column("closed", sa.Boolean(), nullable=False, server_default="0"))
        table.add_column(sa.Column("archived_at", UtcDateTime(), nullable=True))


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("programme_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("member_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("reach", sa.String(length=20), nullable=False),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.Column("weekly_list", sa.Boolean(), nullable=False),
        sa.Column("roles_due", sa.Boolean(), nullable=False),
        sa.Column("gone_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.PrimaryKeyConstraint("programme_id", "member_id"),
    )
    op.execute(
        "INSERT INTO member (programme_id, member_id, reach, reminders, weekly_list, roles_due) "
        "SELECT DISTINCT programme_id, member_id, 'direct', TRUE, TRUE, FALSE FROM participant"
    )


def _join_request() -> None:
    op.create_table(
        "join_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("member_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", Snowflake(), autoincrement=False, nullable=True),
        sa.Column("channel_id", Snowflake(), autoincrement=False, nullable=True),
        sa.Column("message_id", Snowflake(), autoincrement=False, nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("join_request_member", "join_request", ["programme_id", "member_id", "status"])


def _organisation() -> None:
    with op.batch_alter_table("organisation") as table:
        table.add_column(sa.Column("code", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("contact_id", Snowflake(), autoincrement=False, nullable=True))
        table.add_column(sa.Column("removed_at", UtcDateTime(), nullable=True))
    op.drop_index("organisation_name", "organisation")
    op.create_index(
        "organisation_name",
        "organisation",
        ["programme_id", "folded"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    rows = sa.table("organisation", sa.column("id"), sa.column("code"))
    connection = op.get_bind()
    for (key,) in connection.execute(sa.select(rows.c.id)).all():
        code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(8))
        connection.execute(sa.update(rows).where(rows.c.id == key).values(code=code))
    op.create_index(
        "organisation_code",
        "organisation",
        ["programme_id", "code"],
        unique=True,
        sqlite_where=sa.text("code <> ''"),
        postgresql_where=sa.text("code <> ''"),
    )


def _programme() -> None:
    with op.batch_alter_table("programme") as table:
        table.add_column(sa.Column("started_by", Snowflake(), autoincrement=False, nullable=True))
        # Programmes of the first release let everyone in; they go on doing so.
        table.add_column(
            sa.Column("joining", sa.String(length=20), nullable=False, server_default="open")
        )
        for word in ("word_one", "word_many", "word_definite"):
            table.add_column(sa.Column(word, sa.String(), nullable=False, server_default=""))
        table.add_column(
            sa.Column("digest_weekday", sa.Integer(), nullable=False, server_default="3")
        )
        table.add_column(sa.Column("digest_hour", sa.Integer(), nullable=False, server_default="9"))
        table.add_column(
            sa.Column("reminders", sa.String(), nullable=False, server_default="10080,1440,60")
        )
        table.add_column(sa.Column("removed_at", UtcDateTime(), nullable=True))


def _upload() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("member_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_upload_saved_at", "upload", ["saved_at"])
