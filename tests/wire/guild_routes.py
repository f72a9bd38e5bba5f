"""Servers: their channels, roles, members and invitations."""

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.wire import payloads
from tests.wire.rest import Ask, Route
from tests.wire.rules import Refusal, need, need_length, permission
from tests.wire.world import FORUM, NEWS, Channel, Guild, Member, Overwrite, Role

if TYPE_CHECKING:
    from tests.wire.loopback import Discord


def guild_of(discord: "Discord", ask: Ask) -> Guild:
    guild = discord.world.guilds.get(ask["guild"])
    if guild is None or discord.world.me.id not in guild.members:
        raise Refusal(404, 10004, "Unknown Guild")
    return guild


def channel_of(discord: "Discord", ask: Ask) -> tuple[Guild | None, Channel]:
    channel = discord.world.channels.get(ask["channel"])
    if channel is None:
        raise Refusal(404, 10003, "Unknown Channel")
    return discord.world.guilds.get(channel.guild_id or 0), channel


def _tell(discord: "Discord", event: str, channel: Channel) -> Any:
    data = payloads.channel(channel)
    discord.gateway.dispatch(channel.guild_id, event, data)
    return data


def channels(discord: "Discord", ask: Ask) -> Any:
    found = guild_of(discord, ask).channels.values()
    return [payloads.channel(channel) for channel in found if not channel.is_thread]


def make_channel(discord: "Discord", ask: Ask) -> Any:
    guild, body = guild_of(discord, ask), ask.body
    permission(discord.world, guild, None, "manage_channels")
    kind = body.get("type", 0)
    _shape(guild, body, kind)
    need_length(body.get("name"), "a channel's name", 100)
    need(len(guild.channels) < 500, "a server has at most 500 channels", 30013)
    channel = discord.world.channel(guild, kind, body["name"], topic=body.get("topic"))
    channel.parent_id = int(body["parent_id"]) if body.get("parent_id") else None
    channel.tags = body.get("available_tags") or []
    for overwrite in body.get("permission_overwrites") or []:
        _allow(discord, guild, channel, int(overwrite["id"]), overwrite)
    return _tell(discord, "CHANNEL_CREATE", channel)


def _shape(guild: Guild, body: dict[str, Any], kind: int) -> None:
    community = "COMMUNITY" in guild.features
    need(kind not in {FORUM, NEWS} or community, "forums and news are for Community servers")
    need(not body.get("available_tags") or kind == FORUM, "tags are for forums")
    need_length(body.get("topic") or "", "a topic", 4096 if kind == FORUM else 1024, 0)


def _allow(
    discord: "Discord", guild: Guild, channel: Channel, target: int, said: dict[str, Any]
) -> None:
    """Set an overwrite; it may hold only what the bot holds itself."""
    allow, deny = int(said.get("allow") or 0), int(said.get("deny") or 0)
    held = discord.world.permissions(guild, discord.world.me.id)
    permission(discord.world, guild, None, "manage_roles")
    need(not (allow | deny) & ~held, "Missing Permissions (not held by the bot)", 50013, 403)
    channel.overwrites[target] = Overwrite(target, int(said["type"]), allow, deny)


def get_channel(discord: "Discord", ask: Ask) -> Any:
    guild, channel = channel_of(discord, ask)
    if guild:
        permission(discord.world, guild, channel)
    return payloads.channel(channel)


def edit_channel(discord: "Discord", ask: Ask) -> Any:
    guild, channel = channel_of(discord, ask)
    assert guild is not None
    own = channel.is_thread and channel.owner_id == discord.world.me.id
    right = "manage_threads" if channel.is_thread else "manage_channels"
    opening = channel.is_thread and not channel.locked  # anybody may who may write in it
    names = ("send_messages_in_threads",) if own or opening else (right,)
    permission(discord.world, guild, channel, *names)
    if not channel.is_thread:
        _shape(guild, ask.body, ask.body.get("type", channel.type))
    for key, attribute in (("name", "name"), ("topic", "topic"), ("position", "position"),
                           ("archived", "archived"), ("locked", "locked"),
                           ("available_tags", "tags")):  # fmt: skip
        if key in ask.body:
            setattr(channel, attribute, ask.body[key])
    if "parent_id" in ask.body:
        channel.parent_id = int(ask.body["parent_id"]) if ask.body["parent_id"] else None
    if "permission_overwrites" in ask.body:
        channel.overwrites.clear()
        for overwrite in ask.body["permission_overwrites"]:
            _allow(discord, guild, channel, int(overwrite["id"]), overwrite)
    return _tell(discord, "THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE", channel)


def move_channels(discord: "Discord", ask: Ask) -> None:
    guild = guild_of(discord, ask)
    permission(discord.world, guild, None, "manage_channels")
    need(all(int(moved["id"]) in guild.channels for moved in ask.body), "a channel that is there")
    for moved in ask.body:
        channel = guild.channels[int(moved["id"])]
        channel.position = moved.get("position", channel.position)
        if moved.get("parent_id"):
            channel.parent_id = int(moved["parent_id"])
        _tell(discord, "CHANNEL_UPDATE", channel)


def delete_channel(discord: "Discord", ask: Ask) -> Any:
    guild, channel = channel_of(discord, ask)
    assert guild is not None
    permission(discord.world, guild, channel, "manage_channels")
    return discord.delete_channel(channel)


