"""An organisation's experiences are found without reading all there are."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_index("ix_experience_organisation_id", "experience", ["organisation_id"])
