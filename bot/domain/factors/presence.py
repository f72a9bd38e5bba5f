"""Whoever does something here is here: what they said counts again."""

from datetime import datetime

from sqlmodel import Session

from storage import journal
from storage.factors import votes
from storage.meetings import answers
from storage.members import participants


def seen(session: Session, programme_id: int, member_id: int, *, now: datetime) -> None:
    """This one does something here, so they are in the server, whatever was known.

    To be called wherever a participant acts and their votes must count; it costs one statement.
    """
    if participants.back(session, programme_id, member_id):
        votes.make_due(session, programme_id, [member_id])
        answers.make_due(session, programme_id, now, [member_id])
        journal.write(session, programme_id, now, None, "member.back", member_id)
