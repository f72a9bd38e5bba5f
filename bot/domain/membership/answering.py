"""Saying what one will do about a meeting: whoever answers is in the server, whatever was known."""

from datetime import datetime

from sqlmodel import Session

from bot.domain.factors import presence
from bot.domain.meetings import answers
from bot.domain.meetings.views import MeetingView
from storage.enums import Answer


def answer(
    session: Session,
    programme_id: int,
    occurrence_id: int,
    member_id: int,
    choice: Answer,
    *,
    elsewhere: bool = False,
    now: datetime,
) -> MeetingView:
    """Record a participant's answer, as :func:`bot.domain.meetings.answers.answer` does."""
    presence.seen(session, programme_id, member_id, now=now)
    return answers.answer(
        session, programme_id, occurrence_id, member_id, choice, elsewhere=elsewhere, now=now
    )


def attend(
    session: Session, programme_id: int, occurrence_id: int, member_id: int, *, now: datetime
) -> MeetingView:
    """Record that they were there, as :func:`bot.domain.meetings.answers.attend` does."""
    presence.seen(session, programme_id, member_id, now=now)
    return answers.attend(session, programme_id, occurrence_id, member_id, now=now)
