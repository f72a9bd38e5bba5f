"""Meetings, the times they are held, answers, reminders; and the meeting a factor came from."""

import sqlalchemy as sa
from alembic import op

from storage.types import Snowflake, UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _meeting_draft()
    _meeting()
    _occurrence()
    _meeting_answer()
    _reminder()
    _origins()


def _meeting_draft() -> None:
    op.create_table(
        "meeting_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("member_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("data", sa.String(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_meeting_draft_programme_id", "meeting_draft", ["programme_id"])


def _meeting() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", Snowflake(), autoincrement=False, nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("wall", sa.String(), nullable=False),
        sa.Column("fold", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("repeat", sa.String(length=20), nullable=False),
        sa.Column("until", sa.String(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("agenda", sa.String(), nullable=False),
        sa.Column("reminders", sa.String(), nullable=True),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_by", Snowflake(), autoincrement=False, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("due", sa.Boolean(), nullable=False),
        sa.Column("channel_id", Snowflake(), autoincrement=False, nullable=True),
        sa.Column("message_id", Snowflake(), autoincrement=False, nullable=True),
        sa.Column("event_id", Snowflake(), autoincrement=False, nullable=True),
        sa.Column("event_for", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"]),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_meeting_message_id", "meeting", ["message_id"])
    op.create_index("ix_meeting_track_id", "meeting", ["track_id"])
    op.create_index(
        "meeting_due",
        "meeting",
        ["programme_id"],
        sqlite_where=sa.text("due"),
        postgresql_where=sa.text("due"),
    )
    op.create_index("meeting_programme", "meeting", ["programme_id", "id"])


def _occurrence() -> None:
    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("wall", sa.String(), nullable=False),
        sa.Column("fold", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("agenda", sa.String(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("links", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("occurrence_original", "occurrence", ["meeting_id", "original"], unique=True)
    op.create_index("occurrence_time", "occurrence", ["starts_at"])


def _meeting_answer() -> None:
    op.create_table(
        "meeting_answer",
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("attended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"]),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"]),
        sa.PrimaryKeyConstraint("occurrence_id", "participant_id"),
    )
    op.create_index(
        "meeting_answer_participant", "meeting_answer", ["participant_id", "occurrence_id"]
    )


def _reminder() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("created_by", Snowflake(), autoincrement=False, nullable=True),
        sa.ForeignKeyConstraint(["occurrence_id"], ["occurrence.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reminder_occurrence_id", "reminder", ["occurrence_id"])


def _origins() -> None:
    """The meeting that a factor came from."""
    for table in ("draft", "factor"):
        # In words: for a column that refers Alembic would build the table anew on SQLite.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN occurrence_id INTEGER REFERENCES occurrence (id)"
        )
    op.create_index("ix_factor_occurrence_id", "factor", ["occurrence_id"])
    op.add_column(
        "draft", sa.Column("apart", sa.Boolean(), nullable=False, server_default=sa.false())
    )
