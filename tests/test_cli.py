"""What an operator types, and what leda says."""

import base64
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import zoneinfo
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import aiohttp
import discord
import pytest

from bot import cli, permissions
from bot.client import LedaBot
from storage.upgrade import head_revision, upgrade

APPLICATION = 1234567890123456789
SECRET = "Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"
TOKEN = base64.urlsafe_b64encode(str(APPLICATION).encode()).decode().rstrip("=") + "." + SECRET
ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def operator(tmp_path, monkeypatch):
    """An empty folder and an empty environment, and the log as it was afterwards."""
    monkeypatch.chdir(tmp_path)
    for name in ("DISCORD_TOKEN", "DATABASE_URL", "LOG_LEVEL", "SHARD_COUNT"):
        monkeypatch.delenv(name, raising=False)
    loggers = [
        logging.getLogger(name) for name in ("", "alembic", "apscheduler", "bot", "cogs", "storage")
    ]
    levels = [logger.level for logger in loggers]
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.fixture
def leda(capsys):
    """Runs a command; gives its exit code, and what it said on stdout and on stderr."""

    def run(*arguments: str) -> SimpleNamespace:
        code = cli.main(arguments)
        said = capsys.readouterr()
        return SimpleNamespace(code=code, out=said.out, err=said.err)

    return run


@pytest.fixture
def token(monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)


@pytest.fixture
def discord_says(monkeypatch, token):
    """Lets Discord answer the login with an error."""

    def answer(error: BaseException) -> None:
        async def start(_bot: LedaBot, said: str, **_options: object) -> None:
            assert said == TOKEN
            raise error

        monkeypatch.setattr(LedaBot, "start", start)

    return answer


