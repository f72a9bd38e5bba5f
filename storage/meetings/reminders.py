"""What reminders are about, found for the ledger."""

from collections.abc import Sequence

from sqlmodel import col, select

from storage.desk import Desk
from storage.meetings.meetings import Meeting, Occurrence


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
