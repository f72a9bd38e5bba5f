"""${message[:1].upper() + message[1:].rstrip(".")}."""

import sqlalchemy as sa
from alembic import op

import storage.types
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}

# True when it changes what people wrote: the file is then copied first.
changes_data = False


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
