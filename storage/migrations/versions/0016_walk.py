"""The walk: what somebody wants to be asked later, or never."""

import sqlalchemy as sa
from alembic import op

from storage.types import Snowflake, UtcDateTime

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "need_rest",
        sa.Column("programme_id", Snowflake(), nullable=False),
        sa.Column("member_id", Snowflake(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.PrimaryKeyConstraint("programme_id", "member_id", "kind", "subject_id"),
    )
    op.create_index("ix_need_rest_until", "need_rest", ["until"])


def downgrade() -> None:
    op.drop_index("ix_need_rest_until", "need_rest")
    op.drop_table("need_rest")
