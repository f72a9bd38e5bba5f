"""How a participant wants to be reached, and for what."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain.members import participants
from storage import journal
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


def of(session: Session, programme_id: int, member_id: int) -> NotifyView:
    """What a participant has chosen.

    Raises:
        NotSetUp: the server has no programme.
        NotAParticipant: the member is with no organisation.
    """
    who = participants.need(session, programme_id, member_id)
    row = kept.find_member(session, programme_id, member_id) or kept.Member(
        programme_id=programme_id, member_id=member_id
    )
    return NotifyView(programme_id, who.organisation, row.reach, row.reminders, row.weekly_list)


def change(
    session: Session,
    programme_id: int,
    member_id: int,
    *,
    reach: Reach | None = None,
    reminders: bool | None = None,
    weekly_list: bool | None = None,
    now: datetime,
) -> NotifyView:
    """Choose anew; what is None stays as it is.

    Raises:
        NotSetUp, NotAParticipant: as :func:`of`.
    """
    participants.need(session, programme_id, member_id)
    row = kept.member(session, programme_id, member_id)
    chosen = {"reach": reach, "reminders": reminders, "weekly_list": weekly_list}
    changed = {name: value for name, value in chosen.items() if value is not None}
    row.sqlmodel_update(changed)
    session.flush()
    journal.write(session, programme_id, now, member_id, "member.chose", member_id, **changed)
    return of(session, programme_id, member_id)
