"""Work in steps: who is being forgotten, and posts that go in one message found by an index."""

import sqlalchemy as sa
from alembic import op

from storage.types import Snowflake

revision = "0015"
down_revision = "0014"

_TOGETHER = "lead_id IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "erasing",
        sa.Column("programme_id", Snowflake(), nullable=False),
        sa.Column("member_id", Snowflake(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.PrimaryKeyConstraint("programme_id", "member_id"),
    )
    where = sa.text(_TOGETHER)
    op.create_index(
        "delivery_lead", "delivery", ["lead_id"], sqlite_where=where, postgresql_where=where
    )


def downgrade() -> None:
    op.drop_index("delivery_lead", "delivery")
    op.drop_table("erasing")
