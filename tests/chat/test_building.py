"""Setting up: what is shown before, what is checked, and what happens when Discord will not."""

import asyncio

import discord
import pytest
from simcord.backend.errors import BackendError
from simcord.enums import ChannelType

from bot import patience
from bot.permissions import NEEDED
from cogs.home.keeping import bring_all_in_line
from tests.chat.conftest import homes, text_of

PLACES = {
    "📌 The programme",
    "start-here",
    "open-forum",
    "coordinators",
    "🏫 School and learning in a digital world",
    "school-announcements",
    "school-discussion",
    "school-factors",
    "🩺 Health and care in a digital world",
    "health-announcements",
    "health-discussion",
    "health-factors",
}


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    """Nobody waits for Discord; what would have been waited is kept."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(patience, "sleep", sleep)
    return waited


def let_the_bot(town, **may: bool) -> None:
    """Change what the bot's own role may in the server."""
    guild = town.env.backend.guilds[town.guild.id]
    role = next(role for role in guild.roles.values() if role.managed)
    held = discord.Permissions(role.permissions)
    held.update(**may)
    town.env.backend.edit_role(guild.id, role.id, {"permissions": held.value})


def names(town) -> set[str]:
    return set(town.guild.channels) | set(town.guild.roles)


def first_answer(town) -> str:
    """What the person saw before anything was made."""
    posts = [entry for entry in town.env.http_requests if "/callback" in entry.path]
    return str(posts[-1].json)


async def test_it_shows_what_it_will_make_before_it_makes_it(town):
    await town.set_up()
    answers = [entry.method + entry.path for entry in town.env.http_requests]
    shown = next(i for i, path in enumerate(answers) if path.endswith("/callback"))
    made = next(i for i, path in enumerate(answers) if path.endswith(("/roles", "/channels")))
    assert shown < made
    assert "▫️ #school-factors" in first_answer(town)


async def test_a_second_run_marks_what_stands_and_makes_only_what_is_missing(town):
    await town.set_up()
    before = names(town)
    town.delete_channel("school-factors")
    result = await town.set_up()
    assert "▫️ #school-factors" in first_answer(town)
    assert "✅ #school-discussion" in first_answer(town)
    assert "one thing" in text_of(result.response)
    assert names(town) == before


async def test_what_was_renamed_by_hand_keeps_its_name(town):
    await town.set_up()
    forum = town.channel("open-forum")
    town.env.backend.edit_channel(forum.id, {"name": "the-market-square"})
    await town.set_up()
    assert "the-market-square" in town.guild.channels
    assert "open-forum" not in town.guild.channels


async def test_lacking_permissions_are_named_with_what_to_do_and_nothing_is_made(town):
    let_the_bot(town, manage_channels=False, create_events=False)
    before = names(town)
    result = await town.set_up()
    said = text_of(result.response)
    for name in ("Manage Channels", "Create Events"):
        assert name in said
    assert "Manage Roles" not in said
    assert "Server Settings → Roles" in said
    assert "#open-forum" in said, "what would be made is shown all the same"
    assert names(town) == before
    status = await town.boss.slash(town.lobby, "programme status")
    assert "no programme yet" in text_of(status.response)


async def test_it_asks_for_nothing_that_overwrites_cannot_hold(town):
    let_the_bot(town, **dict.fromkeys(dict(discord.Permissions.all()), False))
    let_the_bot(town, **dict.fromkeys(NEEDED, True))
    await town.set_up()
    await town.boss.slash(town.lobby, "track edit", track="School", closed=True)
    asked = await town.boss.slash(town.lobby, "track archive", track="School")
    await town.boss.click(asked.response, label="Archive")
    held = discord.Permissions(**dict.fromkeys(NEEDED, True)).value
    set_by_us = [o for c in town.env.backend.channels.values() for o in c.overwrites]
    assert set_by_us
    assert all(not (o.allow | o.deny) & ~held for o in set_by_us)


async def test_a_server_full_of_roles_is_said_to_be_so_before_anything_is_made(town):
    for number in range(246):
        town.env.backend.create_role(town.guild.id, f"r{number}", position=1)
    await refused_as_full(town, "250")


async def test_a_server_full_of_channels_is_said_to_be_so_before_anything_is_made(town):
    for number in range(490):
        town.env.backend.create_channel(town.guild.id, f"c{number}")
    await refused_as_full(town, "500")


async def refused_as_full(town, limit: str) -> None:
    await town.env.settle()
    before = names(town)
    result = await town.set_up()
    assert limit in text_of(result.response)
    assert names(town) == before


