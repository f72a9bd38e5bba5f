"""The ledger of posts that must arrive."""

import sqlalchemy as sa
from alembic import op

from storage.types import Snowflake, UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("slot", sa.String(), nullable=True),
        sa.Column("member_id", Snowflake(), autoincrement=False, nullable=True),
        sa.Column("bundle", sa.String(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("channel_id", Snowflake(), autoincrement=False, nullable=True),
        sa.Column("message_id", Snowflake(), autoincrement=False, nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("delivery_bundle", "delivery", ["bundle", "state"])
    op.create_index("delivery_key", "delivery", ["key"], unique=True)
    op.create_index("delivery_next", "delivery", ["state", "next_at", "id"])
    op.create_index("delivery_settled", "delivery", ["programme_id", "state", "settled_at"])
    op.create_index("delivery_subject", "delivery", ["programme_id", "kind", "subject_id"])
    op.create_index("ix_delivery_member_id", "delivery", ["member_id"])
