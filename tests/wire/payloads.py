"""What stands in the world, as Discord writes it."""

from typing import Any

from tests.wire.world import (
    DIRECT,
    FORUM,
    Channel,
    Guild,
    Member,
    Message,
    Role,
    ScheduledEvent,
    User,
    World,
    born,
)


def user(one: User) -> dict[str, Any]:
    return {
        "id": str(one.id), "username": one.name, "discriminator": "0", "global_name": one.name,
        "avatar": None, "bot": one.bot, "public_flags": 0,
    }  # fmt: skip


def member(one: Member) -> dict[str, Any]:
    return {
        "user": user(one.user), "roles": [str(role) for role in one.roles], "nick": None,
        "joined_at": one.joined_at, "premium_since": None, "deaf": False, "mute": False,
        "pending": False, "flags": 0, "avatar": None, "communication_disabled_until": None,
    }  # fmt: skip


def role(one: Role) -> dict[str, Any]:
    return {
        "id": str(one.id), "name": one.name, "permissions": str(one.permissions),
        "position": one.position, "color": 0, "hoist": False, "managed": one.managed,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "mentionable": False, "flags": 0, "icon": None, "unicode_emoji": None,
    }  # fmt: skip


def channel(one: Channel) -> dict[str, Any]:
    last = max(one.messages, default=None)
    base: dict[str, Any] = {
        "id": str(one.id), "type": one.type, "last_message_id": str(last) if last else None,
        "flags": 0,
    }  # fmt: skip
    if one.type == DIRECT:
        return {**base, "recipients": [user(one.recipient)] if one.recipient else []}
    base |= {
        "guild_id": str(one.guild_id), "name": one.name, "rate_limit_per_user": 0,
        "parent_id": str(one.parent_id) if one.parent_id else None,
    }  # fmt: skip
    if one.is_thread:
        return {
            **base, "owner_id": str(one.owner_id), "message_count": len(one.messages),
            "member_count": 1, "total_message_sent": len(one.messages), "applied_tags": [],
            "thread_metadata": {
                "archived": one.archived, "locked": one.locked, "invitable": True,
                "auto_archive_duration": one.archive_after, "archive_timestamp": born(one.id),
                "create_timestamp": born(one.id),
            },
        }  # fmt: skip
    base |= {
        "position": one.position, "topic": one.topic, "nsfw": False,
        "permission_overwrites": [
            {"id": str(o.id), "type": o.type, "allow": str(o.allow), "deny": str(o.deny)}
            for o in one.overwrites.values()
        ],
    }  # fmt: skip
    if one.type == FORUM:
        base |= {"available_tags": one.tags, "default_reaction_emoji": None,
                 "default_sort_order": None, "default_forum_layout": 0}  # fmt: skip
    return base


def message(world: World, one: Message) -> dict[str, Any]:
    place = world.channels.get(one.channel_id)
    payload: dict[str, Any] = {
        "id": str(one.id), "channel_id": str(one.channel_id), "author": user(one.author),
        "content": one.content, "timestamp": born(one.id), "edited_timestamp": one.edited,
        "tts": False, "mention_everyone": one.mentioned_everyone,
        "mentions": [user(world.users[key]) for key in sorted(one.mentioned)],
        "mention_roles": [str(key) for key in sorted(one.mentioned_roles)],
        "attachments": one.attachments, "embeds": one.embeds, "components": one.components,
        "pinned": one.pinned, "type": 0, "flags": one.flags, "reactions": [],
    }  # fmt: skip
    if one.nonce is not None:
        payload["nonce"] = one.nonce
    if place is not None and place.guild_id is not None:
        payload["guild_id"] = str(place.guild_id)
    if one.interaction_id is not None or one.private:
        payload["webhook_id"] = str(world.me.id)
        payload["application_id"] = str(world.me.id)
    return payload


def event(world: World, one: ScheduledEvent) -> dict[str, Any]:
    return {
        "id": str(one.id), "guild_id": str(one.guild_id), "creator_id": str(one.creator_id),
        "channel_id": None, "description": None, "scheduled_end_time": None, "entity_id": None,
        "image": None, "user_count": 0, **one.data, "status": one.status,
        "creator": user(world.users[one.creator_id]),
    }  # fmt: skip


def guild(world: World, one: Guild) -> dict[str, Any]:
    """As GUILD_CREATE says it to a bot without the list of members: it names the bot alone."""
    standing = [c for c in one.channels.values() if not c.is_thread]
    threads = [c for c in one.channels.values() if c.is_thread and not c.archived]
    return {
        "id": str(one.id), "name": one.name, "owner_id": str(one.owner_id), "icon": None,
        "splash": None, "discovery_splash": None, "banner": None, "description": None,
        "afk_channel_id": None, "afk_timeout": 300, "verification_level": 1,
        "default_message_notifications": 1, "explicit_content_filter": 0, "mfa_level": 0,
        "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": one.locale,
        "system_channel_id": None, "system_channel_flags": 0, "rules_channel_id": None,
        "public_updates_channel_id": None, "vanity_url_code": None, "application_id": None,
        "features": one.features, "emojis": [], "stickers": [], "nsfw_level": 0,
        "roles": [role(each) for each in one.roles.values()],
        "member_count": len(one.members), "large": False, "unavailable": False,
        "joined_at": one.members[world.me.id].joined_at,
        "members": [member(one.members[world.me.id])],
        "channels": [channel(each) for each in standing],
        "threads": [channel(each) for each in threads],
        "presences": [], "voice_states": [], "stage_instances": [], "soundboard_sounds": [],
        "guild_scheduled_events": [event(world, e) for e in one.events.values() if e.status < 3],
        "premium_progress_bar_enabled": False,
    }  # fmt: skip
