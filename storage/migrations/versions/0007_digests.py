"""Weekly digests, and how much is said where."""

import sqlalchemy as sa
from alembic import op

from storage.types import Snowflake, UtcDateTime

revision = "0007"
down_revision = "0006"

_WAITING = sa.text("status = 'open' AND standing = 'too_early'")


def upgrade() -> None:
    op.create_table(
        "digest",
        sa.Column("programme_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("off", sa.String(), nullable=False),
        sa.Column("greeting", sa.String(), nullable=False),
        sa.Column("editions", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.PrimaryKeyConstraint("programme_id", "week"),
    )
    op.create_table(
        "talk",
        sa.Column("programme_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("channel_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.PrimaryKeyConstraint("programme_id", "channel_id", "day"),
    )
    op.create_index("talk_day", "talk", ["programme_id", "day"])
    op.create_table(
        "heard",
        sa.Column("programme_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("channel_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("last_id", Snowflake(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.PrimaryKeyConstraint("programme_id", "channel_id"),
    )
    for name in ("digest_off", "digest_greeting"):
        op.add_column("programme", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.create_index(
        "factor_waiting",
        "factor",
        ["programme_id", "track_id"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
