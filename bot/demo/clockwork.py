"""What passes by itself while one watches: the alarm clock, and a meeting that is soon."""

import asyncio
from contextvars import copy_context
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.delivery.alarms import Alarms
from bot.delivery.crew import Crew
from bot.demo.meetings import plan
from bot.domain.meetings import meetings
from bot.domain.meetings.plans import WantedMeeting
from bot.domain.meetings.views import MeetingView
from bot.upkeep.backups import NightlyBackups
from bot.upkeep.keeping import Keep
from storage.desk import Desk, Person
from storage.enums import MeetingKind

_SOON: Final = timedelta(minutes=30)
_AHEAD: Final = timedelta(minutes=15)
# The minute is rounded up, so that it is half a minute to one and a half until the reminder.
_FIRST: Final = timedelta(seconds=30)
_MINUTE: Final = timedelta(minutes=1)
WANTED: Final = WantedMeeting(
    title="En kvart för frågor",
    when="",
    duration="15 min",
    where="https://meet.example.org/leda-fragor",
    track="all",
    kind=MeetingKind.DIGITAL,
    agenda="Undrar du över en faktor, en omröstning eller hur något går till? Ta med det hit.",
    reminders="15 min",
)
"""The meeting that is soon, but for when."""


class DemoAlarms(Alarms):
    """The alarm clock, kept apart from what people do.

    SimCord lets an action wait for all that it has set going, and an alarm that is set because of
    a press would be of that: the press would wait for it.
    """

    def __init__(self, crew: Crew) -> None:
        super().__init__(crew, NightlyBackups(crew.works.db, None, Keep()))
        self._apart = copy_context()

    async def look_ahead(self) -> None:
        """As always, but not as part of what somebody did."""
        await asyncio.create_task(super().look_ahead(), context=self._apart)


def plan_soon(
    session: Session, programme_id: int, member_id: int, *, now: datetime
) -> MeetingView | None:
    """Plan a short meeting whose reminder is due in about a minute.

    Args:
        session: the transaction.
        programme_id: the server.
        member_id: who plans it, a coordinator.
        now: aware UTC.

    Returns:
        the meeting; None where another begins within half an hour.
    """
    coming = meetings.listed(Desk(session, programme_id, None, now)).meetings.items
    if any(now < each.occurrence.starts_at <= now + _SOON for each in coming):
        return None
    person = Person(member_id, frozenset(), manages_server=True)
    earliest = now + _FIRST + _AHEAD
    starts = earliest.replace(second=0, microsecond=0) + _MINUTE
    return plan(session, programme_id, person, WANTED, starts, now=now)
