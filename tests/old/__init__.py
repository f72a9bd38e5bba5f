"""What leda left behind at commit a0b8700, before its modules moved: it is to go on working."""

import json
import sqlite3
import zlib
from base64 import b64decode
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from simcord.backend import Backend
from simcord.enums import ChannelType

HERE = Path(__file__).parent
GUILD, BOSS, _ANNA = 1456074443980800015, 1456074443980800020, 1574348783616000000
PEOPLE = {
    name: _ANNA + number
    for number, name in enumerate(("anna", "bo", "cia", "dan", "eva", "fia", "gus", "hal"))
}
SWEDISH = ("cia", "eva")
NOW = datetime(2026, 11, 26, 9, 5, tzinfo=UTC)
"""When the last of it happened."""

_MANAGE_SERVER, _OF_COMPONENTS, _TEXT = 1 << 5, 1 << 15, 10
_KINDS = {"category": ChannelType.CATEGORY, "text": ChannelType.TEXT}
_CARDS = """
SELECT channel_id, message_id FROM factor UNION SELECT channel_id, message_id FROM meeting
UNION SELECT forum.discord_id, home.discord_id FROM place AS forum, place AS home
WHERE forum.slot = 'forum' AND home.slot = 'home'
"""


def restore(file: Path) -> Path:
    """Write the database file."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((HERE / "a0b8700.sql").read_text(encoding="utf-8"))
    return file


def leave_demo(folder: Path) -> None:
    """Put what a demo keeps into a folder: that file, and the world that commit saved beside it."""
    restore(folder / "leda.db")
    world = zlib.decompress(b64decode((HERE / "a0b8700.world.txt").read_text(encoding="ascii")))
    (folder / "world.pickle").write_bytes(world)


def said(what: str) -> dict[str, list[str]]:
    """What that commit answered, line by line: ``asked`` of the file, or ``pressed`` in order."""
    told: dict[str, Any] = json.loads((HERE / "a0b8700.said.json").read_text(encoding="utf-8"))
    return told[what]


def commands() -> list[dict[str, Any]]:
    """The commands of that commit, as Discord was told of them."""
    told: list[dict[str, Any]] = json.loads((HERE / "a0b8700.commands.json").read_text("utf-8"))
    return told


def discord_beside(file: Path) -> Backend:
    """Discord with all in it that the file knows of: people, roles, channels, cards."""
    backend = Backend()
    backend.create_guild("LEDA", id=GUILD)
    boss = backend.create_role(GUILD, "Boss", permissions=_MANAGE_SERVER)
    for name, member in {"boss": BOSS, **PEOPLE}.items():
        _numbered(backend, member, backend.make_user, name)
        backend.add_member(GUILD, member, roles=[boss.id] if member == BOSS else [])
    backend.create_channel(GUILD, "lobby")
    with closing(sqlite3.connect(file)) as connection:
        places = connection.execute("SELECT slot, kind, discord_id FROM place").fetchall()
        cards = connection.execute(_CARDS).fetchall()
    for slot, kind, number in places:
        name = slot.replace(":", "-")
        if kind == "role":
            _numbered(backend, number, backend.create_role, GUILD, name)
        elif kind in _KINDS:
            _numbered(backend, number, backend.create_channel, GUILD, name, type=_KINDS[kind])
    for channel, message in cards:
        if message is not None:
            _numbered(backend, message, post_card, backend, channel)
    return backend


def post_card(backend: Backend, channel: int) -> Any:
    """A card of that time; its buttons are pressed by their ids."""
    said = [{"type": _TEXT, "id": 1, "content": "A card of that time."}]
    author = backend.bot_user.id
    return backend.create_message(channel, author, None, components=said, flags=_OF_COMPONENTS)


def _numbered(
    backend: Backend, number: int, make: Callable[..., Any], *args: Any, **said: Any
) -> None:
    backend.reserve_id(number)
    with patch.object(backend, "snowflake", return_value=number):
        make(*args, **said)
