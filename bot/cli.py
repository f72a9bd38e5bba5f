"""``leda run | demo | invite | check | migrate | …``: what an operator types.

The operator's language is English: these texts stand beside log lines and are searched for.
"""

import argparse
import asyncio
import logging
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bot import logs
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot.client import LedaBot
    from storage.errors import StorageError

_LATER = 1
_UNUSABLE = 2
_DEMO_HINT = "To look around without a token or a server: leda demo"
# What Discord closes its gateway with.
_AUTHENTICATION_FAILED = 4004
_WRONG_SHARDS = {4010, 4011}
_TOO_MANY_REQUESTS = 429
_UPKEEP = {"backup", "restore", "move", "status", "health"}
_SERVER_ERRORS = 500
_TO_LET_GO = 1.0  # seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Returns:
        0 when all went well; 2 when a setting, the database or a package is in the way, so that
        trying again changes nothing; 1 when Discord or the database cannot be reached, which may
        pass.
    """
    options = _parser().parse_args(arguments)
    if options.command == "demo":
        return _demo(options)
    try:
        settings = Settings.load(options.env, token_needed=options.command in {"run", "invite"})
    except SettingsError as error:
        return _refuse(*error.problems, _DEMO_HINT)
    logs.start(settings.logging_level, as_json=settings.log_format == "json")
    if options.command == "migrate":
        return _migrate(settings, options.back_to)
    if options.command in _UPKEEP:
        return _upkeep(settings, options)
    commands = {"run": _run, "invite": _invite, "check": _check}
    return commands[options.command](settings)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="leda", description="Runs learning and change programmes in Discord."
    )
    parser.add_argument(
        "--env", type=Path, metavar="FILE", help="the settings file (default: .env, if it is there)"
    )
    parser.add_argument("--version", action="version", version=f"leda {version('leda')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="run on Discord")
    commands.add_parser("invite", help="print the link that invites leda to a server")
    commands.add_parser("check", help="tell whether settings, database and time zones are in order")
    migrate = commands.add_parser("migrate", help="bring the database to this release's schema")
    migrate.add_argument(
        "--back-to", metavar="SCHEMA", help="undo all steps after this one, for an older release"
    )
    backup = commands.add_parser("backup", help="copy the database, also while leda runs")
    backup.add_argument(
        "target", type=Path, nargs="?", metavar="FILE or FOLDER", help="where to (BACKUP_DIR)"
    )
    restore = commands.add_parser("restore", help="put a backup in the database's place")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--yes", action="store_true", help="do not ask")
    move = commands.add_parser("move", help="copy a SQLite file's programmes to PostgreSQL")
    move.add_argument("--to", required=True, metavar="URL", help="postgresql://user@host/name")
    status = commands.add_parser("status", help="tell how the running leda is doing, in one screen")
    status.add_argument("--json", action="store_true", help="for programs to read")
    commands.add_parser("health", help="end with 0 if the running leda is well, else with 1")
    demo = commands.add_parser("demo", help="run the example programme in a local web page")
    demo.add_argument("--data", type=Path, default=Path("data/demo"), help="where it is kept")
    demo.add_argument("--port", type=int, default=8765, help="the page's port (0: any free one)")
    demo.add_argument("--fresh", action="store_true", help="start over")
    return parser


def _upkeep(settings: Settings, options: argparse.Namespace) -> int:
    from bot.upkeep import commands

    if options.command == "backup":
        return commands.backup(settings, options.target)
    if options.command == "restore":
        return commands.restore(settings, options.file, sure=options.yes)
    if options.command == "move":
        return commands.move(settings, options.to)
    if options.command == "status":
        return commands.status(settings, as_json=options.json)
    return commands.health(settings)


def _demo(options: argparse.Namespace) -> int:
    from bot.demo import run

    return run(options.data, options.port, options.fresh)


def _run(settings: Settings) -> int:
    import aiohttp
    import discord

    from bot import lean
    from storage.errors import StorageError

    try:
        lean.runner()(_serve(settings))
    except StorageError as error:
        return _unusable(error)
    except (discord.DiscordException, aiohttp.ClientConnectionError, TimeoutError) as error:
        said = _refusal_of(error)
        if said:
            return _refuse(said)
        away = _absence_of(error)
        if away:
            _refuse(
                f"Discord cannot be reached: {away}. Is this machine online, and is all well on "
                "discordstatus.com? Then try again."
            )
            return _LATER
        raise
    return 0


def _refusal_of(error: Exception) -> str | None:
    """What Discord finds wrong with the settings, if that is it."""
    import discord

    code = error.code if isinstance(error, discord.ConnectionClosed) else None
    if isinstance(error, discord.LoginFailure) or code == _AUTHENTICATION_FAILED:
        return (
            "Discord refuses the token in DISCORD_TOKEN. It was reset or mistyped: make a new one "
            "in the Developer Portal (Bot → Reset Token)."
        )
    if code in _WRONG_SHARDS:
        return "Discord wants another SHARD_COUNT. Leave it empty: Discord then says how many."
    return None


def _absence_of(error: Exception) -> str | None:
    """Why Discord cannot be reached, if that is it; else the error is leda's own."""
    import aiohttp
    import discord

    if isinstance(error, discord.HTTPException):
        passing = error.status >= _SERVER_ERRORS or error.status == _TOO_MANY_REQUESTS
        return f"it answers {error.status}" if passing else None
    if isinstance(error, aiohttp.ClientConnectionError | TimeoutError | discord.GatewayNotFound):
        return str(error).rstrip(".") or "it does not answer in time"
    return None


