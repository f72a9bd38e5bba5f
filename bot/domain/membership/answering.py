"""Saying what one will do about a meeting: whoever answers is in the server, whatever was known."""

from datetime import datetime

from bot.domain.factors import presence
from bot.domain.meetings import answers
from bot.domain.meetings.views import MeetingView
from storage.desk import Desk
from storage.enums import Answer


def answer(
    desk: Desk,
    occurrence_id: int,
    member_id: int,
    choice: Answer,
    *,
    elsewhere: bool = False,
    said_at: datetime | None = None,
) -> MeetingView | None:
    """Record a participant's answer, as :func:`bot.domain.meetings.answers.answer` does."""
    presence.seen(desk, member_id)
    about = occurrence_id, member_id, choice
    return answers.answer(desk, *about, elsewhere=elsewhere, said_at=said_at)


def attend(
    desk: Desk, occurrence_id: int, member_id: int, *, there: bool = True
) -> MeetingView | None:
    """Record that they were there, as :func:`bot.domain.meetings.answers.attend` does."""
    presence.seen(desk, member_id)
    return answers.attend(desk, occurrence_id, member_id, there=there)
