"""The bot itself, users, and the bot's commands."""

from typing import TYPE_CHECKING, Any

from tests.wire import command_rules, payloads
from tests.wire.rest import Ask, Route
from tests.wire.rules import Refusal

if TYPE_CHECKING:
    from tests.wire.loopback import Discord


def me(discord: "Discord", _: Ask) -> Any:
    return {**payloads.user(discord.world.me), "verified": True, "mfa_enabled": False}


def application(discord: "Discord", _: Ask) -> Any:
    world = discord.world
    return {
        "id": str(world.me.id), "name": "leda", "icon": None, "description": "", "flags": 0,
        "rpc_origins": [], "bot_public": True, "bot_require_code_grant": False, "summary": "",
        "verify_key": "0" * 64, "team": None, "owner": payloads.user(world.me),
        "approximate_guild_count": len(world.guilds),
    }  # fmt: skip


def gateway(discord: "Discord", _: Ask) -> Any:
    limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
    return {"url": discord.gateway_url, "shards": discord.shards, "session_start_limit": limit}


def user(discord: "Discord", ask: Ask) -> Any:
    found = discord.world.users.get(ask["user"])
    if found is None:
        raise Refusal(404, 10013, "Unknown User")
    return payloads.user(found)


def open_direct(discord: "Discord", ask: Ask) -> Any:
    person = discord.world.users.get(int(ask.body["recipient_id"]))
    if person is None:
        raise Refusal(404, 10013, "Unknown User")
    return payloads.channel(discord.world.direct(person))


def put_commands(discord: "Discord", ask: Ask) -> Any:
    """Take a whole set in place of the one before; who is there already keeps their id."""
    world = discord.world
    command_rules.commands(ask.body)
    ids = {(known["name"], known["type"]): known["id"] for known in world.commands}
    world.commands = [
        {
            "default_member_permissions": None, "nsfw": False, "description": "",
            "contexts": None, "integration_types": [0], "options": [], "version": "1",
            **command, "type": command.get("type", 1), "application_id": str(world.me.id),
            "id": ids.get((command["name"], command.get("type", 1))) or str(world.new_id()),
        }
        for command in ask.body
    ]  # fmt: skip
    return world.commands


def get_commands(discord: "Discord", _: Ask) -> Any:
    return discord.world.commands


ROUTES: tuple[Route, ...] = (
    ("GET", "/users/@me", me),
    ("GET", "/applications/@me", application),
    ("GET", "/oauth2/applications/@me", application),
    ("GET", "/gateway/bot", gateway),
    ("GET", "/users/{user}", user),
    ("POST", "/users/@me/channels", open_direct),
    ("PUT", "/applications/{application}/commands", put_commands),
    ("GET", "/applications/{application}/commands", get_commands),
)
