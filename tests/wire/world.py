"""What stands in the loopback Discord: users, servers, channels, messages. Plain data, no wire.

A world can be copied (``copy.deepcopy``), so that a test begins where another preparation ended.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord

EPOCH = 1_420_070_400_000
ALL = discord.Permissions.all().value
EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15
TEXT, DIRECT, CATEGORY, NEWS, PUBLIC_THREAD, FORUM = 0, 1, 4, 5, 11, 15
THREADS = frozenset({10, 11, 12})


def bit(name: str) -> int:
    """A permission by its name in discord.py."""
    return discord.Permissions(**{name: True}).value


@dataclass
class User:
    id: int
    name: str
    bot: bool = False
    takes_direct: bool = True


@dataclass
class Member:
    user: User
    roles: list[int] = field(default_factory=list)
    joined_at: str = "2026-01-01T00:00:00+00:00"


@dataclass
class Role:
    id: int
    name: str
    permissions: int
    position: int
    managed: bool = False


@dataclass
class Overwrite:
    id: int
    type: int  # 0 for a role, 1 for a member
    allow: int
    deny: int


@dataclass
class Message:
    id: int
    channel_id: int
    author: User
    content: str = ""
    components: list[Any] = field(default_factory=list)
    embeds: list[Any] = field(default_factory=list)
    attachments: list[Any] = field(default_factory=list)
    flags: int = 0
    mentioned: set[int] = field(default_factory=set)
    mentioned_roles: set[int] = field(default_factory=set)
    mentioned_everyone: bool = False
    nonce: str | None = None
    pinned: bool = False
    edited: str | None = None
    shown_to: int | None = None  # the one person who sees it
    interaction_id: int | None = None

    @property
    def private(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def text(self) -> str:
        """All that it says, in order."""
        return text_of([{"content": self.content}, *self.components])

    def custom_ids(self) -> list[str]:
        return [part["custom_id"] for part in walk(self.components) if part.get("custom_id")]


@dataclass
class Channel:
    id: int
    type: int
    name: str = ""
    guild_id: int | None = None
    parent_id: int | None = None
    position: int = 0
    topic: str | None = None
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    tags: list[Any] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    owner_id: int = 0
    archived: bool = False
    locked: bool = False
    archive_after: int = 1440
    recipient: User | None = None

    @property
    def is_thread(self) -> bool:
        return self.type in THREADS


@dataclass
class ScheduledEvent:
    id: int
    guild_id: int
    creator_id: int
    data: dict[str, Any]
    status: int = 1  # scheduled, active, completed, cancelled


@dataclass
class Guild:
    id: int
    name: str
    owner_id: int
    locale: str = "en-US"
    features: list[str] = field(default_factory=list)
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)  # threads too
    events: dict[int, ScheduledEvent] = field(default_factory=dict)

    def role(self, name: str) -> Role:
        return next(role for role in self.roles.values() if role.name == name)

    def channel(self, name: str) -> Channel:
        return next(each for each in self.channels.values() if each.name == name)


class World:
    """All of it, and who may do what in it."""

    def __init__(self) -> None:
        self._last_id = 0
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.commands: list[dict[str, Any]] = []
        self.me = self.user("leda", bot=True)

    def new_id(self) -> int:
        """A snowflake of now, larger than all before."""
        now = (int(time.time() * 1000) - EPOCH) << 22
        self._last_id = max(now, self._last_id + 1)
        return self._last_id

    def user(self, name: str, *, bot: bool = False) -> User:
        user = User(self.new_id(), name, bot)
        self.users[user.id] = user
        return user

    def guild(
        self, name: str, granted: Iterable[str], *, shard: int = 0, shards: int = 1, **more: Any
    ) -> Guild:
        """A server with the bot in it, in a role with these permissions; ``shard`` looks after."""
        guild_id = self.new_id()
        while (guild_id >> 22) % shards != shard:
            guild_id += 1 << 22
        self._last_id = guild_id
        guild = Guild(guild_id, name, self.user(f"owner of {name}").id, **more)
        everyone = ("view_channel", "send_messages", "send_messages_in_threads",
                    "create_public_threads", "read_message_history", "embed_links")  # fmt: skip
        guild.roles[guild_id] = Role(guild_id, "@everyone", sum(map(bit, everyone)), 0)
        mine = Role(self.new_id(), "leda", sum(map(bit, granted)), 1, managed=True)
        guild.roles[mine.id] = mine
        guild.members[self.me.id] = Member(self.me, [mine.id])
        guild.members[guild.owner_id] = Member(self.users[guild.owner_id])
        self.guilds[guild_id] = guild
        return guild

    def role(self, guild: Guild, name: str, permissions: int = 0) -> Role:
        """A new role, just above @everyone: all others move up."""
        for other in guild.roles.values():
            other.position += other.id != guild.id
        role = Role(self.new_id(), name, permissions, 1)
        guild.roles[role.id] = role
        return role

    def channel(self, guild: Guild | None, kind: int, name: str = "", **more: Any) -> Channel:
        position = len(guild.channels) if guild else 0
        channel = Channel(
            more.pop("id", None) or self.new_id(), kind, name, guild.id if guild else None,
            position=position, **more,
        )  # fmt: skip
        self.channels[channel.id] = channel
        if guild:
            guild.channels[channel.id] = channel
        return channel

    def direct(self, user: User) -> Channel:
        """The conversation between the bot and somebody."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        return self.channel(None, DIRECT, recipient=user)

    def delete_channel(self, channel: Channel) -> list[Channel]:
        """With its threads; returns all that went."""
        assert channel.guild_id is not None
        guild = self.guilds[channel.guild_id]
        threads = [c for c in guild.channels.values() if c.is_thread and c.parent_id == channel.id]
        gone = [channel, *threads]
        for each in gone:
            del guild.channels[each.id], self.channels[each.id]
        return gone

    def permissions(self, guild: Guild, user_id: int, channel: Channel | None = None) -> int:
        """What somebody may do, in a channel or in the server as a whole."""
        member = guild.members.get(user_id)
        if member is None:
            return 0
        held = [guild.roles[role] for role in (guild.id, *member.roles) if role in guild.roles]
        base = 0
        for role in held:
            base |= role.permissions
        if user_id == guild.owner_id or base & bit("administrator"):
            return ALL
        if channel is None:
            return base
        place = guild.channels.get(channel.parent_id or 0) if channel.is_thread else channel
        return base if place is None else _overwritten(base, place, guild, member)

    def posts(
        self, guild: Guild, wanted: Callable[[Message], bool] = lambda _: True
    ) -> list[Message]:
        """What stands in a server for everyone, oldest first."""
        found = [
            message
            for channel in guild.channels.values()
            for message in channel.messages.values()
            if not message.private and wanted(message)
        ]
        return sorted(found, key=lambda message: message.id)


def _overwritten(base: int, place: Channel, guild: Guild, member: Member) -> int:
    everyone = place.overwrites.get(guild.id)
    if everyone:
        base = base & ~everyone.deny | everyone.allow
    allow = deny = 0
    for role_id in member.roles:
        if overwrite := place.overwrites.get(role_id):
            allow, deny = allow | overwrite.allow, deny | overwrite.deny
    base = base & ~deny | allow
    if own := place.overwrites.get(member.user.id):
        base = base & ~own.deny | own.allow
    return base


def walk(components: Iterable[Any]) -> Iterable[dict[str, Any]]:
    """Every component with all that is in it, in order."""
    for part in components:
        yield part
        yield from walk(part.get("components") or [])
        yield from walk([part[key] for key in ("accessory", "component") if part.get(key)])


def text_of(components: Iterable[Any]) -> str:
    """All that is said, labels of buttons too."""
    return "\n".join(
        str(part[key]) for part in walk(components) for key in ("content", "label") if part.get(key)
    )


def iso(at: float | None = None) -> str:
    return datetime.fromtimestamp(time.time() if at is None else at, UTC).isoformat()


def born(snowflake: int) -> str:
    return iso(((snowflake >> 22) + EPOCH) / 1000)
