"""Where a person's direct messages go, and since when they let none through."""

import sqlalchemy as sa
from alembic import op

from storage.types import Snowflake, UtcDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    with op.batch_alter_table("member") as member:
        member.add_column(sa.Column("direct_id", Snowflake(), nullable=True))
        member.add_column(sa.Column("closed_at", UtcDateTime(), nullable=True))
