"""How a participant wants to be reached, and for what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain import factors, participants
from storage import journal
from storage import participants as kept
from storage.enums import Reach


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


@dataclass(frozen=True)
class Proposer:
    """Who proposed a factor, and how they want to be reached about it."""

    member_id: int
    reach: Reach


def proposer(
    session: Session, programme_id: int, factor_id: int, *, but: Collection[int] = ()
) -> Proposer | None:
    """Who is to be told what becomes of a factor.

    Nobody, where its proposer was erased, has left the server or knows already (``but``), or where
    a coordinator entered it. Whoever keeps their name off the card is never mentioned in
    public, but written to directly instead.

    Raises:
        FactorNotFound: there is none with this id in this programme.
    """
    row = factors.need(session, programme_id, factor_id)
    found = kept.find(session, programme_id, row.participant_id or 0)
    if row.on_behalf or found is None or found.member_id <= 0 or found.member_id in but:
        return None
    chosen = kept.find_member(session, programme_id, found.member_id)
    if chosen is not None and chosen.gone_at is not None:
        return None
    reach = chosen.reach if chosen else Reach.DIRECT
    if row.discreet and reach is Reach.MENTION:
        reach = Reach.DIRECT
    return Proposer(found.member_id, reach)


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
