"""Messages and threads: posting, reading, editing, pinning."""

import time
from typing import TYPE_CHECKING, Any

from tests.wire import payloads, rules, world
from tests.wire.guild_routes import channel_of
from tests.wire.rest import Ask, Route
from tests.wire.rules import Refusal, need, need_length, permission
from tests.wire.world import (
    COMPONENTS_V2,
    DIRECT,
    FORUM,
    PUBLIC_THREAD,
    Channel,
    Guild,
    Message,
    iso,
)

if TYPE_CHECKING:
    from tests.wire.loopback import Discord


def fill(discord: "Discord", message: Message, ask: Ask, guild: Guild | None) -> None:
    """Put into a message what a request says, after it was checked."""
    body = ask.body
    body["attachments"] = attachments(message, ask)
    before = message if message.components or message.content or message.attachments else None
    rules.message(body, before)
    for key in ("content", "components", "embeds", "attachments"):
        if body.get(key) is not None:
            setattr(message, key, body[key])
    message.components = with_ids(message.components)
    message.flags |= int(body.get("flags") or 0) & COMPONENTS_V2
    rules.mentioned(discord.world, message, body.get("allowed_mentions"), guild)


def attachments(message: Message, ask: Ask) -> list[Any]:
    """What is kept of the files that were there, and those that came along."""
    if "attachments" not in ask.body and not ask.files:
        return message.attachments
    named = ask.body.get("attachments") or [{"id": n} for n in ask.files]
    kept = {file["id"]: file for file in message.attachments}
    found = [kept[str(one["id"])] for one in named if str(one["id"]) in kept]
    for one in named:
        if int(one["id"]) in ask.files:
            name, data = ask.files[int(one["id"])]
            url = f"https://cdn.invalid/{message.id}/{name}"
            found.append({
                "id": str(message.id + int(one["id"]) + 1), "filename": one.get("filename", name),
                "size": len(data), "url": url, "proxy_url": url,
            })  # fmt: skip
    return found


def with_ids(components: list[Any]) -> list[Any]:
    """Components as Discord gives them back: each with a number, and files with addresses."""
    used = {part["id"] for part in world.walk(components) if part.get("id")}
    number = 0
    for part in world.walk(components):
        while not part.get("id"):
            number += 1
            if number not in used:
                part["id"] = number
        media = [part.get("file"), *(item.get("media") for item in part.get("items") or [])]
        for one in filter(None, media):
            one.setdefault("proxy_url", one["url"])
            one.setdefault("loading_state", 2)
    return components


def may_write(discord: "Discord", guild: Guild | None, channel: Channel) -> None:
    """Refuse where the bot may not write."""
    if channel.type == DIRECT:
        assert channel.recipient is not None
        shared = any(channel.recipient.id in g.members for g in discord.world.guilds.values())
        open_to = channel.recipient.takes_direct and shared
        need(open_to, "Cannot send messages to this user", 50007, 403)
        return
    assert guild is not None
    name = "send_messages_in_threads" if channel.is_thread else "send_messages"
    permission(discord.world, guild, channel, name)
    need(not channel.locked, "Thread is locked", 50083)


def post(discord: "Discord", ask: Ask) -> Any:
    guild, channel = channel_of(discord, ask)
    may_write(discord, guild, channel)
    need(channel.type != FORUM, "Cannot send messages in a non-text channel", 50008)
    nonce = ask.body.get("nonce")
    need(nonce is None or len(str(nonce)) <= 25, "nonce must be 25 or fewer in length")
    if ask.files and guild:
        permission(discord.world, guild, channel, "attach_files")
    key, now = (channel.id, str(nonce)), time.monotonic()
    if nonce is not None and ask.body.get("enforce_nonce"):
        known = discord.nonces.get(key)
        if known and known.until > now:
            return payloads.message(discord.world, known.message)
    message = Message(discord.world.new_id(), channel.id, discord.world.me)
    message.nonce = None if nonce is None else str(nonce)
    fill(discord, message, ask, guild)
    channel.messages[message.id] = message
    channel.archived = False
    if nonce is not None:
        discord.remember_nonce(key, message)
    discord.show(message)
    return payloads.message(discord.world, message)


