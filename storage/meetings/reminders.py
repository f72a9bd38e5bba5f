"""What reminders are about, found for the ledger."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage.meetings.meetings import Meeting, Occurrence


def following(session: Session, programme_id: int, now: datetime) -> Sequence[Meeting]:
    """The meetings still to come that have the programme's reminders."""
    ahead = select(Occurrence.meeting_id).where(col(Occurrence.starts_at) > now)
    query = select(Meeting).where(
        col(Meeting.programme_id) == programme_id,
        col(Meeting.reminders).is_(None),
        col(Meeting.cancelled_at).is_(None),
        col(Meeting.id).in_(ahead),
    )
    return session.exec(query.order_by(col(Meeting.id))).all()


def title(session: Session, occurrence_id: int) -> str:
    """What a meeting is called at one of its times; nothing where there is none."""
    query = (
        select(Occurrence.title, Meeting.title)
        .join(Meeting, col(Meeting.id) == col(Occurrence.meeting_id))
        .where(col(Occurrence.id) == occurrence_id)
    )
    own, of_series = session.exec(query).first() or ("", "")
    return of_series if own is None else own
