"""What an operator can set: from the environment and ``.env``, checked all at once."""

import logging
import re
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any, Final, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from bot.upkeep.keeping import Keep

_TOKEN: Final = re.compile(r"[\w-]{20,}\.[\w-]{4,}\.[\w-]{20,}", re.ASCII)
_DATABASES: Final = ("sqlite:///", "postgresql://", "postgresql+psycopg://", "postgres://")
_SERVER_ID: Final = re.compile(r"[0-9]{17,20}")
_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
_FORMATS: Final = ("text", "json")
_SHARDS: Final = re.compile(r"[1-9][0-9]{0,2}")  # a mistyped thousand would only be slow to fail
_SHARD: Final = re.compile(r"[0-9]{1,3}")

_NO_LOGIN: Final = (
    "DISCORD_TOKEN is missing. Get one in the Discord Developer Portal (your application "
    "→ Bot → Reset Token) and put it in .env as DISCORD_TOKEN=…"
)


class SettingsError(Exception):
    """Settings that cannot be used. ``problems`` has one sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseModel):
    """Everything that differs between one running leda and another.

    Built in code it reads no file and no environment (``Settings(database_url=…)``);
    :meth:`load` reads both. Every field stands in ``.env.example``.
    """

    # What was given may be a secret, so errors do not repeat it.
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    discord_token: SecretStr | None = None
    database_url: str = Field(default="sqlite:///data/leda.db", repr=False)  # holds a password
    backup_dir: str = "data/backups"
    backup_keep: str = "7d,4w,12m"
    log_level: str = "INFO"
    log_format: str = "text"
    shard_count: int | None = None
    shard_ids: frozenset[int] = frozenset()
    allowed_guilds: frozenset[int] = frozenset()

    @classmethod
    def load(
        cls,
        env_file: Path | None = None,
        environ: Mapping[str, str] | None = None,
        *,
        token_needed: bool = False,
    ) -> Self:
        """Read ``.env``, then the environment, which wins, even where it says nothing.

        Args:
            env_file: a file that must be there; else ``.env`` in the working directory, if it is.
            environ: the environment; the process's own unless told.
            token_needed: a missing token is a problem too.

        Raises:
            SettingsError: with every problem, each in a sentence.
        """
        import os

        found, problems = _read(env_file)
        found.update(os.environ if environ is None else environ)
        given = {
            name: value.strip()
            for name in cls.model_fields
            if (value := found.get(name.upper())) and value.strip()
        }
        if token_needed and "discord_token" not in given:
            problems.append(_NO_LOGIN)
        try:
            settings = cls.model_validate(given)
        except ValidationError as error:
            problems += [_sentence(problem) for problem in error.errors(include_input=False)]
        if problems:
            raise SettingsError(problems)
        return settings

    @field_validator("discord_token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError(
                "does not look like a bot token: three parts with dots between, copied from "
                "*Bot → Reset Token* in the Discord Developer Portal"
            )
        return token

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, url: str) -> str:
        from storage.engines import parse
        from storage.errors import StorageError

        if not url.startswith(_DATABASES):
            raise ValueError(
                "must begin with sqlite:/// (a file) or postgresql:// (a server), "
                "as in sqlite:///data/leda.db"
            )
        try:
            parse(url)
        except StorageError:
            raise ValueError(
                "cannot be read; it looks like sqlite:///data/leda.db (a file) or "
                "postgresql://user:password@host:5432/name (a server; %40 for an @ in the password)"
            ) from None
        return url

    @field_validator("log_level")
    @classmethod
    def _is_a_level(cls, level: str) -> str:
        if level.upper() not in _LEVELS:
            raise ValueError(f"must be one of {', '.join(_LEVELS)}")
        return level.upper()

    @field_validator("log_format")
    @classmethod
    def _is_a_format(cls, said: str) -> str:
        if said.lower() not in _FORMATS:
            raise ValueError(f"must be one of {', '.join(_FORMATS)}")
        return said.lower()

    @field_validator("shard_count", mode="before")
    @classmethod
    def _is_a_number_of_shards(cls, count: object) -> int | None:
        if count is None:
            return None
        if not _SHARDS.fullmatch(str(count)):
            raise ValueError(
                "must be a whole number from 1 to 999, or empty: Discord then says how many"
            )
        return int(str(count))

    @field_validator("shard_ids", mode="before")
    @classmethod
    def _are_shards(cls, ids: Any, given: ValidationInfo) -> Any:
        if isinstance(ids, str):
            parts = [part.strip() for part in ids.split(",") if part.strip()]
            if not all(_SHARD.fullmatch(part) for part in parts):
                raise ValueError("must be numbers of shards with commas between, as in 0,1")
            ids = frozenset(int(part) for part in parts)
        if not ids or "shard_count" not in given.data:  # what is wrong with that is said already
            return ids
        count = given.data["shard_count"]
        if count is None:
            raise ValueError("needs SHARD_COUNT: how many shards there are in all processes")
        if max(ids) >= count or min(ids) < 0:
            raise ValueError(f"must be numbers from 0 to {count - 1}: SHARD_COUNT is {count}")
        if len(ids) < count and given.data.get("database_url", "").startswith("sqlite"):
            raise ValueError(
                "leaves shards to other processes, which need PostgreSQL: a SQLite file is one "
                "process's. Leave it empty"
            )
        return ids

    @field_validator("allowed_guilds", mode="before")
    @classmethod
    def _are_server_ids(cls, guilds: Any) -> Any:
        if not isinstance(guilds, str):
            return guilds
        parts = [part.strip() for part in guilds.split(",") if part.strip()]
        if not all(_SERVER_ID.fullmatch(part) for part in parts):
            raise ValueError(
                "must be server ids with commas between, as in 112233445566778899 (in Discord: "
                "Settings → Advanced → Developer Mode, then right-click the server, Copy Server ID)"
            )
        return frozenset(int(part) for part in parts)

    @field_validator("backup_keep")
    @classmethod
    def _says_how_long(cls, said: str) -> str:
        try:
            Keep.read(said)
        except ValueError:
            raise ValueError(
                "must say of how many days, weeks and months a backup is kept, as in 7d,4w,12m"
            ) from None
        return said

    @property
    def backups(self) -> Path | None:
        """Where backups are put each night; None where none are wanted."""
        return None if self.backup_dir.lower() == "none" else Path(self.backup_dir)

    @property
    def keep(self) -> Keep:
        """How long backups are kept."""
        return Keep.read(self.backup_keep)

    def allows(self, guild_id: int) -> bool:
        """Whether leda may be used in a server; unless servers were named, in any."""
        return not self.allowed_guilds or guild_id in self.allowed_guilds

    @property
    def logging_level(self) -> int:
        """The level as :mod:`logging` counts it."""
        return logging.getLevelNamesMapping()[self.log_level]


def _read(env_file: Path | None) -> tuple[dict[str, str | None], list[str]]:
    """What a file says, name by name and letter by letter, and what is wrong with it."""
    from dotenv.parser import parse_stream

    file = env_file or Path(".env")
    if env_file is None and not file.exists():
        return {}, []
    try:
        text = file.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
    except UnicodeDecodeError:
        return {}, [f"The settings file {file} is not text in UTF-8: save it as such."]
    except OSError as error:
        return {}, [f"The settings file {file} cannot be read: {error.strerror}."]
    lines = list(parse_stream(StringIO(text)))
    problems = [
        f"Line {line.original.line} of {file} cannot be read: write NAME=value, or # before a note."
        for line in lines
        if line.error
    ]
    return {line.key: line.value for line in lines if line.key}, problems


def _sentence(problem: Any) -> str:
    name = str(problem["loc"][0]).upper()
    return f"{name} {problem['msg'].removeprefix('Value error, ')}."
