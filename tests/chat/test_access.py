"""Every command, button and form, tried by everyone: allowed, refused or not found."""

import discord
import pytest
from discord import app_commands

from tests.chat.access import (
    KINDS,
    OFFERED,
    OUTSIDE,
    TABLE,
    World,
    attempt,
    begin,
    offer_something,
    offers,
)

BEGINNINGS = {"world": begin}


@pytest.fixture
async def world(town):
    return await World(town).found()


async def walk(world, kind, rows, *, closed):
    """What is not as the table says, of some rows of it."""
    if closed:
        await world.close()
    wrong = []
    for row in rows:
        found = await attempt(world, kind, row, closed=closed)
        expected = row.when_closed(kind) if closed else {row.expected[kind]}
        if found not in expected:
            wrong.append(f"{row}: {found}, not {' or '.join(sorted(expected))}")
    return wrong


@pytest.mark.parametrize("kind", KINDS)
async def test_everyone_may_do_what_the_table_says_and_nothing_else(world, kind):
    # That the track is closed changes nothing for those inside, nor for the stranger.
    assert await walk(world, kind, TABLE, closed=kind not in OUTSIDE) == []
    assert (len(world.heard) > 20) == (kind != "stranger")


@pytest.mark.parametrize("kind", OUTSIDE)
async def test_nothing_of_a_closed_track_is_there_for_those_outside(world, kind):
    assert sum(row.names_something for row in TABLE) > 70
    assert await walk(world, kind, TABLE, closed=True) == []
    assert world.heard == set()


@pytest.mark.parametrize("kind", OUTSIDE)
async def test_nothing_of_a_closed_track_is_told_in_direct_messages(world, kind):
    await world.close()
    presses = [row for row in TABLE if not row.is_command]
    found = {str(row): await attempt(world, kind, row, direct=True) for row in presses}
    through = {name for name, answer in found.items() if answer == "allowed"}
    theirs = {"fates:1", "notify:1", "reach:1", "weeklist:1", "walk:1", "walkdo:1", "walkundo:1"}
    # In the walk, what cannot be done is said above the next thing.
    assert through == (theirs | {"walkobject:1"} if kind == "neighbour" else set())
    assert world.heard == set()


async def test_while_typing_nobody_outside_is_offered_anything_of_a_closed_track(world):
    await offer_something(world)
    await world.close()
    options = [option for option, what in OFFERED.items() if what]
    for kind in KINDS[:-1]:
        await world.settle(kind)
        found = {option for option in options if await offers(world, kind, option)}
        bygone = {"track reopen track"} if kind == "participant" else set()  # not theirs
        assert found == (set() if kind in OUTSIDE else {*options} - bygone), kind


async def test_every_option_that_is_completed_is_in_the_table(town):
    there = {
        f"{command.qualified_name} {option.display_name}"
        for command in town.bot.tree.walk_commands()
        if isinstance(command, app_commands.Command)
        for option in command.parameters
        if option.autocomplete
    }
    assert sorted(there ^ {*OFFERED}) == []


def commands_of(bot) -> set[str]:
    leaves = {
        command.qualified_name
        for command in bot.tree.walk_commands()
        if isinstance(command, app_commands.Command)
    }
    menus = {discord.AppCommandType.user, discord.AppCommandType.message}
    return leaves | {menu.name for kind in menus for menu in bot.tree.get_commands(type=kind)}


_DIRECT = (
    "answerback:1", "coming:1", "fates:1", "notify:1", "notthis:1", "reach:1", "snooze:1",
    "weeklist:1",
)  # fmt: skip


async def test_every_command_button_and_form_is_in_the_table(town):
    there = commands_of(town.bot) | town.bot.presses.names
    assert len(there) > 40
    assert sorted(there ^ {row.name for row in TABLE}) == []


async def test_a_stranger_gets_nowhere_from_a_direct_message(world):
    presses = [row for row in TABLE if not row.is_command]
    found = {row.name: await attempt(world, "stranger", row, direct=True) for row in presses}
    through = {name for name, answer in found.items() if answer != "OnlyInServer"}
    assert {name: found[name] for name in through} == dict.fromkeys(_DIRECT, "NotAParticipant")


async def test_a_participant_is_answered_in_direct_messages_where_that_is_meant(world):
    direct = [row for row in TABLE if row.name in _DIRECT]
    answers = [await attempt(world, "participant", row, direct=True) for row in direct]
    assert answers == ["allowed"] * len(_DIRECT)
