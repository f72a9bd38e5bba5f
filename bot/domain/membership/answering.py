"""Saying what one will do about a meeting: whoever answers is in the server, whatever was known."""

from bot.domain.factors import presence
from bot.domain.meetings import answers
from bot.domain.meetings.views import MeetingView
from storage.desk import Desk
from storage.enums import Answer


def answer(
    desk: Desk, occurrence_id: int, member_id: int, choice: Answer, *, elsewhere: bool = False
) -> MeetingView:
    """Record a participant's answer, as :func:`bot.domain.meetings.answers.answer` does."""
    presence.seen(desk, member_id)
    return answers.answer(desk, occurrence_id, member_id, choice, elsewhere=elsewhere)


def attend(desk: Desk, occurrence_id: int, member_id: int) -> MeetingView:
    """Record that they were there, as :func:`bot.domain.meetings.answers.attend` does."""
    presence.seen(desk, member_id)
    return answers.attend(desk, occurrence_id, member_id)
