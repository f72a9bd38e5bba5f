"""What reads very much does so in a process of its own, and says the same."""

import asyncio

import pytest

from bot.domain.factors import exporting
from bot.domain.tracks.errors import TrackNotFound
from storage.database import Database
from storage.desk import Person
from storage.enums import Language
from storage.errors import NotRead
from tests import old

BOSS = Person(old.BOSS, frozenset(), manages_server=True)


@pytest.fixture
async def visit(tmp_path):
    """An errand in a programme that an earlier release left."""
    database = Database(f"sqlite:///{old.restore(tmp_path / 'leda.db')}")
    await database.open()
    yield lambda person: database.visit(old.GUILD, person, old.NOW)
    await database.close()


async def test_it_gives_what_the_same_reading_here_gives(visit):
    boss = visit(BOSS)
    here = await boss.read(exporting.export, "", Language.SV)
    assert await boss.read_apart(exporting.export, "", Language.SV) == here
    assert here.count > 5


async def test_an_error_is_raised_where_it_was_asked_for(visit):
    with pytest.raises(TrackNotFound) as refused:
        await visit(BOSS).read_apart(exporting.number, "Nowhere")
    with pytest.raises(TrackNotFound) as here:
        await visit(BOSS).read(exporting.number, "Nowhere")
    assert refused.value.values == here.value.values


async def test_one_that_ends_without_a_result_is_an_error(visit, monkeypatch):
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(NotRead, match="ended with 1"):
        await visit(BOSS).read_apart(exporting.number, "")


async def test_whoever_waits_no_more_leaves_no_process(visit, monkeypatch):
    begun = []
    start = asyncio.create_subprocess_exec

    async def watched(*arguments, **options):
        begun.append(await start(*arguments, **options))
        return begun[0]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", watched)
    task = asyncio.create_task(visit(BOSS).read_apart(exporting.export, "", Language.SV))
    while not begun:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert begun[0].returncode is not None
