"""The gateway: sessions, events in order, and connections that are lost and taken up again."""

import asyncio
import secrets
import time
import zlib
from collections import deque
from typing import TYPE_CHECKING, Any, Final

from aiohttp import WSMsgType, web

from tests.wire import payloads
from tests.wire.wirejson import dumps, loads

if TYPE_CHECKING:
    from tests.wire.loopback import Discord

_DISPATCH, _HEARTBEAT, _IDENTIFY, _PRESENCE, _RESUME, _RECONNECT = 0, 1, 2, 3, 6, 7
_MEMBERS, _INVALID, _HELLO, _ACK = 8, 9, 10, 11
_PRIVILEGED: Final = 1 << 1 | 1 << 8 | 1 << 15
_KEPT: Final = 5000  # events that a lost connection may ask for again
# Which intent lets a bot hear of what; what is not named here everyone hears.
_INTENTS: Final = {
    "MESSAGE": 1 << 9, "GUILD_SCHEDULED": 1 << 16, "GUILD_MEMBER": 1 << 1, "GUILD": 1 << 0,
    "CHANNEL": 1 << 0, "THREAD": 1 << 0,
}  # fmt: skip
_UNASKED: Final = ("GUILD_MEMBERS_CHUNK", "GUILD_CREATE")


class Session:
    """What Discord remembers of one shard of one process, connected or not."""

    def __init__(self, shard: int, shards: int, intents: int) -> None:
        self.id = secrets.token_hex(8)
        self.shard, self.shards, self.intents = shard, shards, intents
        self.seq = 0
        self.sent: deque[tuple[int, bytes]] = deque(maxlen=_KEPT)
        self.line: Line | None = None

    def dispatch(self, event: str, data: Any) -> None:
        self.seq += 1
        frame = dumps({"op": _DISPATCH, "t": event, "s": self.seq, "d": data})
        self.sent.append((self.seq, frame))
        if self.line:
            self.line.send(frame)

    def hears(self, event: str) -> bool:
        for prefix, intent in _INTENTS.items():
            if event.startswith(prefix) and event not in _UNASKED:
                return bool(self.intents & intent)
        return True


