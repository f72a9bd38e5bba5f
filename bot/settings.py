"""What an operator can set: from the environment and ``.env``, checked all at once."""

import logging
import re
from pathlib import Path
from typing import Any, Self

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_TOKEN = re.compile(r"[\w-]{20,}\.[\w-]{4,}\.[\w-]{20,}")
_SERVER_ID = re.compile(r"[0-9]{17,20}")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingsError(Exception):
    """Settings that cannot be used. ``problems`` has one sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """Everything that differs between one running leda and another.

    Built in code it reads no file and no environment (``Settings(database_url=…)``);
    :meth:`load` reads both. Every field stands in ``.env.example``.
    """

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    discord_token: SecretStr | None = None
    database_url: str = "sqlite:///data/leda.db"
    log_level: str = "INFO"
    shard_count: int | None = Field(default=None, ge=1)
    allowed_guilds: frozenset[int] = frozenset()

    @classmethod
    def settings_customise_sources(cls, *_sources: Any, **named: Any) -> tuple[Any, ...]:
        """Nothing but what the caller says; :meth:`load` collects the rest."""
        return (named["init_settings"],)

    @classmethod
    def load(cls, env_file: Path | None = None, environ: dict[str, str] | None = None) -> Self:
        """Read ``.env``, then the environment, which wins.

        Args:
            env_file: the file; ``.env`` in the working directory unless told.
            environ: the environment; the process's own unless told.

        Raises:
            SettingsError: with every problem, each in a sentence.
        """
        import os

        from dotenv import dotenv_values

        found: dict[str, str | None] = dict(dotenv_values(env_file or Path(".env")))
        found.update(os.environ if environ is None else environ)
        given = {
            name: value.strip()
            for name in cls.model_fields
            if (value := found.get(name.upper())) and value.strip()
        }
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise SettingsError([_sentence(problem) for problem in error.errors()]) from None

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
        if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError(
                "must begin with sqlite:/// (a file) or postgresql:// (a server), "
                "as in sqlite:///data/leda.db"
            )
        return url

    @field_validator("log_level")
    @classmethod
    def _is_a_level(cls, level: str) -> str:
        if level.upper() not in _LEVELS:
            raise ValueError(f"must be one of {', '.join(_LEVELS)}")
        return level.upper()

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

    def allows(self, guild_id: int) -> bool:
        """Whether leda may be used in a server; unless servers were named, in any."""
        return not self.allowed_guilds or guild_id in self.allowed_guilds

    @property
    def logging_level(self) -> int:
        """The level as :mod:`logging` counts it."""
        return logging.getLevelNamesMapping()[self.log_level]


def _sentence(problem: Any) -> str:
    name = str(problem["loc"][0]).upper()
    said: str = problem["msg"].removeprefix("Value error, ")
    said = said.replace("Input should be", "must be")
    return f"{name} {said[0].lower()}{said[1:]}."
