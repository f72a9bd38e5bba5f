"""A demo that was set up once, to be copied."""

import os
import shutil

import aiohttp
import pytest

from bot.demo.folder import Folder
from bot.demo.stage import resume
from tests.demo.process import running

HOME = "http://127.0.0.1:8765/"


@pytest.fixture(scope="session")
def kept(once):
    """A folder in which a demo was set up and ended, as a process: once a run."""

    def set_up(folder):
        with running(folder, module="tests.demo.still") as demo:
            assert "Setting up" in demo.said
            assert demo.url
            assert demo.end() == ("", 0)

    return once("demo", set_up)


@pytest.fixture
def folder(kept, tmp_path):
    """A copy of it to go on with."""
    shutil.copytree(kept, tmp_path / "demo")
    return Folder(tmp_path / "demo")


@pytest.fixture(scope="session")
def seen(kept, tmp_path_factory):
    """That demo as a process, for those who only look: a start takes as long as looking."""
    path = tmp_path_factory.mktemp("seen") / "demo"
    shutil.copytree(kept, path)
    with running(path, module="tests.demo.still") as demo:
        yield demo


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


@pytest.fixture(scope="module")
def chromium():
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None and not os.environ.get("CI"):
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    quiet = ["gpu", "quic", "background-networking", "component-update", "sync"]
    flags = ["--no-sandbox", "--no-first-run", *(f"--disable-{what}" for what in quiet)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium):
    context = chromium.new_context(locale="sv-SE", viewport={"width": 1200, "height": 900})
    context.set_default_timeout(15_000)
    troubles = []
    page = context.new_page()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield page
    context.close()
    assert troubles == []
