"""Scheduled events: only those outside of Discord's own channels are known here."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tests.wire import payloads
from tests.wire.guild_routes import guild_of
from tests.wire.rest import Ask, Route
from tests.wire.rules import Refusal, need, need_length, permission
from tests.wire.world import Guild, ScheduledEvent

if TYPE_CHECKING:
    from tests.wire.loopback import Discord

_FINISHED = {3, 4}


def _check_event(body: dict[str, Any], data: dict[str, Any]) -> None:
    """What an event outside of Discord's own channels needs."""
    need_length(data.get("name"), "an event's name", 100)
    need_length(data.get("description") or "", "an event's description", 1000, 0)
    need(data.get("privacy_level") == 2, "privacy_level is 2")
    need(data.get("entity_type") == 3, "only events outside of Discord's channels are known here")
    place = (data.get("entity_metadata") or {}).get("location")
    need_length(place, "an event's place", 100)
    need(data.get("scheduled_end_time"), "an event elsewhere needs an end")
    start = datetime.fromisoformat(data["scheduled_start_time"])
    end = datetime.fromisoformat(data["scheduled_end_time"])
    if "scheduled_start_time" in body:
        need(start > datetime.now(UTC), "Cannot schedule event in the past")
    need(end > start, "Cannot schedule event to end before it starts")


def events(discord: "Discord", ask: Ask) -> Any:
    guild = guild_of(discord, ask)
    return [payloads.event(discord.world, each) for each in guild.events.values()]


def make_event(discord: "Discord", ask: Ask) -> Any:
    guild = guild_of(discord, ask)
    permission(discord.world, guild, None, "create_events")
    _check_event(ask.body, ask.body)
    standing = sum(each.status not in _FINISHED for each in guild.events.values())
    need(standing < 100, "Maximum number of uncompleted events reached (100)", 30038)
    world = discord.world
    made = ScheduledEvent(world.new_id(), guild.id, world.me.id, dict(ask.body))
    guild.events[made.id] = made
    return _tell_event(discord, "CREATE", made)


def _tell_event(discord: "Discord", what: str, event: ScheduledEvent) -> Any:
    data = payloads.event(discord.world, event)
    discord.gateway.dispatch(event.guild_id, f"GUILD_SCHEDULED_EVENT_{what}", data)
    return data


def _event(guild: Guild, ask: Ask) -> ScheduledEvent:
    if ask["event"] not in guild.events:
        raise Refusal(404, 10070, "Unknown Guild Scheduled Event")
    return guild.events[ask["event"]]


def get_event(discord: "Discord", ask: Ask) -> Any:
    return payloads.event(discord.world, _event(guild_of(discord, ask), ask))


def edit_event(discord: "Discord", ask: Ask) -> Any:
    guild = guild_of(discord, ask)
    event = _event(guild, ask)
    permission(discord.world, guild, None, "create_events")
    status = ask.body.get("status", event.status)
    fits = {1: {1, 2, 4}, 2: {2, 3}}.get(event.status, set())
    need(status in fits, "Cannot update an event that is over", 180000)
    data = {**event.data, **ask.body}
    _check_event(ask.body, data)
    event.data, event.status = data, status
    return _tell_event(discord, "UPDATE", event)


def delete_event(discord: "Discord", ask: Ask) -> None:
    guild = guild_of(discord, ask)
    event = _event(guild, ask)
    permission(discord.world, guild, None, "create_events")
    del guild.events[event.id]
    _tell_event(discord, "DELETE", event)


ROUTES: tuple[Route, ...] = (
    ("GET", "/guilds/{guild}/scheduled-events", events),
    ("POST", "/guilds/{guild}/scheduled-events", make_event),
    ("GET", "/guilds/{guild}/scheduled-events/{event}", get_event),
    ("PATCH", "/guilds/{guild}/scheduled-events/{event}", edit_event),
    ("DELETE", "/guilds/{guild}/scheduled-events/{event}", delete_event),
)
