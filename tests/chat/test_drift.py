"""What is deleted or closed by hand: noticed, told once, repaired in its place."""

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.builders import UserHandle
from simcord.enums import OverwriteType
from simcord.results import ResponseMessage

from bot.domain.programme import status
from tests.chat.conftest import homes, text_of

ROLE = "School and learning in a digital world"
CATEGORY = f"🏫 {ROLE}"


@pytest.fixture
async def town(already_set_up, town):
    return town


async def delete(town, *names: str) -> None:
    """Somebody deletes these channels in one go."""
    for name in names:
        town.delete_channel(name)
    await town.env.settle()


async def delete_role(town, name: str) -> None:
    town.env.backend.delete_role(town.guild.id, town.guild.roles[name].id)
    await town.env.settle()


def notices(town) -> list:
    """What the coordinators were told that can be repaired, oldest first."""
    return town.posts(town.channel("coordinators"), "repair:1")


def last_word(town) -> str:
    return text_of(town.posts(town.channel("coordinators"))[-1])


def overwrites(town, name: str) -> dict:
    channel = town.env.backend.channels[town.channel(name).id]
    return {o.target_id: (o.allow, o.deny) for o in channel.overwrites}


def held(town, member) -> list[int]:
    return town.env.backend.guilds[town.guild.id].members[member.id].role_ids


async def forbid(town, name: str, *permissions: str) -> None:
    """Somebody forbids everyone something in a channel, and so the bot."""
    deny = discord.Permissions(**dict.fromkeys(permissions, True)).value
    town.env.backend.set_overwrite(
        town.channel(name).id, Overwrite(town.guild.id, OverwriteType.ROLE, 0, deny)
    )
    await town.env.settle()


def direct(town, member) -> tuple:
    """A person outside of any server, and the last direct message to them."""
    user = UserHandle(town.env, town.env.backend.get_user(member.id))
    posts = town.env.backend.messages[user.dm_channel.id]
    return user, ResponseMessage(town.env, posts[max(posts)])


async def test_a_deleted_channel_is_told_once(town):
    await delete(town, "school-factors")
    (notice,) = notices(town)
    assert "#school-factors is gone" in text_of(notice)
    await delete(town, "lobby")
    await town.restart()
    await town.env.settle()
    assert len(notices(town)) == 1


async def test_a_category_deleted_with_its_channels_gives_one_message(town):
    await delete(town, CATEGORY, "school-announcements", "school-discussion", "school-factors")
    (notice,) = notices(town)
    for name in (CATEGORY, "school-announcements", "school-discussion", "school-factors"):
        assert name in text_of(notice)


async def test_what_happened_while_the_bot_was_away_is_told_when_it_is_back(town):
    await town.bot.remove_cog("DriftWatch")  # nobody looks, as when leda is down
    await delete(town, "health-discussion")
    assert notices(town) == []
    await town.restart()
    await town.env.settle()
    (notice,) = notices(town)
    assert "health-discussion" in text_of(notice)


async def test_repair_makes_a_channel_again_in_its_place_with_its_rules(town):
    before, old = overwrites(town, "school-announcements"), town.channel("school-announcements").id
    await delete(town, "school-announcements")
    await town.boss.click(notices(town)[0], label="Repair")
    new = town.env.backend.channels[town.channel("school-announcements").id]
    assert new.id != old
    assert new.parent_id == town.channel(CATEGORY).id
    assert overwrites(town, "school-announcements") == before
    assert new.position < town.env.backend.channels[town.channel("school-discussion").id].position
    assert "Repaired" in last_word(town)


async def test_repair_twice_is_harmless_and_says_the_truth(town):
    await delete(town, "school-factors")
    shown = await town.boss.slash(town.lobby, "programme status")
    other = await town.boss.slash(town.lobby, "programme status")
    await town.boss.click(shown.response, label="Repair")
    before = set(town.env.backend.channels)
    await town.boss.click(other.response, label="Repair")
    assert "nothing to repair" in text_of(other.response)
    assert set(town.env.backend.channels) == before


async def test_a_deleted_category_takes_its_channels_back(town):
    await delete(town, CATEGORY)
    await town.boss.click(notices(town)[0], label="Repair")
    category = town.channel(CATEGORY).id
    for name in ("school-announcements", "school-discussion", "school-factors"):
        assert town.env.backend.channels[town.channel(name).id].parent_id == category


async def test_factors_of_a_deleted_channel_are_posted_again_with_their_votes(town):
    await town.organisation("Vara kommun", "School")
    anna = await town.participant("Vara kommun", "anna")
    await town.vote(anna, await town.publish(anna), "support")
    await delete(town, "school-factors")
    assert town.cards() == []
    await town.boss.click(notices(town)[0], label="Repair")
    (again,) = town.cards()
    assert "1 supports" in text_of(again)
    assert town.channel("school-factors").threads
    await town.vote(anna, again, "unsure")
    assert "participant: 1 unsure" in text_of(town.cards()[0])


async def test_a_track_role_that_is_made_again_comes_back_to_its_participants(town):
    await town.organisation("Vara kommun", "School")
    anna = await town.participant("Vara kommun", "anna")
    assert town.guild.roles[ROLE].id in held(town, anna)
    await town.boss.slash(town.lobby, "track edit", track="School", closed=True)
    await delete_role(town, ROLE)
    assert ROLE in text_of(notices(town)[0])
    await town.boss.click(notices(town)[0], label="Repair")
    assert town.guild.roles[ROLE].id in held(town, anna)
    assert town.guild.roles[ROLE].id in overwrites(town, "school-factors")


