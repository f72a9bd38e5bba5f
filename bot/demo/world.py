"""SimCord's world as the demo needs it: real time, people's languages, and a file to live in."""

import io
import os
import pickle
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import simcord
from simcord._clock import Clock
from simcord.backend import Backend
from simcord.backend.models import Message
from simcord.enums import MessageType

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
        "locale_of",
        "subscribers",
        "transcript",
    }
)
_ALLOWED_MODULES: Final = ("simcord.backend.models.", "simcord.backend.cdn", "simcord.enums")


class WorldUnreadableError(Exception):
    """The saved world is missing, damaged, or from another version."""


class WallClock(Clock):
    """Time as the people in front of the screen know it, so that all dates agree.

    SimCord's own clock begins in January 2026 and stands still between actions.
    """

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._behind = timedelta()

    @property
    def elapsed(self) -> float:  # type: ignore[override]  # nothing but ``advance`` would set it
        """Seconds since the start."""
        # Not time.monotonic: SimCord replaces it by this very property while the bot runs.
        return time.perf_counter() - self._started

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.now(UTC) - self._behind

    def go_back_to(self, moment: datetime) -> None:
        """Let it be that moment (aware), from which time goes on; what happens is dated so."""
        self._behind = datetime.now(UTC) - moment

    def catch_up(self) -> None:
        """Let it be today again."""
        self._behind = timedelta()

    def advance(self, seconds: float) -> None:
        """Nothing to do: this time passes by itself."""


class World(Backend):
    """SimCord's Discord in real time, a little more like Discord.

    Attributes:
        locale_of: the Discord locale of a user, by id. SimCord shows everybody the default texts
            of commands; here each sees descriptions and choices in their language. Names stay:
            the page finds commands by them.
    """

    KEPT: Final = 500

    clock: WallClock

    def __init__(self) -> None:
        super().__init__(clock=WallClock())
        self.locale_of: Callable[[int], str] = lambda _: "en-US"

    def forget_old(self) -> None:
        """Drop the oldest of what only grows and nobody reads again."""
        for log in (self.transcript, self.http_requests):
            del log[: -self.KEPT]
        for interaction_id in list(self.interactions)[: -self.KEPT]:
            del self.interaction_tokens[self.interactions.pop(interaction_id).token]

    def visible_commands(self, **who: Any) -> list[dict[str, Any]]:
        """The commands that a user sees in a channel."""
        locale = self.locale_of(who["user_id"])
        return [localised(command, locale) for command in super().visible_commands(**who)]

    def create_system_message(
        self, channel_id: int, message_type: MessageType, author_id: int, **about: int | None
    ) -> Message:
        """Post what Discord itself says; it says nothing of a thread on a new message."""
        source = about.get("referenced_message_id")
        if message_type == MessageType.THREAD_CREATED and source is not None:
            return self.get_message(channel_id, source)
        return super().create_system_message(channel_id, message_type, author_id, **about)


def localised(node: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """A command, an option or a group as someone with that locale reads it."""
    words = (node.get("description_localizations") or {}).get(locale)
    shown = {**node, "description": words or node.get("description", "")}
    if options := node.get("options"):
        shown["options"] = [localised(option, locale) for option in options]
    if choices := node.get("choices"):
        shown["choices"] = [
            {**choice, "name": (choice.get("name_localizations") or {}).get(locale, choice["name"])}
            for choice in choices
        ]
    return shown


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


def save_world(world: Backend, path: Path) -> None:
    """Write the world beside the database; a crash leaves the old file or the new one."""
    state = {name: value for name, value in vars(world).items() if name not in _LEFT_OUT}
    blob = pickle.dumps({"format": FORMAT, "simcord": simcord.__version__, "state": state})
    temporary = path.with_suffix(".new")
    temporary.write_bytes(blob)
    os.replace(temporary, path)  # noqa: PTH105  # Path.replace says less about being atomic


def load_world(path: Path) -> World:
    """The world as it was saved, in today's time.

    Raises:
        WorldUnreadableError: there is none that this version can read.
    """
    try:
        state = _state(path.read_bytes())
    except WorldUnreadableError:
        raise
    except FileNotFoundError as error:
        raise WorldUnreadableError("there is no saved world") from error
    except Exception as error:  # a damaged pickle raises almost anything
        raise WorldUnreadableError("the saved world is damaged") from error
    world = World()
    vars(world).update(state)
    return world


def _state(saved: bytes) -> dict[str, Any]:
    content = _Reader(io.BytesIO(saved)).load()
    if (content["format"], content["simcord"]) != (FORMAT, simcord.__version__):
        raise WorldUnreadableError("the saved world is from another version")
    state: dict[str, Any] = content["state"]
    return state


class _Reader(pickle.Unpickler):
    """Makes only what a world consists of, whatever the file asks for."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith(_ALLOWED_MODULES) or (module, name) == ("builtins", "set"):
            return super().find_class(module, name)
        raise WorldUnreadableError(f"the saved world holds {module}.{name}")