async def test_a_full_category_is_named(town):
    await town.set_up()
    category = town.channel("📌 The programme")
    town.delete_channel("open-forum")
    for number in range(49):
        town.env.backend.create_channel(town.guild.id, f"c{number}", parent_id=category.id)
    await town.env.settle()
    result = await town.set_up()
    said = text_of(result.response)
    assert "📌 The programme" in said
    assert "50" in said
    assert "open-forum" not in town.guild.channels


async def test_a_role_above_the_bots_own_is_named_and_the_rest_is_done(town):
    await town.set_up()
    raised = town.guild.roles["Programme coordinators"]
    town.env.backend.reorder_roles(town.guild.id, [{"id": raised.id, "position": 99}])
    town.delete_channel("open-forum")
    result = await town.set_up()
    said = text_of(result.response)
    assert "above my own role" in said
    assert f"<@&{raised.id}>" in said
    assert "open-forum" in town.guild.channels


async def test_when_discord_refuses_in_the_middle_a_second_run_finishes_the_rest(town, monkeypatch):
    backend, create = town.env.backend, town.env.backend.create_channel
    refusing = True

    def make(guild_id, name, **more):
        if refusing and name == "school-discussion":
            raise BackendError(403, 50013, "Missing Permissions")
        return create(guild_id, name, **more)

    monkeypatch.setattr(backend, "create_channel", make)
    stopped = await town.set_up()
    said = text_of(stopped.response)
    assert "Missing Permissions" in said
    assert f"<#{town.channel('school-announcements').id}>" in said
    missing = said.partition("Still missing")[2]
    assert "#school-discussion" in missing
    assert "#school-announcements" not in missing
    half = set(backend.guilds[town.guild.id].channel_ids)
    refusing = False
    result = await town.set_up()
    assert "**Done.**" in text_of(result.response)
    assert half < set(backend.guilds[town.guild.id].channel_ids)
    assert set(town.guild.channels) == {"lobby", *PLACES}
    assert len(backend.guilds[town.guild.id].channel_ids) == 1 + len(PLACES)


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_busy_discord_is_waited_for_and_nothing_is_lost(town, no_waiting, status):
    for path in ("/guilds/*/roles", "/guilds/*/channels", "/channels/*/messages"):
        town.env.inject_error("POST", path, status=status, times=3)
    town.env.inject_error("PATCH", "/webhooks/*", status=status, times=2)
    result = await town.set_up()
    assert "**Done.**" in text_of(result.response)
    assert len(no_waiting) == 11
    assert set(town.guild.channels) == {"lobby", *PLACES}
    assert len(homes(town)) == 1
    kinds = [c.type for c in town.env.backend.channels.values() if c.guild_id == town.guild.id]
    assert kinds.count(ChannelType.TEXT) == 1 + 9


async def test_discord_is_not_asked_for_ever(town, no_waiting):
    town.env.inject_error("POST", "/guilds/*/roles", status=429, message="Too busy", times=None)
    result = await town.set_up()
    assert "Too busy" in text_of(result.response)
    assert no_waiting == [1, 2, 4, 8]


async def test_discord_is_left_alone_for_as_long_as_it_says(no_waiting):
    answers = iter([discord.RateLimited(42), discord.RateLimited(9999), None])

    async def request() -> str:
        if (trouble := next(answers)) is not None:
            raise trouble
        return "done"

    assert await patience.patiently(request) == "done"
    assert no_waiting == [42, 120], "but never longer than two minutes"


async def test_only_whoever_manages_the_server_sets_up_and_a_wrong_zone_changes_nothing(town):
    before = names(town)
    someone = town.person("someone")
    refused = await someone.slash(town.lobby, "programme setup", preset="leda")
    assert "manage the server" in text_of(refused.response)
    result = await town.set_up(timezone="Europe/Atlantis")
    assert "Europe/Atlantis" in text_of(result.response)
    assert names(town) == before


async def test_two_who_repair_at_once_make_nothing_twice(town):
    await town.set_up()
    town.delete_channel("open-forum")
    await town.env.settle()

    async def quietly(_stands) -> None:
        pass

    guild = town.bot.get_guild(town.guild.id)
    both = await asyncio.gather(*(bring_all_in_line(town.crew, guild, quietly) for _ in range(2)))
    assert sorted(len(outcome.made) for outcome in both) == [0, 1]
    there = [c.name for c in town.env.backend.channels.values() if c.guild_id == guild.id]
    assert there.count("open-forum") == 1
    assert len(homes(town)) == 1