def put_overwrite(discord: "Discord", ask: Ask) -> None:
    guild, channel = channel_of(discord, ask)
    assert guild is not None
    permission(discord.world, guild, channel, "manage_roles")
    _allow(discord, guild, channel, ask["target"], ask.body)
    _tell(discord, "CHANNEL_UPDATE", channel)


def delete_overwrite(discord: "Discord", ask: Ask) -> None:
    guild, channel = channel_of(discord, ask)
    assert guild is not None
    permission(discord.world, guild, channel, "manage_roles")
    channel.overwrites.pop(ask["target"], None)
    _tell(discord, "CHANNEL_UPDATE", channel)


def invite(discord: "Discord", ask: Ask) -> Any:
    guild, channel = channel_of(discord, ask)
    assert guild is not None
    permission(discord.world, guild, channel, "create_instant_invite")
    return {
        "code": secrets.token_hex(4), "guild": {**payloads.guild(discord.world, guild)},
        "channel": payloads.channel(channel), "uses": 0, "max_uses": 0, "max_age": 0,
        "temporary": False, "created_at": datetime.now(UTC).isoformat(), "type": 0,
    }  # fmt: skip


def roles(discord: "Discord", ask: Ask) -> Any:
    return [payloads.role(each) for each in guild_of(discord, ask).roles.values()]


def make_role(discord: "Discord", ask: Ask) -> Any:
    guild = guild_of(discord, ask)
    held = discord.world.permissions(guild, discord.world.me.id)
    permission(discord.world, guild, None, "manage_roles")
    wanted = int(ask.body.get("permissions") or 0)
    need(not wanted & ~held, "Missing Permissions (not held by the bot)", 50013, 403)
    need(len(guild.roles) < 250, "a server has at most 250 roles", 30005)
    role = discord.world.role(guild, ask.body.get("name", "new role"), wanted)
    told = {"guild_id": str(guild.id), "role": payloads.role(role)}
    discord.gateway.dispatch(guild.id, "GUILD_ROLE_CREATE", told)
    return told["role"]


def _below(discord: "Discord", guild: Guild, role: Role | None) -> Role:
    """A role that the bot may give, change or delete."""
    if role is None:
        raise Refusal(404, 10011, "Unknown Role")
    permission(discord.world, guild, None, "manage_roles")
    mine = max(guild.roles[key].position for key in guild.members[discord.world.me.id].roles)
    need(role.position < mine, "Missing Permissions (the role is above)", 50013, 403)
    return role


def edit_role(discord: "Discord", ask: Ask) -> Any:
    guild = guild_of(discord, ask)
    role = _below(discord, guild, guild.roles.get(ask["role"]))
    role.name = ask.body.get("name", role.name)
    role.permissions = int(ask.body.get("permissions", role.permissions))
    told = {"guild_id": str(guild.id), "role": payloads.role(role)}
    discord.gateway.dispatch(guild.id, "GUILD_ROLE_UPDATE", told)
    return told["role"]


def delete_role(discord: "Discord", ask: Ask) -> None:
    guild = guild_of(discord, ask)
    role = _below(discord, guild, guild.roles.get(ask["role"]))
    discord.delete_role(guild, role)


def _member(discord: "Discord", guild: Guild, user_id: int) -> Member:
    if user_id not in guild.members:
        known = user_id in discord.world.users
        raise Refusal(404, 10007 if known else 10013, "Unknown Member" if known else "Unknown User")
    return guild.members[user_id]


def member(discord: "Discord", ask: Ask) -> Any:
    return payloads.member(_member(discord, guild_of(discord, ask), ask["user"]))


def give_role(discord: "Discord", ask: Ask) -> None:
    guild = guild_of(discord, ask)
    one = _member(discord, guild, ask["user"])
    role = _below(discord, guild, guild.roles.get(ask["role"]))
    if role.id not in one.roles:
        one.roles.append(role.id)


def take_role(discord: "Discord", ask: Ask) -> None:
    guild = guild_of(discord, ask)
    one = _member(discord, guild, ask["user"])
    role = _below(discord, guild, guild.roles.get(ask["role"]))
    if role.id in one.roles:
        one.roles.remove(role.id)


ROUTES: tuple[Route, ...] = (
    ("GET", "/guilds/{guild}/channels", channels),
    ("POST", "/guilds/{guild}/channels", make_channel),
    ("PATCH", "/guilds/{guild}/channels", move_channels),
    ("GET", "/channels/{channel}", get_channel),
    ("PATCH", "/channels/{channel}", edit_channel),
    ("DELETE", "/channels/{channel}", delete_channel),
    ("PUT", "/channels/{channel}/permissions/{target}", put_overwrite),
    ("DELETE", "/channels/{channel}/permissions/{target}", delete_overwrite),
    ("POST", "/channels/{channel}/invites", invite),
    ("GET", "/guilds/{guild}/roles", roles),
    ("POST", "/guilds/{guild}/roles", make_role),
    ("PATCH", "/guilds/{guild}/roles/{role}", edit_role),
    ("DELETE", "/guilds/{guild}/roles/{role}", delete_role),
    ("GET", "/guilds/{guild}/members/{user}", member),
    ("PUT", "/guilds/{guild}/members/{user}/roles/{role}", give_role),
    ("DELETE", "/guilds/{guild}/members/{user}/roles/{role}", take_role),
)