async def _serve(settings: Settings) -> None:
    """Run until told to stop, then finish what is under way."""
    import signal

    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    while await _live(settings, stop):
        pass


async def _live(settings: Settings, stop: asyncio.Event) -> bool:
    """Run as one bot, until told to stop; whether to begin anew, since another has its shards."""
    from bot import lean
    from bot.app import create_bot

    assert settings.discord_token is not None
    token = settings.discord_token.get_secret_value()
    async with create_bot(settings) as bot:
        lean.spare(bot)
        running, winding, stopping, losing = (
            asyncio.ensure_future(each)
            for each in (bot.start(token), _wind_alarms(bot), stop.wait(), bot.leases.lost.wait())
        )
        try:
            await asyncio.wait({running, stopping, losing}, return_when="FIRST_COMPLETED")
            again = not running.done() and not stop.is_set()
            if running.done():
                await running
            else:
                logging.getLogger(__name__).info("stopping")
        finally:
            for each in (running, winding, stopping, losing):
                each.cancel()
            # It may be in the middle of something that does not mind: then closing ends it.
            await asyncio.wait({running}, timeout=_TO_LET_GO)
        if bot.works.db.health.lost is not None:
            raise bot.works.db.health.lost
        return again


async def _wind_alarms(bot: "LedaBot") -> None:
    """Scheduled work begins once leda is connected; then all is there that stays."""
    from bot import lean

    await bot.wait_until_ready()
    bot.alarms.start()
    lean.settle()


def _invite(settings: Settings) -> int:
    """The link holds the application's id, which is the token's first part."""
    import base64

    import discord

    from bot.permissions import needed

    assert settings.discord_token is not None
    first = settings.discord_token.get_secret_value().partition(".")[0]
    try:
        application = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4))
    except ValueError:
        application = b""
    if not application.isdigit():
        return _refuse("DISCORD_TOKEN holds no application id in its first part. Copy it again.")
    print(discord.utils.oauth_url(int(application), permissions=needed()))
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
    from storage import engines
    from storage.errors import StorageError
    from storage.upgrade import examine, head_revision

    try:
        found = examine(settings.database_url)
    except StorageError as error:
        return False, str(error)
    head = head_revision()
    where = f"the database {engines.where(engines.parse(settings.database_url))}"
    file = engines.file_of(engines.parse(settings.database_url))
    if file and not file.exists():
        return True, f"{where} is not there yet: the first start makes it. Is the address right?"
    if found is None:
        return True, f"{where} is empty; the first start makes schema {head}"
    if found != head:
        return True, f"{where} is at schema {found}; the next start brings it to {head}"
    return True, f"{where} is sound, at schema {head} as this release"


def _timezone_finding() -> tuple[bool, str]:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo("Europe/Stockholm")
    except ZoneInfoNotFoundError:
        return False, "there is no time zone data; install it with: pip install tzdata"
    return True, "time zone data is there"


def _migrate(settings: Settings, back_to: str | None) -> int:
    from storage import engines
    from storage.errors import StorageError
    from storage.holding import held
    from storage.upgrade import downgrade, upgrade

    try:
        url = engines.parse(settings.database_url)
        with engines.explained(url), held(engines.file_of(url)):
            now = datetime.now(UTC)
            done = downgrade(url, back_to, now=now) if back_to else upgrade(url, now=now)
    except StorageError as error:
        return _unusable(error)
    if done.before == done.after:
        print(f"Nothing to do: the database is at schema {done.after}.")
    else:
        print(f"The database went from schema {done.before or 'none'} to {done.after}.")
    if done.copy:
        print(f"The file as it was before is kept as {done.copy}.")
    return 0


def _unusable(error: "StorageError") -> int:
    """What is wrong with the database, and whether another try may do better."""
    _refuse(str(error))
    return _LATER if error.passes else _UNUSABLE


def _refuse(*sentences: str) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return _UNUSABLE