class Line:
    """One websocket connection; frames leave it in the order in which they were sent."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket, self._request = socket, request
        self._queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        zlib_stream = request.query.get("compress") == "zlib-stream"
        self._zip = zlib.compressobj(1) if zlib_stream else None

    def send(self, frame: bytes) -> None:
        self._queue.put_nowait(frame)

    def say(self, op: int, data: Any = None) -> None:
        self.send(dumps({"op": op, "d": data, "s": None, "t": None}))

    async def write(self) -> None:
        """Send what is waiting until there is nothing to send it to."""
        while (frame := await self._queue.get()) is not None:
            try:
                if self._zip is None:
                    await self.socket.send_str(frame.decode())
                else:
                    zipped = self._zip.compress(frame) + self._zip.flush(zlib.Z_SYNC_FLUSH)
                    await self.socket.send_bytes(zipped)
            except (ConnectionError, RuntimeError):
                return

    def cut(self) -> None:
        """As when a cable is pulled: no goodbye."""
        if self._request.transport is not None:
            self._request.transport.abort()


class Gateway:
    """All sessions, and what is sent to them."""

    def __init__(self, discord: "Discord") -> None:
        self._discord = discord
        self.sessions: dict[str, Session] = {}
        self.heartbeat = 41.25  # seconds
        self.identified = 0
        # When each session was begun (the monotonic clock) and for which shard; and how many while
        # another was connected for it.
        self.begun: list[tuple[float, int]] = []
        self.crowded = 0
        self.resumed = 0
        self._changed = asyncio.Condition()

    def dispatch(self, guild_id: int | None, event: str, data: Any) -> int:
        """Send an event to the shard that looks after a server; without one, to shard 0.

        Returns:
            how many processes are connected to hear it at once.
        """
        heard = 0
        for session in self.sessions.values():
            shard = (guild_id >> 22) % session.shards if guild_id else 0
            if session.shard == shard and session.hears(event):
                session.dispatch(event, data)
                heard += session.line is not None
        return heard

    @property
    def connected(self) -> list[Session]:
        return [session for session in self.sessions.values() if session.line]

    async def until(self, identified: int = 0, resumed: int = 0) -> None:
        """Wait until so many sessions were begun, or taken up again, in all."""
        async with self._changed:
            await self._changed.wait_for(
                lambda: self.identified >= identified and self.resumed >= resumed
            )

    def cut(self) -> None:
        """Lose every connection; sessions can be resumed."""
        for session in self.connected:
            assert session.line
            session.line.cut()
            session.line = None

    def reconnect(self) -> None:
        """Ask everyone to connect anew, and to resume."""
        for session in self.connected:
            assert session.line
            session.line.say(_RECONNECT)

    def invalidate(self) -> None:
        """Forget every session: who is connected has to begin anew."""
        for session in self.connected:
            assert session.line
            session.line.say(_INVALID, data=False)
        self.sessions.clear()

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """A websocket, from HELLO to its end."""
        socket = web.WebSocketResponse(max_msg_size=0, compress=False)
        await socket.prepare(request)
        line = Line(socket, request)
        writer = asyncio.create_task(line.write())
        self._discord.lines.add(line)
        line.say(_HELLO, {"heartbeat_interval": int(self.heartbeat * 1000)})
        session: Session | None = None
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    session = await self._hear(line, session, loads(frame.data))
        finally:
            if session and session.line is line:
                session.line = None
            self._discord.lines.discard(line)
            writer.cancel()
        return socket

    async def _hear(self, line: Line, session: Session | None, said: Any) -> Session | None:
        op, data = said["op"], said.get("d")
        if op == _HEARTBEAT:
            # Not at once: discord.py notes when it sent a beat only after it has sent it.
            asyncio.get_running_loop().call_later(0.02, line.say, _ACK)
        elif op == _IDENTIFY:
            return await self._identify(line, data)
        elif op == _RESUME:
            return await self._resume(line, data)
        elif op == _MEMBERS and session:
            self._members(session, data)
        elif op != _PRESENCE:
            self._discord.unknown.append(f"gateway op {op}")
        return session

    async def _identify(self, line: Line, data: Any) -> Session | None:
        shard, shards = data.get("shard") or (0, 1)
        wrong = (
            4004 if data["token"] != self._discord.token
            else 4010 if not 0 <= shard < shards
            else 4014 if data["intents"] & _PRIVILEGED & ~self._discord.privileged
            else 0
        )  # fmt: skip
        if wrong:
            await line.socket.close(code=wrong)
            return None
        # A process that died leaves its session behind; nobody takes it up again.
        for old in [each for each in self.sessions.values() if each.shard == shard]:
            self.crowded += old.line is not None
            del self.sessions[old.id]
        self.begun.append((time.monotonic(), shard))
        session = Session(shard, shards, data["intents"])
        session.line = line
        self.sessions[session.id] = session
        self._welcome(session)
        async with self._changed:
            self.identified += 1
            self._changed.notify_all()
        return session

    def _welcome(self, session: Session) -> None:
        world = self._discord.world
        ours = [guild for guild in world.guilds.values()
                if (guild.id >> 22) % session.shards == session.shard
                and world.me.id in guild.members]  # fmt: skip
        session.dispatch("READY", {
            "v": 10, "user": payloads.user(world.me), "session_id": session.id,
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in ours],
            "resume_gateway_url": self._discord.gateway_url, "session_type": "normal",
            "shard": [session.shard, session.shards], "private_channels": [],
            "application": {"id": str(world.me.id), "flags": 0},
        })  # fmt: skip
        for guild in ours:
            session.dispatch("GUILD_CREATE", payloads.guild(world, guild))

    async def _resume(self, line: Line, data: Any) -> Session | None:
        session = self.sessions.get(data["session_id"])
        missed = [] if session is None else [f for seq, f in session.sent if seq > data["seq"]]
        if session is None or session.seq - data["seq"] > len(missed):
            line.say(_INVALID, data=False)
            return None
        session.line = line
        for frame in missed:
            line.send(frame)
        session.dispatch("RESUMED", {"_trace": []})
        async with self._changed:
            self.resumed += 1
            self._changed.notify_all()
        return session

    def _members(self, session: Session, asked: Any) -> None:
        """Answer a question for members by their ids; the whole list needs an intent."""
        guild = self._discord.world.guilds[int(asked["guild_id"])]
        wanted = asked.get("user_ids") or []
        wanted = [int(key) for key in (wanted if isinstance(wanted, list) else [wanted])]
        if len(wanted) > 100 or not wanted:
            self._discord.unknown.append(f"members asked for: {len(wanted)}")
            return
        session.dispatch("GUILD_MEMBERS_CHUNK", {
            "guild_id": str(guild.id), "chunk_index": 0, "chunk_count": 1,
            "members": [payloads.member(guild.members[k]) for k in wanted if k in guild.members],
            "not_found": [str(key) for key in wanted if key not in guild.members],
            "nonce": asked.get("nonce"),
        })  # fmt: skip
