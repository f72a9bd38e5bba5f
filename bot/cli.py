"""``leda run | demo | invite | check | migrate``: what an operator types.

The operator's language is English: these texts stand beside log lines and are searched for.
"""

import argparse
import asyncio
import logging
import sys
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot.client import LedaBot

_UNUSABLE = 2
_DEMO_HINT = "To look around without a token or a server: leda demo"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns:
        0 when all went well, 2 when a setting, the database or a package is in the way.
    """
    options = _parser().parse_args(arguments)
    if options.command == "demo":
        return _demo(options)
    try:
        settings = Settings.load(Path(options.env))
    except SettingsError as error:
        return _refuse(*error.problems, _DEMO_HINT)
    logging.basicConfig(
        level=settings.logging_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    commands = {"run": _run, "invite": _invite, "check": _check, "migrate": _migrate}
    return commands[options.command](settings)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="leda", description="Runs learning and change programmes in Discord."
    )
    parser.add_argument("--env", default=".env", help="the settings file (default: .env)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="run on Discord")
    commands.add_parser("invite", help="print the link that invites leda to a server")
    commands.add_parser("check", help="tell whether settings, database and time zones are in order")
    commands.add_parser("migrate", help="bring the database to this release's schema")
    demo = commands.add_parser("demo", help="run the example programme in a local web page")
    demo.add_argument("--data", type=Path, default=Path("data/demo"), help="where it is kept")
    demo.add_argument("--port", type=int, default=8765, help="the page's port (0: any free one)")
    demo.add_argument("--fresh", action="store_true", help="start over")
    return parser


def _demo(options: argparse.Namespace) -> int:
    from bot.demo import run

    return run(options.data, options.port, options.fresh)


def _run(settings: Settings) -> int:
    token = settings.discord_token
    if token is None:
        return _refuse(
            "DISCORD_TOKEN is missing. Get one in the Discord Developer Portal (your application "
            "→ Bot → Reset Token) and put it in .env as DISCORD_TOKEN=…",
            _DEMO_HINT,
        )
    import discord

    from storage.errors import StorageError

    try:
        _loop_runner()(_serve(settings, token.get_secret_value()))
    except discord.LoginFailure:
        return _refuse(
            "Discord refuses the token in DISCORD_TOKEN. It was reset or mistyped: make a new one "
            "in the Developer Portal (Bot → Reset Token)."
        )
    except StorageError as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"Discord cannot be reached: {error}. Is this machine online?")
    return 0


async def _serve(settings: Settings, token: str) -> None:
    """Run until told to stop, then finish what is under way."""
    import signal

    from bot.app import create_bot

    loop = asyncio.get_running_loop()
    async with create_bot(settings) as bot:
        running = asyncio.ensure_future(bot.start(token))
        winding = asyncio.ensure_future(_wind_alarms(bot))
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, running.cancel)
        try:
            await running
        except asyncio.CancelledError:
            logging.getLogger(__name__).info("stopping")
        finally:
            winding.cancel()


async def _wind_alarms(bot: "LedaBot") -> None:
    """Scheduled work begins once leda is connected."""
    await bot.wait_until_ready()
    bot.alarms.start()


def _loop_runner() -> Callable[[Coroutine[Any, Any, None]], None]:
    """The quicker event loop where it is installed."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run
    return uvloop.run


def _invite(settings: Settings) -> int:
    """The link holds the application's id, which is the token's first part."""
    import base64

    import discord

    from bot.permissions import needed

    token = settings.discord_token
    if token is None:
        return _refuse("DISCORD_TOKEN is missing: the invitation link is made from it.", _DEMO_HINT)
    first = token.get_secret_value().partition(".")[0]
    try:
        application = int(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except ValueError:
        return _refuse("DISCORD_TOKEN holds no application id in its first part. Copy it again.")
    print(discord.utils.oauth_url(application, permissions=needed()))
    return 0


def _check(settings: Settings) -> int:
    """Every finding on a line of its own, the good ones too."""
    findings = [_token_finding(settings), _database_finding(settings), _timezone_finding()]
    for good, text in findings:
        print(f"{'ok ' if good else 'NOT'}  {text}")
    return 0 if all(good for good, _ in findings) else _UNUSABLE


def _token_finding(settings: Settings) -> tuple[bool, str]:
    there = settings.discord_token is not None
    return there, "DISCORD_TOKEN is set" if there else "DISCORD_TOKEN is missing"


def _database_finding(settings: Settings) -> tuple[bool, str]:
    from storage.errors import StorageError
    from storage.upgrade import current_revision, head_revision

    head = head_revision() or ""
    try:
        found = current_revision(settings.database_url)
    except StorageError as error:
        return False, str(error)
    if found is None:
        return True, f"the database is empty; the first start makes schema {head}"
    if found > head:
        return False, f"the database is at schema {found}, newer than this release ({head})"
    if found < head:
        return True, f"the database is at schema {found}; the next start brings it to {head}"
    return True, f"the database is at schema {head}, as this release"


def _timezone_finding() -> tuple[bool, str]:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo("Europe/Stockholm")
    except ZoneInfoNotFoundError:
        return False, "there is no time zone data; install it with: pip install tzdata"
    return True, "time zone data is there"


def _migrate(settings: Settings) -> int:
    from storage.errors import StorageError
    from storage.upgrade import upgrade

    try:
        done = upgrade(settings.database_url, now=datetime.now(UTC))
    except StorageError as error:
        return _refuse(str(error))
    if done.before == done.after:
        print(f"Nothing to do: the database is at schema {done.after}.")
    else:
        print(f"The database went from schema {done.before or 'none'} to {done.after}.")
    if done.copy:
        print(f"The file as it was before is kept as {done.copy}.")
    return 0


def _refuse(*sentences: str) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return _UNUSABLE
