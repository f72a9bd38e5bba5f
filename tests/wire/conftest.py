"""A loopback Discord for each test, and programs that never outlive one."""

import asyncio
import pickle
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.wire.loopback import Discord
from tests.wire.programme import Scene, prepare, resume
from tests.wire.world import World


@pytest.fixture
async def discord() -> AsyncIterator[Discord]:
    """A Discord that nobody is connected to."""
    async with Discord() as server:
        yield server
    assert server.unknown == []


@pytest.fixture(scope="session")
def prepared(once) -> tuple[World, Path]:
    """A programme, set up by a program that has stopped; made once a run, and copied."""

    def make(folder: Path) -> None:
        world = asyncio.run(prepare(folder))
        (folder / "world.pickle").write_bytes(pickle.dumps(world))

    folder = once("prepared", make)
    return pickle.loads((folder / "world.pickle").read_bytes()), folder / "leda.db"


@pytest.fixture
async def asleep(prepared, tmp_path) -> AsyncIterator[Scene]:
    """A programme that no program serves yet."""
    async for watched in _watched(resume(*prepared, tmp_path)):
        yield watched


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(prepared, tmp_path_factory) -> AsyncIterator[Scene]:
    """A programme with a program that serves it, for all tests of a file."""
    made = resume(*prepared, tmp_path_factory.mktemp("running"))
    async for watched in _watched(made, start=True):
        yield watched


async def _watched(made: Scene, *, start: bool = False) -> AsyncIterator[Scene]:
    async with made.discord:
        try:
            if start:
                await made.program.up()
            yield made
        finally:
            if made.program.runs:
                await made.program.kill()
    assert made.discord.unknown == [], "the loopback lacks a route"
    assert "unexpected error" not in made.program.log
