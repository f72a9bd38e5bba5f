"""A demo that was set up once, to be copied."""

import asyncio
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.demo.folder import Folder
from bot.demo.stage import begin


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """A folder in which a demo was set up and ended."""
    folder = Folder(tmp_path_factory.mktemp("kept"))

    async def set_up():
        await (await begin(folder, "http://127.0.0.1:8765/")).close()

    # In a thread of its own: Playwright, if it is at work already, keeps a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(set_up())).result()
    return folder.path


@pytest.fixture
def folder(kept, tmp_path):
    """A copy of it to go on with."""
    shutil.copytree(kept, tmp_path / "demo")
    return Folder(tmp_path / "demo")