class TestRun:
    def test_without_a_token_it_says_what_is_missing_and_what_works_without(self, leda):
        said = leda("run")
        assert said.code == 2
        assert said.out == ""
        missing, hint = said.err.splitlines()
        assert missing.startswith("DISCORD_TOKEN is missing. Get one in the Discord Developer")
        assert "leda demo" in hint

    def test_it_tells_all_that_is_wrong_at_once(self, leda, monkeypatch):
        monkeypatch.setenv("LOG_LEVEL", "loud")
        monkeypatch.setenv("SHARD_COUNT", "some")
        Path(".env").write_text("DATABASE_URL=oracle\n")
        said = leda("run")
        assert said.code == 2
        assert [line.split()[0] for line in said.err.splitlines()[:-1]] == [
            "DISCORD_TOKEN",
            "DATABASE_URL",
            "LOG_LEVEL",
            "SHARD_COUNT",
        ]
        assert said.err.splitlines()[-1].endswith("leda demo")

    def test_as_a_process_it_leaves_no_stack_trace_and_no_folder(self, tmp_path):
        done = subprocess.run(
            [sys.executable, "-m", "bot", "run"],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "SHARD_COUNT": "0"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 2
        assert done.stdout == ""
        assert len(done.stderr.splitlines()) == 3
        assert "Traceback" not in done.stderr
        assert list(tmp_path.iterdir()) == []

    def test_a_token_that_discord_refuses_is_told_in_one_sentence(self, leda, discord_says):
        discord_says(discord.LoginFailure("Improper token has been passed."))
        said = leda("run")
        assert said.code == 2
        (line,) = said.err.splitlines()
        assert line.startswith("Discord refuses the token in DISCORD_TOKEN.")
        assert "Reset Token" in line

    def test_a_token_that_is_reset_while_it_runs_is_told_the_same(self, leda, discord_says):
        discord_says(closed_with(4004))
        said = leda("run")
        assert said.code == 2
        assert said.err.startswith("Discord refuses the token")

    @pytest.mark.parametrize("code", [4010, 4011])
    def test_a_number_of_shards_that_discord_refuses_is_named(self, leda, discord_says, code):
        discord_says(closed_with(code))
        said = leda("run")
        assert said.code == 2
        assert "SHARD_COUNT" in said.err

    @pytest.mark.parametrize(
        "error",
        [
            aiohttp.ClientConnectorError(
                SimpleNamespace(host="discord.com", port=443, ssl=True),
                OSError(-3, "Temporary failure in name resolution"),
            ),
            aiohttp.ServerDisconnectedError(),
            TimeoutError(),
            discord.GatewayNotFound(),
            discord.DiscordServerError(SimpleNamespace(status=503, reason="away"), "<html>"),
            discord.HTTPException(SimpleNamespace(status=429, reason="slow down"), "<html>"),
        ],
        ids=lambda error: type(error).__name__,
    )
    def test_when_discord_cannot_be_reached_it_says_so_and_may_be_tried_again(
        self, leda, discord_says, error
    ):
        discord_says(error)
        said = leda("run")
        assert said.code == 1
        (line,) = said.err.splitlines()
        assert line.startswith("Discord cannot be reached: ")
        assert line.endswith("Then try again.")
        assert "<html>" not in line

    def test_an_error_of_its_own_is_not_dressed_up(self, leda, discord_says):
        discord_says(RuntimeError("a bug"))
        with pytest.raises(RuntimeError, match="a bug"):
            leda("run")

    def test_a_request_that_discord_finds_wrong_is_an_error_of_its_own(self, leda, discord_says):
        discord_says(discord.HTTPException(SimpleNamespace(status=400, reason="bad"), "no"))
        with pytest.raises(discord.HTTPException):
            leda("run")

    def test_a_database_that_cannot_be_used_is_told_in_one_sentence(self, leda, token, monkeypatch):
        monkeypatch.setattr(LedaBot, "start", open_only)
        Path("data").write_text("a file where the folder should be")
        said = leda("run")
        assert said.code == 2
        (line,) = said.err.splitlines()
        assert line.startswith("The database data/leda.db cannot be used: ")

    def test_a_database_that_is_not_up_yet_is_worth_another_try(self, leda, token, monkeypatch):
        monkeypatch.setattr(LedaBot, "start", open_only)
        monkeypatch.setenv("DATABASE_URL", "postgresql://leda:secret@127.0.0.1:1/leda")
        said = leda("run")
        assert said.code == 1
        assert "cannot be used: connection" in said.err
        assert "secret" not in said.err
        assert leda("migrate").code == 1

    @pytest.mark.parametrize("level", ["DEBUG", "INFO"])
    def test_the_token_is_not_in_the_log(self, leda, discord_says, monkeypatch, caplog, level):
        monkeypatch.setenv("LOG_LEVEL", level)
        discord_says(discord.LoginFailure("Improper token has been passed."))
        said = leda("run")
        assert SECRET not in caplog.text + said.out + said.err

    def test_at_their_most_talkative_the_libraries_still_keep_what_people_write(
        self, leda, monkeypatch
    ):
        monkeypatch.setenv("LOG_LEVEL", "DEBUG")
        leda("check")
        assert logging.getLogger("bot.client").isEnabledFor(logging.DEBUG)
        assert logging.getLogger("storage.units").isEnabledFor(logging.DEBUG)
        assert not logging.getLogger("discord.gateway").isEnabledFor(logging.DEBUG)
        assert not logging.getLogger("apscheduler.executors.default").isEnabledFor(logging.INFO)
        assert not logging.getLogger("discord.http").isEnabledFor(logging.DEBUG)


async def open_only(bot: LedaBot, _token: str, **_options: object) -> None:
    """A start that goes as far as the database."""
    await bot.works.db.open()


def closed_with(code: int) -> discord.ConnectionClosed:
    return discord.ConnectionClosed(SimpleNamespace(close_code=code), shard_id=0, code=code)


SERVING = """
import asyncio, sys
from bot import cli
from bot.client import LedaBot

def slowly(session):
    import time
    time.sleep(0.5)
    open("written", "w").close()

async def start(bot, token, **options):
    await bot.works.db.open()
    asyncio.ensure_future(bot.works.db.write(slowly))
    await asyncio.sleep(0.1)
    print("serving", flush=True)
    await asyncio.Event().wait()

LedaBot.start = start
sys.exit(cli.main(["run"]))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_finishes_what_it_writes_and_ends_in_good_order(tmp_path, number):
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DISCORD_TOKEN": TOKEN}
    with subprocess.Popen(
        [sys.executable, "-c", SERVING],
        cwd=tmp_path,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "serving\n"
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert (tmp_path / "written").exists()
    assert "Traceback" not in err
    assert SECRET not in out + err
    # The last connection that leaves in good order takes SQLite's companions with it.
    left = sorted(file.name for file in (tmp_path / "data").iterdir())
    assert left == ["leda.db", "leda.db.lock"]


class TestInvite:
    @pytest.fixture
    def asked(self, leda, token):
        said = leda("invite")
        assert said.code == 0
        assert said.err == ""
        assert SECRET not in said.out
        link = urlsplit(said.out.strip())
        assert (link.scheme, link.netloc, link.path) == (
            "https",
            "discord.com",
            "/oauth2/authorize",
        )
        return {name: value for name, (value,) in parse_qs(link.query).items()}

    def test_the_link_is_of_the_application_in_the_tokens_first_part(self, asked):
        assert asked["client_id"] == str(APPLICATION)

    def test_it_invites_a_bot_with_commands_and_nothing_else(self, asked):
        assert sorted(asked["scope"].split()) == ["applications.commands", "bot"]

    def test_it_asks_for_exactly_the_permissions_that_are_needed(self, asked):
        needed = {getattr(discord.Permissions, name).flag for name in permissions.NEEDED}
        assert int(asked["permissions"]) == sum(needed)

    def test_it_never_asks_for_administrator(self, asked):
        assert int(asked["permissions"]) & 1 << 3 == 0

    def test_without_a_token_it_says_what_it_needs_one_for(self, leda):
        said = leda("invite")
        assert said.code == 2
        assert said.err.startswith("DISCORD_TOKEN is missing")

    @pytest.mark.parametrize(
        "inside", [b"not-a-number-at-all", b"-12345678901234567", b"\xff" * 18]
    )
    def test_a_token_without_an_application_is_told_so(self, leda, monkeypatch, inside):
        first = base64.urlsafe_b64encode(inside).decode().rstrip("=")
        monkeypatch.setenv("DISCORD_TOKEN", f"{first}.{SECRET}")
        said = leda("invite")
        assert said.code == 2
        assert said.out == ""
        assert "no application id" in said.err
        assert SECRET not in said.err


class TestCheck:
    def finding(self, said: SimpleNamespace, about: str) -> tuple[str, str]:
        """The mark and the text of the one line that is about something."""
        (line,) = [line for line in said.out.splitlines() if about in line]
        mark, _, text = line.partition(" ")
        return mark, text.strip()

    def test_when_all_is_in_order_every_line_says_ok(self, leda, token):
        said = leda("check")
        assert said.code == 0
        assert len(said.out.splitlines()) == 3
        assert all(line.startswith("ok ") for line in said.out.splitlines())

    def test_it_changes_nothing(self, leda, tmp_path):
        leda("check")
        assert list(tmp_path.iterdir()) == []

    def test_a_missing_token_is_said_beside_what_is_good(self, leda):
        said = leda("check")
        assert said.code == 2
        assert self.finding(said, "DISCORD_TOKEN") == ("NOT", "DISCORD_TOKEN is missing")
        assert self.finding(said, "database")[0] == "ok"

    def test_the_token_itself_is_never_shown(self, leda, token):
        said = leda("check")
        assert SECRET not in said.out + said.err

    def test_settings_that_make_no_sense_are_told_at_once(self, leda, monkeypatch):
        monkeypatch.setenv("LOG_LEVEL", "loud")
        monkeypatch.setenv("SHARD_COUNT", "-3")
        said = leda("check")
        assert said.code == 2
        assert "LOG_LEVEL" in said.err
        assert "SHARD_COUNT" in said.err

    def test_an_empty_database_will_be_made(self, leda, token):
        assert self.finding(leda("check"), "database") == (
            "ok",
            (
                "the database data/leda.db is not there yet: the first start makes it. "
                "Is the address right?"
            ),
        )

    def test_a_database_of_this_release_is_sound(self, leda, token):
        migrated()
        said = leda("check")
        assert said.code == 0
        assert self.finding(said, "database") == (
            "ok",
            f"the database data/leda.db is sound, at schema {head_revision()} as this release",
        )

    def test_an_older_database_will_be_brought_along(self, leda, token, tmp_path):
        older = tmp_path / "versions"
        older.mkdir()
        first = next(ROOT.glob("storage/migrations/versions/0001_*.py"))
        (older / first.name).write_text(first.read_text())
        upgrade("sqlite:///data/leda.db", now=datetime.now(UTC), versions=older)
        said = leda("check")
        assert said.code == 0
        assert self.finding(said, "database") == (
            "ok",
            (
                "the database data/leda.db is at schema 0001; "
                f"the next start brings it to {head_revision()}"
            ),
        )

    def test_a_database_of_a_newer_release_is_refused(self, leda, token):
        with closing(sqlite3.connect(migrated())) as file:
            file.execute("UPDATE alembic_version SET version_num = '9999'")
            file.commit()
        said = leda("check")
        assert said.code == 2
        mark, text = self.finding(said, "database")
        assert mark == "NOT"
        assert "9999" in text
        assert "install the release that last used it" in text

    def test_a_file_that_is_no_database_is_damaged(self, leda, token):
        Path("data").mkdir()
        Path("data/leda.db").write_bytes(b"certainly not a database" * 100)
        said = leda("check")
        assert said.code == 2
        assert self.finding(said, "database")[0] == "NOT"
        assert "is damaged" in said.out

    def test_damage_deep_inside_the_file_is_found(self, leda, token):
        file = migrated()
        content = bytearray(file.read_bytes())
        content[-4096:] = b"\xaa" * 4096  # the last page; the version is read from another
        file.write_bytes(content)
        said = leda("check")
        assert said.code == 2
        assert "is damaged" in said.out

    def test_a_folder_that_cannot_be_made_is_told(self, leda, token):
        Path("data").write_text("a file")
        said = leda("check")
        assert said.code == 2
        mark, text = self.finding(said, "database")
        assert (mark, text) == (
            "NOT",
            "The database data/leda.db cannot be used: Not a directory.",
        )

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_that_may_not_be_written_is_told(self, leda, token, tmp_path):
        migrated()
        (tmp_path / "data").chmod(0o500)
        try:
            said = leda("check")
        finally:
            (tmp_path / "data").chmod(0o700)
        assert said.code == 2
        assert "Permission denied" in said.out

    def test_rights_that_are_lacking_are_told(self, leda, token, monkeypatch):
        file = migrated()
        monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != file.name)
        said = leda("check")
        assert said.code == 2
        assert "Permission denied" in said.out

    def test_without_the_driver_for_postgresql_it_says_how_to_get_it(
        self, leda, token, monkeypatch
    ):
        monkeypatch.setitem(sys.modules, "psycopg", None)
        monkeypatch.setenv("DATABASE_URL", "postgresql://leda:hunter2@localhost/leda")
        said = leda("check")
        assert said.code == 2
        assert "pip install 'leda[postgres]'" in said.out
        assert "hunter2" not in said.out + said.err

    def test_without_time_zone_data_it_says_how_to_get_it(self, leda, token, monkeypatch):
        for name in [*sys.modules]:
            if name.partition(".")[0] == "tzdata":
                monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "tzdata", None)
        zoneinfo.reset_tzpath(to=())
        zoneinfo.ZoneInfo.clear_cache()
        try:
            said = leda("check")
        finally:
            zoneinfo.reset_tzpath()
        assert said.code == 2
        assert self.finding(said, "time zone")[0] == "NOT"
        assert "pip install tzdata" in said.out

    def test_a_settings_file_can_be_named(self, leda, tmp_path):
        (tmp_path / "other.env").write_text(f"DISCORD_TOKEN={TOKEN}\n")
        assert leda("--env", str(tmp_path / "other.env"), "check").code == 0


class TestMigrate:
    def test_the_first_time_it_makes_the_database_and_the_second_nothing(self, leda):
        first = leda("migrate")
        assert first.code == 0
        assert first.out == f"The database went from schema none to {head_revision()}.\n"
        again = leda("migrate")
        assert again.code == 0
        assert again.out == f"Nothing to do: the database is at schema {head_revision()}.\n"

    def test_it_needs_no_token(self, leda):
        said = leda("migrate")
        assert said.code == 0
        assert "DISCORD_TOKEN" not in said.out + said.err

    def test_it_names_the_copy_that_it_kept(self, leda, tmp_path):
        older = tmp_path / "versions"
        older.mkdir()
        first = next(ROOT.glob("storage/migrations/versions/0001_*.py"))
        (older / first.name).write_text(first.read_text())
        upgrade("sqlite:///data/leda.db", now=datetime.now(UTC), versions=older)
        said = leda("migrate")
        copies = [file for file in Path("data").iterdir() if ".before-" in file.name]
        assert len(copies) == 1
        assert str(copies[0]) in said.out

    def test_a_database_of_a_newer_release_is_left_alone(self, leda):
        with closing(sqlite3.connect(migrated())) as file:
            file.execute("UPDATE alembic_version SET version_num = '9999'")
            file.commit()
        said = leda("migrate")
        assert said.code == 2
        assert "9999" in said.err


def migrated() -> Path:
    """The default database, at this release's schema."""
    upgrade("sqlite:///data/leda.db", now=datetime.now(UTC))
    return Path("data/leda.db")


def test_without_a_command_it_shows_what_there_is(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert ended.value.code == 2
    assert "COMMAND" in capsys.readouterr().err
