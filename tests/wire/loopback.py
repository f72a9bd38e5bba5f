"""A Discord of our own on 127.0.0.1, and the log of all that was posted in it.

    async with Discord() as discord:
        guild = discord.world.guild("LEDA", NEEDED)
        ...

It lives in the event loop of the test that drives it. Requests that it does not know are answered
with 500 and kept in ``unknown``: a test that leaves some there fails.
"""

import asyncio
import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web

from tests.wire import payloads, rest
from tests.wire.faults import Faults, Limits
from tests.wire.gateway import Gateway, Line
from tests.wire.interactions import Interaction
from tests.wire.world import Channel, Guild, Message, Role, World, walk


@dataclass(frozen=True)
class Posted:
    """Something that became visible: a message, or an edit of one.

    ``at`` is the wall clock (seconds since 1970) when it stood there; ``mentioned`` whom it really
    reached.
    """

    at: float
    edit: bool
    channel_id: int
    message_id: int
    text: str
    custom_ids: tuple[str, ...]
    mentioned: frozenset[int]
    private: bool
    nonce: str | None
    direct_to: int | None  # the person, where it is a direct message
    component_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A request, as it came in; ``status`` is what was answered (0: the connection was reset)."""

    at: float
    method: str
    path: str
    status: int


@dataclass
class Nonce:
    message: Message
    until: float


@dataclass
class Rules:
    """What a test may loosen or tighten. Seconds."""

    answer_within: float = 3.0
    token_life: float = 900.0
    nonce_life: float = 300.0


class Discord:
    """The server: REST and gateway on one free port."""

    def __init__(self, world: World | None = None, *, shards: int = 1) -> None:
        self.world = world or World()
        self.shards = shards
        self.privileged = 0  # intents that were granted in the developer portal
        self.token = _token(self.world.me.id)
        self.rules = Rules()
        self.faults = Faults()
        self.limits = Limits()
        self.gateway = Gateway(self)
        self.lines: set[Line] = set()
        self.log: list[Posted] = []
        self.requests: list[Asked] = []
        self.unknown: list[str] = []
        self.nonces: dict[tuple[int, str], Nonce] = {}
        self.interactions: dict[int, Interaction] = {}
        self.by_token: dict[str, Interaction] = {}
        self.files: dict[int, bytes] = {}
        self.watchers: list[Callable[[Posted], None]] = []
        self._runner = web.AppRunner(rest.application(self), access_log=None, shutdown_timeout=0.1)
        self.url = ""

    @property
    def gateway_url(self) -> str:
        return f"{self.url.replace('http:', 'ws:', 1)}/gateway"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port, backlog=1024)
        await site.start()
        host, bound = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{bound}"

    async def stop(self) -> None:
        for line in list(self.lines):
            line.cut()
        for interaction in self.interactions.values():
            interaction.answered.cancel()
        await self._runner.cleanup()

    def deliver(self, found: Interaction) -> int:
        """Let the bot hear of what somebody did: at once and once, unless that goes wrong too.

        Returns:
            how many processes are connected to hear it at once.
        """
        heard, session = 0, self.gateway.identified
        guild_id = found.guild.id if found.guild else None

        def later() -> None:
            if self.gateway.identified == session:  # else whoever was to hear it is gone
                self.gateway.dispatch(guild_id, "INTERACTION_CREATE", found.payload)

        for wait in self.faults.waits(found.type):
            if wait:
                asyncio.get_running_loop().call_later(wait, later)
            else:
                heard += self.gateway.dispatch(guild_id, "INTERACTION_CREATE", found.payload)
        return heard

    def attach(self, content: bytes) -> dict[str, Any]:
        """A file that somebody gives with a command, as the bot is told of it."""
        key = self.world.new_id()
        self.files[key] = content
        url = f"{self.url}/files/{key}"
        return {"id": str(key), "filename": "file.csv", "size": len(content), "url": url,
                "proxy_url": url}  # fmt: skip

    def show(self, message: Message, *, edit: bool = False) -> None:
        """Note that a message stands there now, and let the bot hear of it."""
        channel = self.world.channels.get(message.channel_id)
        posted = Posted(
            time.time(), edit, message.channel_id, message.id, message.text,
            tuple(message.custom_ids()), frozenset(message.mentioned), message.private,
            message.nonce, channel.recipient.id if channel and channel.recipient else None,
            tuple(part["id"] for part in walk(message.components) if part.get("id")),
        )  # fmt: skip
        self.log.append(posted)
        for watch in self.watchers:
            watch(posted)
        if channel is None or channel.guild_id is None or message.private:
            return
        data = payloads.message(self.world, message)
        if message.author is not self.world.me:  # what others write is not for bots to read
            data |= {"content": "", "components": [], "embeds": [], "attachments": []}
        event = "MESSAGE_UPDATE" if edit else "MESSAGE_CREATE"
        self.gateway.dispatch(channel.guild_id, event, data)

    def remember_nonce(self, key: tuple[int, str], message: Message) -> None:
        self.nonces[key] = Nonce(message, time.monotonic() + self.rules.nonce_life)

    def posts(self, mark: str = "") -> list[Posted]:
        """New messages for everyone or for one person directly, that hold a mark; oldest first."""
        return [
            posted
            for posted in self.log
            if not posted.edit and not posted.private
            and (mark in posted.text or any(mark in key for key in posted.custom_ids))
        ]  # fmt: skip

    def delete_channel(self, channel: Channel) -> Any:
        """As somebody does by hand, or the bot."""
        gone = self.world.delete_channel(channel)
        for each in gone:
            event = "THREAD_DELETE" if each.is_thread else "CHANNEL_DELETE"
            self.gateway.dispatch(each.guild_id, event, payloads.channel(each))
        return payloads.channel(channel)

    def delete_role(self, guild: Guild, role: Role) -> None:
        """As somebody does by hand, or the bot."""
        del guild.roles[role.id]
        for member in guild.members.values():
            member.roles = [key for key in member.roles if key != role.id]
        told = {"guild_id": str(guild.id), "role_id": str(role.id)}
        self.gateway.dispatch(guild.id, "GUILD_ROLE_DELETE", told)

    def delete_message(self, message: Message) -> None:
        """As somebody does by hand, or the bot."""
        channel = self.world.channels[message.channel_id]
        del channel.messages[message.id]
        if channel.guild_id and not message.private:
            told = {"id": str(message.id), "channel_id": str(channel.id),
                    "guild_id": str(channel.guild_id)}  # fmt: skip
            self.gateway.dispatch(channel.guild_id, "MESSAGE_DELETE", told)

    async def until(self, holds: Callable[[], Any], within: float = 10.0) -> Any:
        """Wait for something to become true, and give it.

        Raises:
            TimeoutError: it did not.
        """
        async with asyncio.timeout(within):
            while not (found := holds()):  # noqa: ASYNC110 - it may be anything
                await asyncio.sleep(0.02)
        return found


def _token(application_id: int) -> str:
    """One that looks like a bot's; it opens nothing but this server."""
    first = base64.urlsafe_b64encode(str(application_id).encode()).decode().rstrip("=")
    return f"{first}.loop00.{'not-a-secret-at-all-' * 2}"
