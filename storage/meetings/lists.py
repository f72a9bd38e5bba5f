"""Lists of meetings, what else is on at a time, and drafts of meetings."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_
from sqlmodel import Session, col, func, select

from storage.meetings.meetings import LONGEST, Meeting, MeetingDraft, Occurrence


def on_between(
    session: Session, programme_id: int, start: datetime, end: datetime, but: int
) -> Sequence[tuple[Meeting, datetime, datetime]]:
    """What is on within a span and not cancelled, one meeting apart: when it begins and ends."""
    query = (
        select(Meeting, Occurrence.starts_at, Occurrence.ends_at)
        .join(Occurrence, col(Occurrence.meeting_id) == col(Meeting.id))
        .where(
            col(Meeting.programme_id) == programme_id,
            col(Meeting.id) != but,
            col(Occurrence.cancelled_at).is_(None),
            col(Occurrence.starts_at) > start - LONGEST,
            col(Occurrence.starts_at) < end,
            col(Occurrence.ends_at) > start,
        )
        .order_by(col(Occurrence.starts_at), col(Meeting.id))
    )
    return session.exec(query).all()


def latest_on(
    session: Session, programme_id: int, track_id: int | None, since: datetime, now: datetime
) -> int | None:
    """The time that began last, has begun, and was not over at an instant; not a cancelled one.

    Of a track's meetings and of those for all; without a track of those for all alone.
    """
    query = (
        select(Occurrence.id)
        .join(Meeting, col(Occurrence.meeting_id) == col(Meeting.id))
        .where(
            col(Meeting.programme_id) == programme_id,
            or_(col(Meeting.track_id).is_(None), col(Meeting.track_id) == track_id),
            col(Occurrence.cancelled_at).is_(None),
            col(Occurrence.starts_at) > since - LONGEST,
            col(Occurrence.starts_at) <= now,
            col(Occurrence.ends_at) > since,
        )
        .order_by(col(Occurrence.starts_at).desc(), col(Occurrence.id).desc())
    )
    return session.exec(query).first()


def times(
    session: Session, occurrence_ids: Collection[int]
) -> Sequence[tuple[Meeting, Occurrence]]:
    """Some times at which meetings are held, with their meetings."""
    query = (
        select(Meeting, Occurrence)
        .join(Occurrence, col(Occurrence.meeting_id) == col(Meeting.id))
        .where(col(Occurrence.id).in_(occurrence_ids))
    )
    return session.exec(query).all()


def page(
    session: Session,
    programme_id: int,
    now: datetime,
    *,
    track_id: int | None,
    past: bool,
    first: int,
    size: int,
) -> list[tuple[Meeting, Occurrence]]:
    """Some of the times that meetings are held, cancelled ones apart, in order of time.

    Those that are not over, soonest first; or the past ones, the latest first. With a track,
    its own and those for all.
    """
    order = col(Occurrence.starts_at)
    query = (
        select(Meeting, Occurrence)
        .join(Occurrence, col(Occurrence.meeting_id) == col(Meeting.id))
        .where(*_listed(programme_id, now, track_id, past=past))
        .order_by(order.desc() if past else order, col(Occurrence.id))
        .offset(first)
        .limit(size)
    )
    return list(session.exec(query).all())


def number(
    session: Session, programme_id: int, now: datetime, *, track_id: int | None, past: bool
) -> int:
    """How many there are on all pages."""
    query = (
        select(func.count())
        .select_from(Occurrence)
        .join(Meeting, col(Occurrence.meeting_id) == col(Meeting.id))
        .where(*_listed(programme_id, now, track_id, past=past))
    )
    return session.exec(query).one()


def titles(session: Session, programme_id: int, now: datetime) -> list[tuple[Meeting, datetime]]:
    """Every meeting that was not cancelled, with when it is next, or was last."""
    later = func.min(Occurrence.starts_at).filter(
        col(Occurrence.ends_at) > now, col(Occurrence.cancelled_at).is_(None)
    )
    query = (
        select(Meeting, func.coalesce(later, func.max(Occurrence.starts_at)))
        .join(Occurrence, col(Occurrence.meeting_id) == col(Meeting.id))
        .where(col(Meeting.programme_id) == programme_id, col(Meeting.cancelled_at).is_(None))
        .group_by(col(Meeting.id))
    )
    return [(row, at) for row, at in session.exec(query)]


def of_track(session: Session, track_id: int) -> Sequence[Meeting]:
    """A track's meetings that were not cancelled."""
    query = select(Meeting).where(
        col(Meeting.track_id) == track_id, col(Meeting.cancelled_at).is_(None)
    )
    return session.exec(query).all()


def find_draft(
    session: Session, programme_id: int, member_id: int, draft_id: int
) -> MeetingDraft | None:
    """A draft of this member in this programme; anyone else's is not found."""
    row = session.get(MeetingDraft, draft_id)
    if row is None or (row.programme_id, row.member_id) != (programme_id, member_id):
        return None
    return row


def forget_drafts(session: Session, before: datetime) -> None:
    """Delete every draft that was written before an instant."""
    session.exec(delete(MeetingDraft).where(col(MeetingDraft.written_at) < before))


def _listed(
    programme_id: int, now: datetime, track_id: int | None, *, past: bool
) -> list[ColumnElement[bool]]:
    wanted = [
        col(Meeting.programme_id) == programme_id,
        col(Occurrence.cancelled_at).is_(None),
        col(Occurrence.ends_at) <= now if past else col(Occurrence.ends_at) > now,
    ]
    if track_id is not None:
        wanted.append(or_(col(Meeting.track_id) == track_id, col(Meeting.track_id).is_(None)))
    return wanted
