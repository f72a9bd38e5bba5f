"""How a participant wants to be reached, and for what."""

from dataclasses import dataclass

from bot.domain.members import participants
from storage import journal
from storage.desk import Desk
from storage.enums import Reach
from storage.members import participants as kept


@dataclass(frozen=True)
class NotifyView:
    """A participant's choices, and for which organisation they take part."""

    programme_id: int
    organisation: str
    reach: Reach
    reminders: bool
    weekly_list: bool


def of(desk: Desk, member_id: int) -> NotifyView:
    """What a participant has chosen.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the member is with no organisation.
    """
    who = participants.need(desk, member_id)
    row = kept.find_member(desk, member_id) or kept.Member(
        programme_id=desk.programme_id, member_id=member_id
    )
    return NotifyView(
        desk.programme_id, who.organisation, row.reach, row.reminders, row.weekly_list
    )


def change(
    desk: Desk,
    member_id: int,
    *,
    reach: Reach | None = None,
    reminders: bool | None = None,
    weekly_list: bool | None = None,
) -> NotifyView:
    """Choose anew; what is None stays as it is.

    Raises:
        NotSetUp, NotAParticipant: as :func:`of`.
    """
    participants.need(desk, member_id)
    row = kept.member(desk, member_id)
    chosen = {"reach": reach, "reminders": reminders, "weekly_list": weekly_list}
    changed = {name: value for name, value in chosen.items() if value is not None}
    row.sqlmodel_update(changed)
    if reach is Reach.DIRECT:
        row.closed_at = None  # whoever chooses them has opened them
    desk.session.flush()
    journal.write(
        desk.session, desk.programme_id, desk.now, member_id, "member.chose", member_id, **changed
    )
    return of(desk, member_id)
