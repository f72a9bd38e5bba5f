"""Whoever does something here is here: what they said counts again."""

from storage import journal
from storage.desk import Desk
from storage.factors import votes
from storage.meetings import answers
from storage.members import participants


def seen(desk: Desk, member_id: int) -> None:
    """This one does something here, so they are in the server, whatever was known.

    To be called wherever a participant acts and their votes must count; it costs one statement.
    """
    if participants.back(desk, member_id):
        votes.make_due(desk, [member_id])
        answers.make_due(desk, [member_id])
        journal.write(desk.session, desk.programme_id, desk.now, None, "member.back", member_id)
