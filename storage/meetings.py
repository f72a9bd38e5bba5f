"""Meetings, the times they are held, and what people answered."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.enums import Answer, MeetingKind, Repeat, words_of
from storage.types import Snowflake, UtcDateTime


class Meeting(SQLModel, table=True):
    """A meeting, held once or again and again. Without a track it is for all.

    ``wall`` is the start by the clock in ``zone`` (``2026-12-03T13:00``), ``fold`` 1 for the second
    of an hour that comes twice; ``minutes`` the duration. A repeated one ends: at ``until`` (a day,
    ``2027-06-30``) or after ``times``. ``place`` is where, or a link.

    ``reminders`` are minutes ahead, between commas; None for those of the programme. ``uid`` and
    ``sequence`` are for calendars. ``due`` says that the card and Discord's event have yet to
    follow something that changed. ``event_id`` is Discord's event, made for ``event_for``.
    """

    __table_args__ = (
        Index("meeting_programme", "programme_id", "id"),
        Index(
            "meeting_due",
            "programme_id",
            sqlite_where=text("due"),
            postgresql_where=text("due"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id")
    track_id: int | None = Field(default=None, foreign_key="track.id", index=True)
    title: str
    kind: MeetingKind = Field(sa_type=words_of(MeetingKind))
    zone: str
    wall: str
    fold: int = 0
    minutes: int
    repeat: Repeat = Field(default=Repeat.NONE, sa_type=words_of(Repeat))
    until: str | None = None
    times: int | None = None
    place: str = ""
    agenda: str = ""
    reminders: str | None = None
    uid: str
    sequence: int = 0
    created_by: int | None = Field(default=None, sa_type=Snowflake)
    created_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revision: int = 1
    due: bool = True
    channel_id: int | None = Field(default=None, sa_type=Snowflake)
    message_id: int | None = Field(default=None, sa_type=Snowflake, index=True)
    event_id: int | None = Field(default=None, sa_type=Snowflake)
    event_for: int | None = None


class Occurrence(SQLModel, table=True):
    """One time that a meeting is held.

    ``original`` is the clock time that the series gives it, and stays when it is moved alone;
    ``wall`` and ``fold`` are when it is, and ``starts_at`` the moment. ``title``, ``place``,
    ``agenda`` and ``minutes`` are None where they are the meeting's. Answers from before
    ``asked_at`` no longer count: it was moved by a day or more.

    ``summary`` and ``links`` are the minutes of it, written afterwards.
    """

    __table_args__ = (
        Index("occurrence_original", "meeting_id", "original", unique=True),
        Index("occurrence_time", "starts_at"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    original: str
    wall: str
    fold: int = 0
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    title: str | None = None
    place: str | None = None
    agenda: str | None = None
    minutes: int | None = None
    sequence: int = 0
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    summary: str = ""
    links: str = ""


class MeetingAnswer(SQLModel, table=True):
    """What a participant said to one occurrence.

    ``muted`` is *Not for this meeting*: no personal reminders. ``attended_at`` is when it was
    marked that they were there.
    """

    __tablename__ = "meeting_answer"

    occurrence_id: int = Field(foreign_key="occurrence.id", primary_key=True)
    participant_id: int = Field(foreign_key="participant.id", primary_key=True, index=True)
    answer: Answer | None = Field(default=None, sa_type=words_of(Answer))
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    muted: bool = False
    attended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Reminder(SQLModel, table=True):
    """A reminder of a coordinator's own words, for one occurrence."""

    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    occurrence_id: int = Field(foreign_key="occurrence.id", index=True)
    text: str
    at: datetime = Field(sa_type=UtcDateTime)
    created_by: int | None = Field(default=None, sa_type=Snowflake)


class MeetingDraft(SQLModel, table=True):
    """What somebody filled in and has yet to save; ``data`` is as the form has it."""

    __tablename__ = "meeting_draft"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    programme_id: int = Field(sa_type=Snowflake, foreign_key="programme.id", index=True)
    member_id: int = Field(sa_type=Snowflake)
    data: str
    written_at: datetime = Field(sa_type=UtcDateTime)