def history(discord: "Discord", ask: Ask) -> Any:
    guild, channel = channel_of(discord, ask)
    if guild:
        permission(discord.world, guild, channel)
        held = discord.world.permissions(guild, discord.world.me.id, channel)
        if not held & world.bit("read_message_history"):
            return []  # not a refusal: Discord shows an empty channel
    limit = int(ask.query.get("limit", 50))
    need(1 <= limit <= 100, "limit is 1 to 100")
    found = sorted((m for m in channel.messages.values() if not m.private), key=lambda m: m.id)
    if before := ask.query.get("before"):
        found = [m for m in found if m.id < int(before)][-limit:]
    elif after := ask.query.get("after"):
        found = [m for m in found if m.id > int(after)][:limit]
    elif around := ask.query.get("around"):
        older = [m for m in found if m.id < int(around)][-(limit // 2) :]
        found = older + [m for m in found if m.id >= int(around)][: limit - len(older)]
    return [payloads.message(discord.world, m) for m in reversed(found[-limit:])]


def _message(discord: "Discord", ask: Ask, *, seen: bool = True) -> tuple[Guild | None, Message]:
    guild, channel = channel_of(discord, ask)
    if guild:
        permission(discord.world, guild, channel, *(("read_message_history",) if seen else ()))
    message = channel.messages.get(ask["message"])
    if message is None or message.private:
        raise Refusal(404, 10008, "Unknown Message")
    return guild, message


def get(discord: "Discord", ask: Ask) -> Any:
    return payloads.message(discord.world, _message(discord, ask)[1])


def edit(discord: "Discord", ask: Ask) -> Any:
    guild, message = _message(discord, ask, seen=False)
    channel = discord.world.channels[message.channel_id]
    own = message.author is discord.world.me
    need(own, "Cannot edit a message authored by another user", 50005, 403)
    need(not channel.archived, "Thread is archived", 50083)
    fill(discord, message, ask, guild)
    message.edited = iso()
    discord.show(message, edit=True)
    return payloads.message(discord.world, message)


def delete(discord: "Discord", ask: Ask) -> None:
    guild, message = _message(discord, ask, seen=False)
    if message.author is not discord.world.me and guild:
        permission(discord.world, guild, discord.world.channels[ask["channel"]], "manage_messages")
    discord.delete_message(message)


def pin(discord: "Discord", ask: Ask) -> None:
    guild, message = _message(discord, ask)
    channel = discord.world.channels[message.channel_id]
    if guild:
        permission(discord.world, guild, channel, "pin_messages")
    pinned = sum(each.pinned for each in channel.messages.values())
    need(pinned < 250, "Maximum number of pins reached", 30003)
    message.pinned = True


def unpin(discord: "Discord", ask: Ask) -> None:
    guild, message = _message(discord, ask)
    if guild:
        channel = discord.world.channels[message.channel_id]
        permission(discord.world, guild, channel, "pin_messages")
    message.pinned = False


def pins(discord: "Discord", ask: Ask) -> Any:
    _, channel = channel_of(discord, ask)
    found = [m for m in channel.messages.values() if m.pinned]
    return {
        "items": [{"pinned_at": iso(), "message": payloads.message(discord.world, m)}
                  for m in found],
        "has_more": False,
    }  # fmt: skip


def _thread(
    discord: "Discord", guild: Guild, parent: Channel, body: dict[str, Any], key: int | None
) -> Channel:
    need_length(body.get("name"), "a thread's name", 100)
    thread = discord.world.channel(
        guild, body.get("type", PUBLIC_THREAD), body["name"], id=key, parent_id=parent.id,
        owner_id=discord.world.me.id, archive_after=body.get("auto_archive_duration") or 1440,
    )  # fmt: skip
    data = {**payloads.channel(thread), "newly_created": True}
    discord.gateway.dispatch(guild.id, "THREAD_CREATE", data)
    return thread


def thread_from(discord: "Discord", ask: Ask) -> Any:
    guild, message = _message(discord, ask)
    assert guild is not None
    channel = discord.world.channels[message.channel_id]
    permission(discord.world, guild, channel, "create_public_threads")
    taken = message.id in discord.world.channels
    need(not taken, "A thread has already been created for this message", 160004)
    return payloads.channel(_thread(discord, guild, channel, ask.body, message.id))


def thread(discord: "Discord", ask: Ask) -> Any:
    guild, channel = channel_of(discord, ask)
    assert guild is not None
    if channel.type != FORUM:
        permission(discord.world, guild, channel, "create_public_threads")
        return payloads.channel(_thread(discord, guild, channel, ask.body, None))
    permission(discord.world, guild, channel, "send_messages")
    known = {str(tag.get("id")) for tag in channel.tags}
    need({str(t) for t in ask.body.get("applied_tags") or []} <= known, "Unknown tag", 10087)
    said = Ask(ask.ids, ask.query, dict(ask.body["message"]), ask.files)
    key = discord.world.new_id()
    first = Message(key, key, discord.world.me)
    fill(discord, first, said, guild)
    made = _thread(discord, guild, channel, ask.body, key)
    made.messages[key] = first
    discord.show(first)
    return {**payloads.channel(made), "message": payloads.message(discord.world, first)}


def archived(discord: "Discord", ask: Ask) -> Any:
    guild, channel = channel_of(discord, ask)
    assert guild is not None
    permission(discord.world, guild, channel, "read_message_history")
    found = [c for c in guild.channels.values() if c.parent_id == channel.id and c.archived]
    return {"threads": [payloads.channel(c) for c in found], "members": [], "has_more": False}


ROUTES: tuple[Route, ...] = (
    ("GET", "/channels/{channel}/messages", history),
    ("POST", "/channels/{channel}/messages", post),
    ("GET", "/channels/{channel}/messages/{message}", get),
    ("PATCH", "/channels/{channel}/messages/{message}", edit),
    ("DELETE", "/channels/{channel}/messages/{message}", delete),
    ("GET", "/channels/{channel}/messages/pins", pins),
    ("PUT", "/channels/{channel}/messages/pins/{message}", pin),
    ("DELETE", "/channels/{channel}/messages/pins/{message}", unpin),
    ("POST", "/channels/{channel}/messages/{message}/threads", thread_from),
    ("POST", "/channels/{channel}/threads", thread),
    ("GET", "/channels/{channel}/threads/archived/public", archived),
)
