"""Lists of meetings, what else is on at a time, drafts, and what reminders are about."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from storage.desk import Desk
from storage.meetings.meetings import LONGEST, Meeting, MeetingDraft, Occurrence
from storage.members import sight


def on_between(
    desk: Desk, start: datetime, end: datetime, but: int
) -> Sequence[tuple[Meeting, datetime, datetime]]:
    """What is on within a span and not cancelled, one meeting apart: when it begins and ends."""
    query = (
        select(Meeting, Occurrence.starts_at, Occurrence.ends_at)
        .join(Occurrence, col(Occurrence.meeting_id) == col(Meeting.id))
        .where(
            col(Meeting.programme_id) == desk.programme_id,
            col(Meeting.id) != but,
            col(Occurrence.cancelled_at).is_(None),
            col(Occurrence.starts_at) > start - LONGEST,
            col(Occurrence.starts_at) < end,
            col(Occurrence.ends_at) > start,
        )
        .order_by(col(Occurrence.starts_at), col(Meeting.id))
    )
    return desk.session.exec(query).all()


def latest_on(desk: Desk, track_id: int | None, since: datetime) -> int | None:
    """The time that began last, has begun, and was not over at an instant; not a cancelled one.

    Of a track's meetings and of those for all; without a track of those for all alone.
    """
    query = (
        select(Occurrence.id)
        .join(Meeting, col(Occurrence.meeting_id) == col(Meeting.id))
        .where(
            col(Meeting.programme_id) == desk.programme_id,
            or_(col(Meeting.track_id).is_(None), col(Meeting.track_id) == track_id),
            col(Occurrence.cancelled_at).is_(None),
            col(Occurrence.starts_at) > since - LONGEST,
            col(Occurrence.starts_at) <= desk.now,
            col(Occurrence.ends_at) > since,
        )
        .order_by(col(Occurrence.starts_at).desc(), col(Occurrence.id).desc())
    )
    return desk.session.exec(query).first()


def times(desk: Desk, occurrence_ids: Collection[int]) -> Sequence[tuple[Meeting, Occurrence]]:
    """Some times at which meetings are held, with their meetings."""
    query = (
        select(Meeting, Occurrence)
        .join(Occurrence, col(Occurrence.meeting_id) == col(Meeting.id))
        .where(col(Occurrence.id).in_(occurrence_ids))
    )
    return desk.session.exec(query).all()


def page(
    desk: Desk, *, track_id: int | None, past: bool, first: int, size: int
) -> list[tuple[Meeting, Occurrence]]:
    """Some of the times that meetings are held, cancelled ones apart, in order of time.

    Of each meeting the first that is not over, soonest first; or all past ones, the latest first.
    With a track, its own and those for all. Those that whoever asks may not see are left out.
    """
    order = col(Occurrence.starts_at)
    query = (
        select(Meeting, Occurrence)
        .join(Occurrence, col(Occurrence.meeting_id) == col(Meeting.id))
        .where(*_listed(desk, track_id, past=past))
        .order_by(order.desc() if past else order, col(Occurrence.id))
        .offset(first)
        .limit(size)
    )
    return list(desk.session.exec(query).all())


def number(desk: Desk, *, track_id: int | None, past: bool) -> int:
    """How many there are on all pages."""
    query = (
        select(func.count())
        .select_from(Occurrence)
        .join(Meeting, col(Occurrence.meeting_id) == col(Meeting.id))
        .where(*_listed(desk, track_id, past=past))
    )
    return desk.session.exec(query).one()


def ahead(desk: Desk, meeting_ids: Collection[int]) -> dict[int, int]:
    """How many times of some meetings are not over, cancelled ones apart."""
    query = (
        select(Occurrence.meeting_id, func.count())
        .where(
            col(Occurrence.meeting_id).in_(meeting_ids),
            col(Occurrence.cancelled_at).is_(None),
            col(Occurrence.ends_at) > desk.now,
        )
        .group_by(col(Occurrence.meeting_id))
    )
    return dict(desk.session.exec(query).all())


def titles(desk: Desk) -> list[tuple[Meeting, datetime]]:
    """Every meeting that was not cancelled, with when it is next, or was last.

    Those that whoever asks may not see are left out.
    """
    later = func.min(Occurrence.starts_at).filter(
        col(Occurrence.ends_at) > desk.now, col(Occurrence.cancelled_at).is_(None)
    )
    query = (
        select(Meeting, func.coalesce(later, func.max(Occurrence.starts_at)))
        .join(Occurrence, col(Occurrence.meeting_id) == col(Meeting.id))
        .where(col(Meeting.programme_id) == desk.programme_id, col(Meeting.cancelled_at).is_(None))
        .where(*_outside(sight.hidden(desk)))
        .group_by(col(Meeting.id))
    )
    return [(row, at) for row, at in desk.session.exec(query)]


def of_track(desk: Desk, track_id: int) -> Sequence[Meeting]:
    """A track's meetings that were not cancelled."""
    query = select(Meeting).where(
        col(Meeting.track_id) == track_id, col(Meeting.cancelled_at).is_(None)
    )
    return desk.session.exec(query).all()


