"""What Alembic runs around every migration; ``storage.upgrade`` hands over the connection."""

from alembic import context
from sqlmodel import SQLModel

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    # SQLite alters little: Alembic builds such a table anew and copies its rows.
    render_as_batch=connection.dialect.name == "sqlite",
)
# No transaction is begun here: the caller's holds all steps, so that they count together or not.
context.run_migrations()
