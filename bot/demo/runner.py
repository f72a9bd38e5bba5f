"""Starting and ending the demo as a process."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.demo.folder import REFUSED, Folder, RefusedError, listen

if TYPE_CHECKING:
    from bot.demo.stage import Stage

FAILED = 1
_log = logging.getLogger(__name__)


def run_until_stopped(data: Path, port: int, *, fresh: bool, open_browser: bool) -> int:
    """As :func:`bot.demo.run`, with everything installed."""
    folder = Folder(data)
    try:
        with folder.claim():
            _log_quietly(folder)
            with listen(port) as sock:
                asyncio.run(_run(folder, sock, port, fresh=fresh, open_browser=open_browser))
    except RefusedError as refusal:
        print(refusal, file=sys.stderr)  # noqa: T201  # as all here: a command speaks
        return REFUSED
    except Exception as error:  # noqa: BLE001  # people get a sentence, the log the rest
        _log.exception("the demo failed")
        print(f"The demo failed ({error}). The whole story is in {folder.log}.", file=sys.stderr)  # noqa: T201
        return FAILED
    return 0


async def _run(
    folder: Folder, sock: socket.socket, asked: int, *, fresh: bool, open_browser: bool
) -> None:
    from bot.demo.stage import prepare  # the heavy part, after all that may be refused

    stopped = _stop_signal()
    port = sock.getsockname()[1]
    if asked not in {0, port}:
        _say(f"Port {asked} is taken by another program, so the page is at {port}.")
    home = f"http://127.0.0.1:{port}/"
    preparing = asyncio.create_task(prepare(folder, home, fresh=fresh, say=_say))
    await _first_of(preparing, stopped)
    if stopped.is_set():
        preparing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            stage = await preparing
            await stage.close()
        return
    stage = preparing.result()
    tending = asyncio.create_task(stage.tend())
    try:
        async with _served(stage, sock, port):
            _say(f"The programme is open: {home}")
            if await stage.wind() is not None:
                _say("In about a minute, a reminder of a meeting appears in the open forum.")
            _say(f"Everything is kept in {folder.path}. Press Ctrl-C to end.")
            if open_browser:
                await asyncio.to_thread(webbrowser.open, home)
            await stopped.wait()
    finally:
        tending.cancel()
        await asyncio.gather(tending, return_exceptions=True)
        await stage.close()
    _say("Ended; everything is kept.")


@asynccontextmanager
async def _served(stage: "Stage", sock: socket.socket, port: int) -> AsyncIterator[None]:
    from aiohttp import web

    from bot.demo.server import application

    runner = web.AppRunner(application(stage, port), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.SockSite(runner, sock).start()
    try:
        yield
    finally:
        await runner.cleanup()


def _stop_signal() -> asyncio.Event:
    """Set by Ctrl-C or SIGTERM."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    return stopped


async def _first_of(task: "asyncio.Task[Stage]", stopped: asyncio.Event) -> None:
    stopping = asyncio.create_task(stopped.wait())
    await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()


def _log_quietly(folder: Folder) -> None:
    """Warnings go to a file in the folder; with LOG_LEVEL=DEBUG everything goes to stderr too."""
    debug = os.environ.get("LOG_LEVEL", "").upper() == "DEBUG"
    file = logging.FileHandler(folder.log, mode="w", encoding="utf-8")
    file.setLevel(logging.WARNING)
    handlers: list[logging.Handler] = [file, *([logging.StreamHandler()] if debug else [])]
    logging.basicConfig(
        level=logging.DEBUG if debug else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        handlers=handlers,
        force=True,
    )
    if not debug:  # voice that nobody uses, and SimCord's own trial client
        for name in ("discord.client", "discord.state"):
            logging.getLogger(name).setLevel(logging.ERROR)


def _say(sentence: str) -> None:
    with contextlib.suppress(BrokenPipeError):  # whoever listened has gone; the demo goes on
        print(sentence, flush=True)  # noqa: T201
