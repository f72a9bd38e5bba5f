"""``/programme setup``: makes what is missing, in order, and never anything twice."""

import discord
import pytest

from bot.domain.programme import programmes
from storage.enums import Language
from tests.chat.conftest import answer_of, text_of

CHANNELS = [
    "start-here", "open-forum", "coordinators",
    "school-announcements", "school-discussion", "school-factors",
    "health-announcements", "health-discussion", "health-factors",
]  # fmt: skip
ROLES = ["Programme coordinators", "School and learning in a digital world",
         "Health and care in a digital world"]  # fmt: skip


def ids(town) -> dict[str, int]:
    return {name: channel.id for name, channel in town.guild.channels.items()}


def may(town, member, channel: str) -> discord.Permissions:
    found = town.env.backend.compute_permissions(town.guild.id, member.id, town.channel(channel).id)
    return discord.Permissions(found)


async def test_setup_makes_roles_categories_and_channels_and_says_what_is_next(town):
    result = await town.set_up()
    made = ids(town)
    assert set(CHANNELS) <= set(made)
    assert set(ROLES) <= set(town.guild.roles)
    backend = town.env.backend
    categories = {made[name] for name in made if backend.channels[made[name]].type == 4}
    assert len(categories) == 3
    assert all(backend.channels[made[name]].parent_id in categories for name in CHANNELS)
    assert all(backend.channels[made[name]].topic for name in CHANNELS)
    said = answer_of(result)
    assert "I made 15 things" in said
    assert f"<#{made['open-forum']}>" in said
    assert "</organisation add:" in said


async def test_places_are_open_or_closed_as_they_should_be(town):
    await town.set_up()
    anna = town.person("anna")
    for name in ("open-forum", "school-discussion"):
        assert may(town, anna, name).view_channel
        assert may(town, anna, name).send_messages
    for name in ("school-announcements", "health-factors"):
        assert may(town, anna, name).view_channel
        assert not may(town, anna, name).send_messages
        assert may(town, anna, name).send_messages_in_threads
        assert not may(town, anna, name).create_public_threads
    assert not may(town, anna, "coordinators").view_channel
    for name in CHANNELS:
        assert may(town, town.env.backend.bot_user, name).send_messages, name


async def test_whoever_sets_up_coordinates_and_sees_the_coordinators_channel(town):
    await town.set_up()
    assert "Programme coordinators" in town.roles_of(town.boss)
    assert may(town, town.boss, "coordinators").view_channel
    assert may(town, town.boss, "school-announcements").send_messages


async def test_setting_up_twice_makes_nothing_twice(town):
    await town.set_up()
    channels, roles = ids(town), set(town.guild.roles)
    result = await town.set_up()
    assert "Nothing was missing" in answer_of(result)
    assert (ids(town), set(town.guild.roles)) == (channels, roles)


async def test_setting_up_twice_at_once_makes_nothing_twice(town):
    command = {
        "id": str(town.works.speech.links["programme"]), "name": "programme", "type": 1,
        "options": [{"name": "setup", "type": 1,
                     "options": [{"name": "preset", "type": 3, "value": "leda"}]}],
    }  # fmt: skip
    results = await town.commands_at_once(*[(town.boss, command)] * 2)
    channels = [c for c in town.env.backend.channels.values() if c.guild_id == town.guild.id]
    assert len(channels) == len(CHANNELS) + 3 + 1  # categories, lobby
    answers = [answer_of(result) for result in results]
    assert sum("I made 15 things" in said for said in answers) == 1
    assert sum("Nothing was missing" in said for said in answers) == 1


async def test_what_was_renamed_by_hand_is_kept(town):
    await town.set_up()
    forum = town.channel("open-forum").id
    town.env.backend.edit_channel(forum, {"name": "torget"})
    result = await town.set_up()
    assert "Nothing was missing" in answer_of(result)
    assert ids(town)["torget"] == forum
    assert "open-forum" not in ids(town)


async def test_a_deleted_channel_is_made_again_in_its_category(town):
    await town.set_up()
    before = ids(town)
    category = town.env.backend.channels[before["health-factors"]].parent_id
    town.delete_channel("health-factors")
    result = await town.set_up()
    after = ids(town)
    assert "I made one thing" in answer_of(result)
    assert after.pop("health-factors") != before.pop("health-factors")
    assert after == before
    made = town.env.backend.channels[ids(town)["health-factors"]]
    assert made.parent_id == category
    assert not may(town, town.person("anna"), "health-factors").send_messages