async def test_a_coordinators_role_that_is_made_again_opens_the_same_doors(town):
    await delete_role(town, "Programme coordinators")
    assert notices(town) == [], "nobody would see it there"
    user, message = direct(town, town.boss)
    await user.click(message, label="Repair")
    role = town.guild.roles["Programme coordinators"].id
    assert role in held(town, town.boss)
    assert role in overwrites(town, "coordinators")
    assert role in overwrites(town, "school-announcements")


async def test_a_channel_where_the_bot_may_not_write_is_told_and_opened_again(town):
    await forbid(town, "school-discussion", "send_messages")
    (notice,) = notices(town)
    assert "is closed to me" in text_of(notice)
    assert "Send Messages" in text_of(notice)
    await town.boss.click(notice, label="Repair")
    assert town.env.backend.bot_user.id in overwrites(town, "school-discussion")
    shown = await town.boss.slash(town.lobby, "programme status")
    assert "All is well" in text_of(shown.response)


async def test_what_only_a_person_can_open_is_said_to_be_so(town):
    await forbid(town, "school-discussion", "view_channel")
    await town.boss.click(notices(town)[0], label="Repair")
    assert "could not repair" in last_word(town)
    assert "View Channels" in last_word(town)
    there = [c.name for c in town.env.backend.channels.values()]
    assert there.count("school-discussion") == 1, "it stands, so it is not made again"


async def test_the_same_trouble_is_told_again_once_it_was_mended_between(town):
    await delete(town, "school-factors")
    await town.boss.click(notices(town)[0], label="Repair")
    assert notices(town) == []
    await delete(town, "school-factors")
    assert len(notices(town)) == 1


async def test_without_a_coordinators_channel_whoever_set_up_is_told_and_can_repair(town):
    await delete(town, "coordinators")
    user, message = direct(town, town.boss)
    assert "#coordinators is gone" in text_of(message)
    await user.click(message, label="Repair")
    assert "coordinators" in town.guild.channels
    assert "Repaired" in text_of(direct(town, town.boss)[1])


async def test_a_direct_message_lets_nobody_else_repair(town):
    await delete(town, "coordinators")
    stranger = town.env.create_user("stranger")
    refused = await town.press(stranger, f"repair:1:{town.guild.id}", direct(town, town.boss)[1])
    assert "works in a server" in text_of(refused.response)
    assert "coordinators" not in town.guild.channels


async def test_taken_permissions_are_told_by_name(town):
    guild = town.env.backend.guilds[town.guild.id]
    role = next(role for role in guild.roles.values() if role.managed)
    permissions = discord.Permissions(role.permissions)
    permissions.update(manage_roles=False)
    town.env.backend.edit_role(guild.id, role.id, {"permissions": permissions.value})
    await town.env.settle()
    (notice,) = notices(town)
    assert "Manage Roles" in text_of(notice)
    await town.boss.click(notice, label="Repair")
    assert "Manage Roles" in last_word(town)


async def test_what_the_bot_changes_itself_raises_no_alarm(town):
    asked = await town.boss.slash(town.lobby, "track archive", track="School")
    await town.boss.click(asked.response, label="Archive")
    await town.boss.slash(town.lobby, "track reopen", track="School")
    await town.boss.slash(town.lobby, "track create", name="Culture", emoji="🎭")
    await town.env.settle()
    assert notices(town) == []
    assert not await town.works.visit(town.guild.id).read(status.known_troubles)


async def test_status_is_for_coordinators_and_tells_how_things_are(town):
    await town.organisation("Vara kommun", "School")
    await town.organisation("Ale kommun", "School")
    await town.participant("Vara kommun", "anna")
    shown = await town.boss.slash(town.lobby, "programme status")
    said = text_of(shown.response)
    assert "All is well" in said
    assert "2 municipalities take part" in said
    assert "1 municipality has no participant yet" in said
    assert "1 participant" in said
    someone = town.person("someone")
    refused = await someone.slash(town.lobby, "programme status")
    assert "Only coordinators" in text_of(refused.response)


async def test_status_finds_a_home_card_and_factor_cards_that_are_gone(town):
    await town.organisation("Vara kommun", "School")
    anna = await town.participant("Vara kommun", "anna")
    (home,) = homes(town)
    town.env.backend.delete_message(town.channel("start-here").id, home.id)
    town.env.inject_error("POST", "/channels/*/messages", status=403, times=1)
    preview = await town.propose(anna)
    await anna.click(preview.response, label="Publish")
    shown = await town.boss.slash(town.lobby, "programme status")
    assert "home card is not" in text_of(shown.response)
    assert "One factor has no card" in text_of(shown.response)
    await town.boss.click(shown.response, label="Repair")
    assert len(homes(town)) == 1
    assert len(town.cards()) == 1


async def test_a_follower_cannot_repair(town):
    await delete(town, "school-factors")
    refused = await town.press(town.person("someone"), f"repair:1:{town.guild.id}")
    assert "Only coordinators" in text_of(refused.response)
    assert "school-factors" not in town.guild.channels


async def test_a_button_of_another_server_repairs_nothing(town):
    await delete(town, "school-factors")
    other = town.env.create_guild("Other")
    refused = await town.press(town.boss, f"repair:1:{other.id}")
    assert "works in a server" in text_of(refused.response)
