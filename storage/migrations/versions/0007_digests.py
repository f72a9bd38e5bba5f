"""Weekly digests, and how much is said where."""

from datetime import UTC, datetime, timedelta

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
    _counted_so_far()
    for name in ("digest_off", "digest_greeting"):
        op.add_column("programme", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.create_index(
        "factor_waiting",
        "factor",
        ["programme_id", "track_id", "opens_at", "closes_at"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )


def _counted_so_far() -> None:
    """What was said about factors was counted when it came, and must not be counted again."""
    factor = sa.table(
        "factor",
        sa.column("id"),
        sa.column("programme_id", Snowflake()),
        sa.column("thread_id", Snowflake()),
    )
    journal = sa.table(
        "journal", sa.column("kind"), sa.column("subject_id"), sa.column("at", UtcDateTime())
    )
    heard = sa.table(
        "heard",
        sa.column("programme_id", Snowflake()),
        sa.column("channel_id", Snowflake()),
        sa.column("last_id", Snowflake()),
    )
    threads = (
        sa.select(factor.c.programme_id, factor.c.thread_id, sa.func.max(journal.c.at).label("at"))
        .join(journal, journal.c.subject_id == factor.c.id)
        .where(journal.c.kind == "factor.discussed", factor.c.thread_id.is_not(None))
        .group_by(factor.c.programme_id, factor.c.thread_id)
    )
    found = op.get_bind().execute(threads).all()
    rows = [
        {"programme_id": programme, "channel_id": thread, "last_id": _message_at(at)}
        for programme, thread, at in found
    ]
    if rows:
        op.bulk_insert(heard, rows)


def _message_at(moment: datetime) -> int:
    """The greatest id that Discord can have given a message by then."""
    since = moment - datetime(2015, 1, 1, tzinfo=UTC)
    return (since // timedelta(milliseconds=1) + 1 << 22) - 1