async def test_coordinators_see_their_channel_again_when_their_role_was_made_anew(town):
    await town.set_up()
    town.env.backend.delete_role(town.guild.id, town.guild.roles["Programme coordinators"].id)
    await town.set_up()
    assert "Programme coordinators" in town.roles_of(town.boss)
    assert may(town, town.boss, "coordinators").view_channel
    assert may(town, town.boss, "school-announcements").send_messages
    assert not may(town, town.person("anna"), "coordinators").view_channel


async def test_what_discord_refuses_in_the_middle_is_finished_by_the_next_run(town):
    await town.set_up(preset="empty")
    made = ids(town)
    town.env.inject_error(
        "POST", "/guilds/*/channels", status=403, code=50013, message="Missing Permissions"
    )
    stopped = answer_of(await town.set_up())
    assert "Missing Permissions" in stopped
    assert "</programme setup:" in stopped
    assert "health-factors" not in ids(town)
    finished = answer_of(await town.set_up())
    assert "I made" in finished
    assert set(CHANNELS) <= set(ids(town))
    assert {name: ids(town)[name] for name in made} == made
    assert len(town.guild.channels) == len(CHANNELS) + 3 + 1  # categories, lobby


async def test_who_may_not_manage_the_server_is_refused_in_their_language(town):
    asa = town.person("asa", "sv-SE")
    result = await town.set_up(by=asa)
    assert "Det kan bara den som får hantera servern göra" in answer_of(result)
    assert "open-forum" not in town.guild.channels


async def test_permissions_that_the_bot_lacks_are_named_and_nothing_is_begun(town):
    backend = town.env.backend
    role = next(r for r in backend.get_guild(town.guild.id).roles.values() if r.permissions > 2**40)
    held = discord.Permissions(role.permissions)
    held.update(manage_roles=False, manage_channels=False)
    backend.edit_role(town.guild.id, role.id, {"permissions": held.value})
    said = answer_of(await town.set_up(joining=None))
    assert "Manage Channels" in said
    assert "Manage Roles" in said
    assert "Attach Files" not in said
    assert "open-forum" not in town.guild.channels


async def test_an_unknown_zone_is_told_and_nothing_is_made(town):
    said = answer_of(await town.set_up(timezone="Europe/Vara", joining=None))
    assert "Europe/Vara" in said
    assert "open-forum" not in town.guild.channels


async def test_a_swedish_server_gets_a_swedish_programme_unless_told(town):
    town.env.backend.get_guild(town.guild.id).preferred_locale = "sv-SE"
    town.locales[town.boss.id] = "sv-SE"
    result = await town.set_up(language=None)
    assert "Jag skapade 15 saker" in answer_of(result)
    assert "hälsa-faktorer" in town.guild.channels
    assert "Programledning" in town.guild.roles
    view = await town.works.visit(town.guild.id).read(programmes.view)
    assert (view.language, view.timezone) == (Language.SV, "Europe/Stockholm")


async def test_zones_are_offered_while_one_types(town):
    offered = await town.autocomplete(town.boss, "programme setup", "timezone", "stockh")
    assert offered[0]["value"] == "Europe/Stockholm"
    town.locales[town.boss.id] = "sv-SE"
    offered = await town.autocomplete(town.boss, "programme setup", "timezone", "")
    assert [each["value"] for each in offered[:2]] == ["Europe/Stockholm", "Europe/Helsinki"]
    assert len(offered) == 25


async def test_before_setup_everyone_is_told_how_it_begins(town):
    anna, asa = town.person("anna"), town.person("asa", "sv-SE")
    for command in ("join", "leave", "factor propose", "factor list", "organisation list"):
        options = {"organisation": "x"} if command == "join" else {}
        said = answer_of(await anna.slash(town.lobby, command, **options))
        assert "no programme yet" in said, command
    assert "inget program än" in answer_of(await asa.slash(town.lobby, "factor list"))


@pytest.mark.parametrize(("preset", "made"), [("single", 1 + 1 + 3 + 5), ("empty", 5)])
async def test_the_other_presets_make_less(town, preset, made):
    assert f"I made {made} things" in answer_of(await town.set_up(preset))


async def test_progress_is_shown_while_it_is_made(town):
    result = await town.set_up()
    requests = [entry for entry in town.env.http_requests if "@original" in entry.path]
    assert len(requests) >= 3 + 1, "once for each category, and at the end"
    assert "✅" in text_of(result.response)
