"""A demo that was set up once, to be copied."""

import asyncio
import shutil
from concurrent.futures import ThreadPoolExecutor

import aiohttp
import pytest

from bot.demo.folder import Folder
from bot.demo.stage import begin, resume

HOME = "http://127.0.0.1:8765/"


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """A folder in which a demo was set up and ended."""
    folder = Folder(tmp_path_factory.mktemp("kept"))

    async def set_up():
        await (await begin(folder, HOME)).close()

    # In a thread of its own: Playwright, if it is at work already, keeps a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(set_up())).result()
    return folder.path


@pytest.fixture
def folder(kept, tmp_path):
    """A copy of it to go on with."""
    shutil.copytree(kept, tmp_path / "demo")
    return Folder(tmp_path / "demo")


@pytest.fixture
async def stage(folder):
    """That demo, running."""
    stage = await resume(folder, HOME)
    yield stage
    await stage.close()


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session
