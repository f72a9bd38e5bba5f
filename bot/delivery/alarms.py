"""The whole list of scheduled work, on one page."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Final

from bot.delivery import rounds
from bot.delivery.crew import Crew
from bot.delivery.database_watch import tell_of_backups
from bot.domain.posts import planning
from bot.upkeep.backups import NightlyBackups
from storage.errors import Unserved

_AHEAD: Final = timedelta(days=1)
_LOOK_AFTER: Final = timedelta(minutes=5)
# After a start, cards catch up with what they missed while leda was down, if it was no longer.
_LONGEST_AWAY: Final = timedelta(days=45)


def _quiet(job: Callable[["Alarms"], Awaitable[None]]) -> Callable[["Alarms"], Awaitable[None]]:
    """Let a job end quietly when it is told to stop, or the database can do nothing just now.

    APScheduler would log either as an error, each minute. The database's own log says it once, and
    whatever was due still is.
    """

    @wraps(job)
    async def until_stopped(alarms: "Alarms") -> None:
        try:
            await job(alarms)
        except asyncio.CancelledError:
            if alarms.running:
                raise
        except Unserved as trouble:
            if trouble.hindrance is None:
                raise

    return until_stopped


class Alarms:
    """The alarm clock. It holds no truth of its own: what it starts asks the database.

    It goes by real time, so it is started by whoever runs leda for real, and not by tests.
    """

    def __init__(self, crew: Crew, backups: NightlyBackups) -> None:
        self._crew, self._works, self._backups = crew, crew.works, backups
        crew.courier.then = self.look_ahead
        self._scheduler: Any = None
        self._passed: datetime | None = None

    @property
    def running(self) -> bool:
        """Whether it was started and not stopped."""
        return self._scheduler is not None

    def start(self) -> None:
        """Begin; a second call does nothing. The bot is connected."""
        if self._scheduler is not None:
            return
        # Loaded here: it takes a while, and only a leda that runs for real needs it.
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._list()
        self._scheduler.start()

    def stop(self) -> None:
        """Start nothing more, and end what is under way: each round can be run again."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            scheduler.pause()
            scheduler.shutdown(wait=False)

    async def look_ahead(self) -> None:
        """Set an alarm for every moment of the coming day at which a post is to go out."""
        if self._scheduler is None:
            return
        now = self._works.now()
        shards = self._works.shards
        moments = await self._works.db.read(planning.moments, shards, after=now, until=now + _AHEAD)
        for moment in sorted(set(map(_whole_second, moments))):
            self._scheduler.add_job(
                self._deliver, "date", run_date=moment, id=f"due:{moment.isoformat()}",
                replace_existing=True,
            )  # fmt: skip

    def _list(self) -> None:
        add = self._scheduler.add_job
        at_once = {"next_run_time": self._works.now()}
        # At 03:17 UTC, when few are awake, and at every start: it may have been down at that time.
        add(self._nightly, "cron", hour=3, minute=17, **at_once)
        add(self._back_up, "cron", hour=2, minute=47)
        add(self._hourly, "interval", hours=1)
        add(self._pass_time, "interval", minutes=1, **at_once)
        # The safety net: timers stand still while a machine sleeps, and clocks are set.
        add(self._deliver, "interval", minutes=1, **at_once)
        # When the start is over; then each week: damage is better found early than at a restore.
        soon = self._works.now() + _LOOK_AFTER
        add(self._look_over, "interval", weeks=1, next_run_time=soon)

    @_quiet
    async def _nightly(self) -> None:
        await rounds.nightly(self._crew, self._works.now())

    @_quiet
    async def _pass_time(self) -> None:
        if self._works.clock.far:
            return  # it would close what is open
        until = self._works.now()
        after = self._passed or until - _LONGEST_AWAY
        await rounds.pass_time(self._crew, after, until)
        self._passed = until

    @_quiet
    async def _deliver(self) -> None:
        self._crew.courier.wake()

    @_quiet
    async def _back_up(self) -> None:
        if await self._backups.make(self._works.now()):
            await tell_of_backups(self._works, well=self._backups.trouble is None)

    @_quiet
    async def _look_over(self) -> None:
        await self._works.db.look_over()

    @_quiet
    async def _hourly(self) -> None:
        await rounds.hourly(self._crew)


def _whole_second(moment: datetime) -> datetime:
    """The second that begins then or next: one alarm for all that a busy one holds."""
    return (moment + timedelta(microseconds=999_999)).replace(microsecond=0)
