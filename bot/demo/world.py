"""SimCord's world as the demo needs it: real time, people's languages, and a file to live in."""

import io
import os
import pickle
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import simcord
from simcord._clock import Clock
from simcord.backend import Backend

FORMAT: Final = 1
"""Raised when what is written below changes its meaning; older files are then set aside."""

_LEFT_OUT: Final = frozenset(
    # What belongs to the running process (listeners, clock, hooks) or only grows (logs). Tokens of
    # interactions go too: the program that could answer with them is gone after a restart.
    {
        "clock",
        "faults",
        "http_requests",
        "interaction_tokens",
        "interactions",
        "subscribers",
        "transcript",
        "visible_commands",
    }
)
_ALLOWED_MODULES: Final = ("simcord.backend.models.", "simcord.backend.cdn", "simcord.enums")


class WorldUnreadableError(Exception):
    """The saved world is missing, damaged, or from another version."""


class WallClock(Clock):  # type: ignore[misc]  # SimCord's private clock is untyped to us
    """Time as the people in front of the screen know it, so that all dates agree.

    SimCord's own clock begins in January 2026 and stands still between actions.
    """

    def __init__(self) -> None:
        self._started = time.perf_counter()

    @property
    def elapsed(self) -> float:
        # Not time.monotonic: SimCord replaces it by this very property while the bot runs.
        return time.perf_counter() - self._started

    def now(self) -> datetime:
        return datetime.now(UTC)

    def advance(self, seconds: float) -> None:
        """Nothing to do: this time passes by itself."""


def new_backend() -> Any:
    """An empty Discord in real time, with our bot's account."""
    backend = Backend(clock=WallClock())
    backend.bot_user.name = "leda"
    return backend


def speak(env: Any, language: str | Callable[[int], str]) -> None:
    """Let people use Discord in their own language; SimCord sends ``en-US`` for everyone.

    Args:
        env: SimCord's environment, before or after its start.
        language: a Discord locale such as ``sv-SE`` for all, or how to find it by a user's id.
    """

    def set_locale(event: str, payload: Any) -> None:
        if event != "INTERACTION_CREATE":
            return
        person = payload.get("user") or payload["member"]["user"]
        payload["locale"] = language if isinstance(language, str) else language(int(person["id"]))
        if "guild_id" in payload:
            guild = env.backend.guilds[int(payload["guild_id"])]
            payload["guild_locale"] = guild.preferred_locale

    # First in the row: the bot's own listener comes later and gets what we set.
    env.backend.subscribers.insert(0, set_locale)


def describe_commands(env: Any, locale_of: Callable[[int], str]) -> None:
    """Show each person the commands' descriptions and choices in their language.

    SimCord shows the default texts to everyone. Names stay: its page finds commands by them.
    """
    original = type(env.backend).visible_commands

    def visible_commands(*, user_id: int, channel_id: int, **kind: Any) -> list[dict[str, Any]]:
        commands = original(env.backend, user_id=user_id, channel_id=channel_id, **kind)
        return [_localised(command, locale_of(user_id)) for command in commands]

    env.backend.visible_commands = visible_commands


def _localised(node: Mapping[str, Any], locale: str) -> dict[str, Any]:
    words = (node.get("description_localizations") or {}).get(locale)
    shown = {**node, "description": words or node.get("description", "")}
    if options := node.get("options"):
        shown["options"] = [_localised(option, locale) for option in options]
    if choices := node.get("choices"):
        shown["choices"] = [
            {**choice, "name": (choice.get("name_localizations") or {}).get(locale, choice["name"])}
            for choice in choices
        ]
    return shown


def save_world(backend: Any, path: Path) -> None:
    """Write the world beside the database; a crash leaves the old file or the new one."""
    state = {name: value for name, value in vars(backend).items() if name not in _LEFT_OUT}
    blob = pickle.dumps({"format": FORMAT, "simcord": simcord.__version__, "state": state})
    temporary = path.with_suffix(".new")
    temporary.write_bytes(blob)
    os.replace(temporary, path)  # noqa: PTH105  # Path.replace says less about being atomic


def load_world(path: Path) -> Any:
    """The world as it was saved, in today's time.

    Raises:
        WorldUnreadableError: there is none that this version can read.
    """
    try:
        content = _Reader(io.BytesIO(path.read_bytes())).load()
        if content["format"] != FORMAT or content["simcord"] != simcord.__version__:
            raise WorldUnreadableError("it was saved by another version")
        backend = new_backend()
        vars(backend).update(content["state"])
    except WorldUnreadableError:
        raise
    except FileNotFoundError as error:
        raise WorldUnreadableError("there is none") from error
    except Exception as error:  # a damaged pickle raises almost anything
        raise WorldUnreadableError("it is damaged") from error
    return backend


class _Reader(pickle.Unpickler):
    """Makes only what a world consists of, whatever the file asks for."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith(_ALLOWED_MODULES) or (module, name) == ("builtins", "set"):
            return super().find_class(module, name)
        raise WorldUnreadableError(f"it holds {module}.{name}")
