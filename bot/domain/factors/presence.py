"""Whoever does something here is here: what they said counts again."""

from storage import journal
from storage.desk import Desk
from storage.factors import changes
from storage.meetings import answers
from storage.members import participants
from storage.organisations import organisations


def seen(desk: Desk, member_id: int) -> None:
    """This one does something here, so they are in the server, whatever was known.

    To be called wherever a participant acts and their votes must count; it costs one statement.
    """
    if participants.back(desk, member_id):
        changes.presence(desk, [member_id])
        answers.make_due(desk, [member_id])
        journal.write(desk.session, desk.programme_id, desk.now, None, "member.back", member_id)
        if who := participants.current(desk, member_id):
            count_again(desk, who.organisation_id)


def count_again(desk: Desk, organisation_id: int) -> None:
    """Somebody takes part for an organisation: it counts, if it was left out for having nobody."""
    row = organisations.find(desk, organisation_id)
    if row is not None and row.left_out_at is not None:
        row.left_out_at = None
        desk.session.add(row)
        desk.session.flush()
        changes.around(desk)
