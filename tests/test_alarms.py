"""The alarm clock: what it starts, when, and that it stops."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot import app, cli
from bot.clocks import ClockCheck
from bot.delivery import rounds
from bot.delivery.alarms import Alarms
from bot.domain.posts import planning
from bot.leases import Leases
from bot.settings import Settings
from bot.upkeep.backups import NightlyBackups
from bot.upkeep.keeping import Keep
from storage.database import Database
from storage.errors import Hindrance, NotWritten


class Ledger:
    """As much of a courier and a database: when something is due, and how often it was woken."""

    def __init__(self) -> None:
        self.due: list[datetime] = []
        self.woken: asyncio.Queue[datetime] = asyncio.Queue()

    def wake(self) -> None:
        self.woken.put_nowait(datetime.now(UTC))

    async def read(self, work, _shards, *, after, until) -> list[datetime]:
        assert work is planning.moments
        return [moment for moment in self.due if after < moment <= until]


class Runner:
    """As much of a crew, its works and a bot as an alarm clock asks for."""

    shards = None

    def __init__(self) -> None:
        self.works = self
        self.courier = self.db = Ledger()
        self.leases = Leases(Database("sqlite:///unused.db"))
        self.clock = ClockCheck(self.now)
        self.alarms = Alarms(self, NightlyBackups(Database("sqlite:///unused.db"), None, Keep()))
        self.ready = asyncio.Event()

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def wait_until_ready(self) -> None:
        await self.ready.wait()

    async def start(self, token: str) -> None:
        self.ready.set()
        await asyncio.Event().wait()

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_error):
        self.alarms.stop()


@pytest.fixture
async def runner():
    made = Runner()
    yield made
    made.alarms.stop()


@pytest.fixture
def nights(monkeypatch) -> asyncio.Queue:
    """Every nightly round that was begun, by its moment."""
    begun = asyncio.Queue()

    async def nightly(_bot, now):
        begun.put_nowait(now)

    monkeypatch.setattr(rounds, "nightly", nightly)
    return begun


@pytest.fixture(autouse=True)
def spans(monkeypatch) -> asyncio.Queue:
    """Every span of time that cards were let follow."""
    passed = asyncio.Queue()

    async def pass_time(_bot, after, until):
        passed.put_nowait((after, until))

    monkeypatch.setattr(rounds, "pass_time", pass_time)
    return passed


async def test_time_passes_from_before_the_start_on_without_a_gap(runner, spans):
    runner.alarms.start()
    after, until = await asyncio.wait_for(spans.get(), 5)
    assert until - after == timedelta(days=45)
    await runner.alarms._pass_time()
    assert (await spans.get())[0] == until


async def test_a_round_is_made_at_every_start_and_at_night(runner, nights):
    before = datetime.now(UTC)
    runner.alarms.start()
    assert await asyncio.wait_for(nights.get(), 5) >= before
    jobs = {job.name: job for job in runner.alarms._scheduler.get_jobs()}
    nightly = jobs["Alarms._nightly"]
    at = nightly.next_run_time.astimezone(UTC)
    assert (at.hour, at.minute) == (3, 17)
    assert at > before


async def test_jobs_are_late_rather_than_left_out_and_never_twice_at_a_time(runner, nights):
    runner.alarms.start()
    for job in runner.alarms._scheduler.get_jobs():
        assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)


async def test_starting_twice_is_starting_once(runner, nights):
    runner.alarms.start()
    first = runner.alarms._scheduler
    runner.alarms.start()
    assert runner.alarms._scheduler is first


async def test_stopping_ends_what_is_under_way_quietly_and_may_be_done_twice(
    runner, monkeypatch, caplog
):
    ended = asyncio.Event()
    begun = asyncio.Event()

    async def endless(_bot, _now):
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    monkeypatch.setattr(rounds, "nightly", endless)
    runner.alarms.start()
    await asyncio.wait_for(begun.wait(), 5)
    runner.alarms.stop()
    await asyncio.wait_for(ended.wait(), 5)
    await asyncio.sleep(0)  # APScheduler hears of it one turn later
    runner.alarms.stop()
    assert ended.is_set()
    assert "CancelledError" not in caplog.text


async def test_what_the_database_cannot_do_just_now_is_no_error_of_each_minute(
    runner, nights, monkeypatch, caplog
):
    tried = asyncio.Event()

    async def hindered(_bot, _after, _until):
        tried.set()
        raise NotWritten("leda.db", "disk I/O error", Hindrance.DISK)

    monkeypatch.setattr(rounds, "pass_time", hindered)
    runner.alarms.start()
    await asyncio.wait_for(tried.wait(), 5)
    await asyncio.sleep(0.05)  # APScheduler would log it a turn later
    assert "Traceback" not in caplog.text
    assert runner.alarms._passed is None, "the next minute takes up the same span"


async def test_leda_run_starts_the_alarms_once_it_is_connected(runner, nights, monkeypatch):
    monkeypatch.setattr(app, "create_bot", lambda _settings: runner)
    settings = Settings(discord_token=f"{'x' * 24}.{'y' * 6}.{'z' * 27}")
    serving = asyncio.ensure_future(cli._serve(settings))
    await asyncio.wait_for(nights.get(), 5)
    serving.cancel()
    await asyncio.wait([serving])
    assert runner.alarms._scheduler is None


def test_making_a_bot_starts_no_alarms(tmp_path):
    bot = app.create_bot(Settings(database_url=f"sqlite:///{tmp_path / 'leda.db'}"))
    assert bot.alarms._scheduler is None


async def test_the_courier_is_woken_at_every_start_and_when_something_is_due(runner):
    begun = datetime.now(UTC)
    runner.alarms.start()
    await asyncio.wait_for(runner.courier.woken.get(), 5)
    soon = begun + timedelta(seconds=1)
    runner.courier.due = [soon, soon + timedelta(days=2)]
    await runner.alarms.look_ahead()
    assert await asyncio.wait_for(runner.courier.woken.get(), 10) >= soon


async def test_what_is_due_within_one_second_has_one_alarm_that_is_not_early(runner):
    runner.alarms.start()
    second = (runner.now() + timedelta(hours=1)).replace(microsecond=0)
    runner.courier.due = [second - timedelta(microseconds=each) for each in (900_000, 4, 0)]
    await runner.alarms.look_ahead()
    alarms = [job for job in runner.alarms._scheduler.get_jobs() if job.id.startswith("due:")]
    assert [job.trigger.run_date for job in alarms] == [second]


async def test_the_courier_is_woken_every_minute_though_nothing_is_known_to_be_due(runner):
    runner.alarms.start()
    trigger = next(
        job.trigger
        for job in runner.alarms._scheduler.get_jobs()
        if job.func == runner.alarms._deliver
    )
    assert trigger.interval == timedelta(minutes=1)
