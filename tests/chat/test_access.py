"""Every command, button and form, tried by everyone: allowed, refused or not found."""

import discord
import pytest
from discord import app_commands

from tests.chat.access import KINDS, TABLE, World, attempt, begin

BEGINNINGS = {"world": begin}


@pytest.fixture
async def world(town):
    return await World(town).found()


@pytest.mark.parametrize("kind", KINDS)
async def test_everyone_may_do_what_the_table_says_and_nothing_else(world, kind):
    wrong = []
    for row in TABLE:
        found = await attempt(world, kind, row)
        if found != row.expected[kind]:
            wrong.append(f"{row}: {found}, not {row.expected[kind]}")
    assert wrong == []


def commands_of(bot) -> set[str]:
    leaves = {
        command.qualified_name
        for command in bot.tree.walk_commands()
        if isinstance(command, app_commands.Command)
    }
    menus = {discord.AppCommandType.user, discord.AppCommandType.message}
    return leaves | {menu.name for kind in menus for menu in bot.tree.get_commands(type=kind)}


_DIRECT = ("coming:1", "notify:1", "notthis:1", "reach:1", "snooze:1", "weeklist:1")


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
