"""Meetings, the times they are held, and what people answered."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Index, or_, text, true, update
from sqlmodel import Field, Session, SQLModel, col, func, select

from storage.desk import Desk
from storage.enums import Answer, MeetingKind, Repeat, words_of
from storage.members import sight
from storage.shards import Shards
from storage.tracks.tracks import Track
from storage.types import Snowflake, UtcDateTime

# No meeting lasts longer, so that what is on at a moment is found by when it began.
LONGEST = timedelta(days=14)


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
        Index("meeting_due", "programme_id", sqlite_where=text("due")),
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

    ``summary`` and ``links`` are the minutes of it, written afterwards; ``reason`` is why it was
    cancelled.
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
    reason: str = ""


class MeetingAnswer(SQLModel, table=True):
    """What a participant said to one occurrence.

    ``muted`` is *Not for this meeting*: no personal reminders. ``attended_at`` is when it was
    marked that they were there.
    """

    __tablename__ = "meeting_answer"
    # In this order, so that a person's latest answer to a series is found at once.
    __table_args__ = (Index("meeting_answer_participant", "participant_id", "occurrence_id"),)

    occurrence_id: int = Field(foreign_key="occurrence.id", primary_key=True)
    participant_id: int = Field(foreign_key="participant.id", primary_key=True)
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


def find(desk: Desk, meeting_id: int) -> Meeting | None:
    """A meeting of this programme that is there for whoever asks; any other is not found."""
    row = desk.session.get(Meeting, meeting_id)
    if row is None or row.programme_id != desk.programme_id:
        return None
    return row if sight.sees(desk, row.track_id) else None


def find_occurrence(desk: Desk, occurrence_id: int) -> tuple[Meeting, Occurrence] | None:
    """One time that a meeting is held which :func:`find` finds; any other is not found."""
    query = (
        select(Meeting, Occurrence, Track)
        .join(Occurrence, col(Occurrence.meeting_id) == col(Meeting.id))
        .outerjoin(Track, col(Track.id) == col(Meeting.track_id))
        .where(col(Occurrence.id) == occurrence_id, col(Meeting.programme_id) == desk.programme_id)
    )
    found = desk.session.exec(query).first()
    # The track is at hand, so that looking whether it is closed asks for nothing.
    return found[:2] if found and sight.sees(desk, found[0].track_id) else None


def times_of(desk: Desk, meeting_id: int) -> Sequence[Occurrence]:
    """Every time that a meeting is held, in the order of its series."""
    mine = select(Occurrence).where(col(Occurrence.meeting_id) == meeting_id)
    return desk.session.exec(mine.order_by(col(Occurrence.id))).all()


def coming(
    desk: Desk, meeting_id: int, limit: int, since: datetime | None = None
) -> tuple[list[Occurrence], int]:
    """The times that are not over and not cancelled, soonest first, and how many they are.

    Args:
        meeting_id: the meeting.
        limit: at most so many are given back; all are counted.
        since: only those that begin then or later.
    """
    query = (
        select(Occurrence, func.count().over())
        .where(
            col(Occurrence.meeting_id) == meeting_id,
            col(Occurrence.ends_at) > desk.now,
            col(Occurrence.cancelled_at).is_(None),
            col(Occurrence.starts_at) >= since if since else true(),
        )
        .order_by(col(Occurrence.starts_at), col(Occurrence.id))
        .limit(limit)
    )
    rows = desk.session.exec(query).all()
    return [row for row, _ in rows], rows[0][1] if rows else 0


def with_minutes(desk: Desk, meeting_id: int) -> Occurrence | None:
    """The latest time that is over and has minutes."""
    query = (
        select(Occurrence)
        .where(
            col(Occurrence.meeting_id) == meeting_id,
            col(Occurrence.ends_at) <= desk.now,
            or_(col(Occurrence.summary) != "", col(Occurrence.links) != ""),
        )
        .order_by(col(Occurrence.starts_at).desc())
        .limit(1)
    )
    return desk.session.exec(query).first()


def due(desk: Desk) -> list[int]:
    """The meetings whose cards have yet to follow what changed, in the order they were made.

    Those too that everyone on the server is told of, though their track is closed.
    """
    # In the words of the index on just these, which is not used for "IS 1".
    query = select(Meeting.id).where(
        col(Meeting.programme_id) == desk.programme_id, text("meeting.due")
    )
    told = (
        select(Meeting.id)
        .join(Track, col(Track.id) == col(Meeting.track_id))
        .where(
            col(Track.programme_id) == desk.programme_id,
            col(Track.closed).is_(True),
            col(Meeting.event_id).is_not(None),
        )
    )
    found = {meeting_id or 0 for each in (query, told) for meeting_id in desk.session.exec(each)}
    return sorted(found)


def pass_time(session: Session, shards: Shards, after: datetime, until: datetime) -> None:
    """Make due the meetings that began or ended after one moment, until another."""
    passed = select(Occurrence.meeting_id).where(
        col(Occurrence.starts_at) > after - LONGEST,
        col(Occurrence.starts_at) <= until,
        col(Occurrence.cancelled_at).is_(None),
        or_(
            col(Occurrence.starts_at) > after,
            (col(Occurrence.ends_at) > after) & (col(Occurrence.ends_at) <= until),
        ),
    )
    session.exec(
        update(Meeting)
        .where(col(Meeting.id).in_(passed), shards.hold(Meeting.programme_id))
        .values(due=True, revision=Meeting.revision + 1)
    )


def forget_channel(desk: Desk, channel_id: int) -> None:
    """Let the cards that stood in a channel that is gone be posted again."""
    desk.session.exec(
        update(Meeting)
        .where(
            col(Meeting.programme_id) == desk.programme_id, col(Meeting.channel_id) == channel_id
        )
        .values(channel_id=None, message_id=None, due=True)
    )


def lost(desk: Desk, message_ids: Collection[int]) -> None:
    """Forget cards that are gone from Discord."""
    desk.session.exec(
        update(Meeting)
        .where(
            col(Meeting.programme_id) == desk.programme_id, col(Meeting.message_id).in_(message_ids)
        )
        .values(channel_id=None, message_id=None)
    )