def find_draft(desk: Desk, member_id: int, draft_id: int) -> MeetingDraft | None:
    """A draft of this member in this programme; anyone else's is not found."""
    row = desk.session.get(MeetingDraft, draft_id)
    if row is None or (row.programme_id, row.member_id) != (desk.programme_id, member_id):
        return None
    return row


def forget_drafts(session: Session, before: datetime) -> None:
    """Delete every draft that was written before an instant."""
    session.exec(delete(MeetingDraft).where(col(MeetingDraft.written_at) < before))


def _listed(desk: Desk, track_id: int | None, *, past: bool) -> list[ColumnElement[bool]]:
    ends_at = col(Occurrence.ends_at)
    wanted = [
        col(Meeting.programme_id) == desk.programme_id,
        col(Occurrence.cancelled_at).is_(None),
        ends_at <= desk.now if past else ends_at > desk.now,
        *_outside(sight.hidden(desk)),
    ]
    if track_id is not None:
        wanted.append(or_(col(Meeting.track_id) == track_id, col(Meeting.track_id).is_(None)))
    if not past:
        other = aliased(Occurrence)
        first = select(func.min(other.starts_at)).where(
            other.meeting_id == Occurrence.meeting_id,
            col(other.cancelled_at).is_(None),
            col(other.ends_at) > desk.now,
        )
        wanted.append(col(Occurrence.starts_at) == first.correlate(Occurrence).scalar_subquery())
    return wanted


def _outside(hidden: Collection[int]) -> list[ColumnElement[bool]]:
    """What is true of the meetings that belong to none of some tracks."""
    if not hidden:
        return []
    return [or_(col(Meeting.track_id).is_(None), col(Meeting.track_id).not_in(hidden))]


def following(desk: Desk) -> Sequence[Meeting]:
    """The meetings still to come that have the programme's reminders."""
    ahead = select(Occurrence.meeting_id).where(col(Occurrence.starts_at) > desk.now)
    query = select(Meeting).where(
        col(Meeting.programme_id) == desk.programme_id,
        col(Meeting.reminders).is_(None),
        col(Meeting.cancelled_at).is_(None),
        col(Meeting.id).in_(ahead),
    )
    return desk.session.exec(query.order_by(col(Meeting.id))).all()


def title(desk: Desk, occurrence_id: int) -> str:
    """What a meeting is called at one of its times; nothing where there is none."""
    query = (
        select(Occurrence.title, Meeting.title)
        .join(Meeting, col(Meeting.id) == col(Occurrence.meeting_id))
        .where(col(Occurrence.id) == occurrence_id)
    )
    own, of_series = desk.session.exec(query).first() or ("", "")
    return of_series if own is None else own
