"""Setting up makes nothing twice: under kills, and where Discord does it and says that it broke."""

import asyncio
from collections import Counter

import pytest

from tests.wire.faults import BROKEN_AFTER, RESET_AFTER, Fault
from tests.wire.programme import Scene, scene


@pytest.fixture
async def empty(tmp_path):
    made = scene(tmp_path)
    async with made.discord:
        try:
            await made.program.up()
            yield made
        finally:
            if made.program.runs:
                await made.program.kill()
    assert made.discord.unknown == []
    assert "unexpected error" not in made.program.log


def doubled(made: Scene) -> list[str]:
    """The names that stand twice, and a second home card."""
    channels = [(each.name, each.parent_id) for each in made.guild.channels.values()]
    roles = [each.name for each in made.guild.roles.values()]
    found = [str(name) for name, count in Counter([*channels, *roles]).items() if count > 1]
    homes = made.discord.world.posts(made.guild, lambda m: "choices:1" in m.custom_ids())
    return [*found, *(["home"] if len(homes) > 1 else [])]


async def test_what_was_done_though_discord_said_that_it_broke_is_not_made_again(empty):
    for path, fault in (
        ("/guilds/[0-9]+/roles$", BROKEN_AFTER), ("/guilds/[0-9]+/roles$", RESET_AFTER),
        ("/guilds/[0-9]+/channels$", BROKEN_AFTER), ("/guilds/[0-9]+/channels$", RESET_AFTER),
    ):  # fmt: skip
        empty.discord.faults.next("POST", path, fault)
    await empty.set_up(language="en")
    assert doubled(empty) == []
    assert len(empty.discord.faults.happened) == 4


async def test_kills_in_the_middle_leave_nothing_that_is_made_twice(empty):
    made = ("/roles", "/channels", "/messages")
    for wanted in (1, 2, 3, 4):
        empty.discord.requests.clear()
        setting_up = asyncio.create_task(
            empty.boss.slash("programme setup", preset="leda", language="en")
        )
        # Those before may have left less to make: then it is killed when it says that it is done.
        await empty.discord.until(
            lambda wanted=wanted: sum(
                each.method == "POST" and each.path.endswith(made)
                for each in empty.discord.requests
            ) >= wanted
            or any(each.path.endswith("@original") for each in empty.discord.requests), 20.0,
        )  # fmt: skip
        await empty.program.kill()
        await asyncio.wait({setting_up})
        await empty.program.up()
    done = await empty.boss.slash("programme setup", preset="leda", language="en")
    await done.until("**Next:**", 30.0)
    assert doubled(empty) == []
    assert len(empty.guild.channels) == 13


async def test_what_came_twice_of_one_request_before_a_kill_is_one_in_the_end(empty):
    """Discord did it and said that it broke, discord.py asked again, and then leda was killed."""
    empty.discord.faults.next("POST", "/guilds/[0-9]+/roles$", BROKEN_AFTER)
    empty.discord.faults.next("GET", "/guilds/[0-9]+/roles$", Fault(wait=30.0))  # no look before
    setting_up = asyncio.create_task(
        empty.boss.slash("programme setup", preset="leda", language="en")
    )
    await empty.discord.until(lambda: doubled(empty), 20.0)
    await empty.program.kill()
    await asyncio.wait({setting_up})
    assert doubled(empty)
    await empty.program.up()
    await empty.set_up(language="en")
    assert doubled(empty) == []
