"""The servers that leda is in: a programme outlives leda's absence for a while."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session

from storage import journal
from storage.desk import Desk
from storage.kit import programmes
from storage.programme import ownership

KEPT_FOR = timedelta(days=30)


def removed(desk: Desk) -> None:
    """Leda is not in the server any more. Its programme, if it has one, is kept for 30 days."""
    programme = programmes.find(desk)
    if programme is not None and programme.removed_at is None:
        programme.removed_at = desk.now
        journal.write(desk.session, desk.programme_id, desk.now, None, "programme.removed")


def returned(desk: Desk) -> bool:
    """Leda is in the server; whether it was away, and finds its programme as it was."""
    programme = programmes.find(desk)
    if programme is None or programme.removed_at is None:
        return False
    programme.removed_at = None
    journal.write(desk.session, desk.programme_id, desk.now, None, "programme.returned")
    return True


def known(session: Session) -> list[int]:
    """The servers that have a programme, whether leda is in them or not."""
    return [programme.id for programme in programmes.all_of(session)]


def notice(
    session: Session, present: Collection[int], missing: Collection[int], *, now: datetime
) -> None:
    """Bring what is known in line with the servers that leda finds itself in."""
    for programme_id in present:
        returned(Desk(session, programme_id, None, now))
    for programme_id in missing:
        removed(Desk(session, programme_id, None, now))


def forget_removed(session: Session, servers: Collection[int], *, now: datetime) -> list[int]:
    """Delete those programmes that leda has been out of for 30 days, with all that they hold.

    Args:
        session: the transaction.
        servers: whose programmes may be deleted; another process sees to the others.
        now: aware UTC.

    Returns:
        the servers whose programmes are deleted.
    """
    over = [key for key in programmes.removed_before(session, now - KEPT_FOR) if key in servers]
    for programme_id in over:
        ownership.delete_programme(Desk(session, programme_id, None, now))
    return over
