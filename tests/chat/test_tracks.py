"""Tracks: beginning, changing, archiving them; and who sees what of them."""

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.domain.membership.track_changes import LIMIT
from tests.chat.conftest import text_of

SCHOOL = "School and learning in a digital world"
CATEGORY = f"🏫 {SCHOOL}"
CHANNELS = ("school-announcements", "school-discussion", "school-factors")


async def begin(town):
    await town.set_up()
    await town.organisation("Vara kommun", "School")
    await town.organisation("Ale kommun", "Health")


BEGINNINGS = {"town": begin}


def may(town, member, channel: str) -> set[str]:
    """What somebody may do in a channel, of what matters here."""
    backend = town.env.backend
    held = backend.compute_permissions(town.guild.id, member.id, town.channel(channel).id)
    permissions = discord.Permissions(held)
    names = ("send_messages", "send_messages_in_threads", "create_public_threads")
    if not permissions.view_channel:
        return set()
    return {"see", *(name for name in names if getattr(permissions, name))}


async def people(town) -> dict:
    """One of each kind."""
    other = town.guild.create_role("Something else")
    coordinators = town.guild.roles["Programme coordinators"]
    return {
        "follower": town.person("follower"),
        "participant": await town.participant("Vara kommun", "anna"),
        "of the other track": await town.participant("Ale kommun", "bo"),
        "stranger's role": town.person("stranger", roles=[other]),
        "coordinator": town.person("lead", roles=[coordinators]),
        "bot": town.env.backend.bot_user,
    }


def who_may(town, everyone: dict, what: str, channel: str) -> set[str]:
    return {who for who, member in everyone.items() if what in may(town, member, channel)}


async def edit(town, **changes) -> str:
    result = await town.boss.slash(town.lobby, "track edit", track=SCHOOL, **changes)
    return text_of(result.response)


async def archive(town) -> str:
    asked = await town.boss.slash(town.lobby, "track archive", track=SCHOOL)
    await town.boss.click(asked.response, label="Archive")
    return text_of(asked.response)


# --- who sees what


async def test_an_open_track_is_read_by_everyone(town):
    everyone = await people(town)
    for channel in (CATEGORY, *CHANNELS, "open-forum"):
        assert who_may(town, everyone, "see", channel) == set(everyone), channel
    assert who_may(town, everyone, "send_messages", "school-discussion") == set(everyone)
    assert who_may(town, everyone, "send_messages_in_threads", "school-factors") == set(everyone)
    posting = who_may(town, everyone, "send_messages", "school-announcements")
    assert posting == {"coordinator", "bot"}
    assert who_may(town, everyone, "send_messages", "school-factors") == {"bot"}


async def test_a_closed_track_is_seen_by_its_participants_coordinators_and_the_bot_alone(town):
    everyone = await people(town)
    assert "Only its participants" in await edit(town, closed=True)
    for channel in (CATEGORY, *CHANNELS):
        seen = who_may(town, everyone, "see", channel)
        assert seen == {"participant", "coordinator", "bot"}, channel
    inside = everyone["participant"]
    assert "send_messages" in may(town, inside, "school-discussion")
    assert "send_messages" not in may(town, inside, "school-announcements")
    assert "send_messages" not in may(town, inside, "school-factors")
    assert may(town, everyone["follower"], "health-discussion")
    assert "can read it now" in await edit(town, closed=False)
    for channel in (CATEGORY, *CHANNELS):
        assert who_may(town, everyone, "see", channel) == set(everyone), channel
    assert "send_messages" not in may(town, everyone["follower"], "school-announcements")


async def test_the_coordinators_channel_is_theirs_alone(town):
    everyone = await people(town)
    assert who_may(town, everyone, "see", "coordinators") == {"coordinator", "bot"}


async def test_closing_takes_back_what_was_opened_by_hand_but_not_what_was_hidden(town):
    everyone = await people(town)
    role = town.guild.roles["Something else"]
    see = discord.Permissions(view_channel=True).value
    backend, channel = town.env.backend, town.channel("school-discussion").id
    stranger, follower = everyone["stranger's role"], everyone["follower"]
    backend.set_overwrite(channel, Overwrite(role.id, OverwriteType.ROLE, see, 0))
    backend.set_overwrite(channel, Overwrite(follower.id, OverwriteType.MEMBER, see, 0))
    await town.env.settle()
    await edit(town, closed=True)
    assert may(town, stranger, "school-discussion") == set()
    assert may(town, follower, "school-discussion") == set()
    backend.set_overwrite(channel, Overwrite(role.id, OverwriteType.ROLE, 0, see))
    await town.env.settle()
    await edit(town, closed=False)
    assert may(town, follower, "school-discussion")
    assert may(town, stranger, "school-discussion") == set()


# --- archiving


async def test_archiving_asks_first_and_says_what_it_means(town):
    anna = await town.participant("Vara kommun", "anna")
    asked = await town.boss.slash(town.lobby, "track archive", track=SCHOOL)
    assert "read-only" in text_of(asked.response)
    assert "send_messages" in may(town, anna, "school-discussion")


async def test_an_archived_track_is_read_only_for_everyone_and_keeps_all(town):
    everyone = await people(town)
    anna = everyone["participant"]
    card = await town.publish(anna)
    assert "is archived" in await archive(town)
    for who, member in everyone.items():
        for channel in CHANNELS:
            assert may(town, member, channel) == {"see"} or who == "bot", (who, channel)
    refused = await town.vote(anna, card, "support")
    assert "is archived" in text_of(refused.response)
    assert len(town.cards()) == 1
    result = await town.boss.slash(town.lobby, "track reopen", track=SCHOOL)
    assert "open again" in text_of(result.response)
    assert "send_messages" in may(town, everyone["follower"], "school-discussion")
    assert "send_messages" in may(town, everyone["coordinator"], "school-announcements")
    assert "send_messages" not in may(town, everyone["follower"], "school-announcements")
    await town.vote(anna, card, "support")
    assert "1 supports" in text_of(town.cards()[0])


async def test_an_archived_track_is_offered_nowhere_to_join_or_propose(town):
    await town.organisation("Ystad", "School, Health")
    anna = await town.participant("Ystad", "anna")
    await archive(town)
    form = await anna.slash(town.lobby, "factor propose")
    assert "'track'" not in str(form.modal), "only one is left, so there is nothing to choose"
    written = {"title": "Try it", "kind": "promoting", "how": "We did it every Friday."}
    preview = text_of((await anna.submit_modal(form, written)).response)
    assert "Health and care" in preview
    assert SCHOOL not in preview
    offered = await town.autocomplete(town.boss, "organisation add", "tracks", "")
    assert [choice["name"] for choice in offered] == ["Health and care in a digital world"]
    bo = await town.participant("Vara kommun", "bo")
    refused = await bo.slash(town.lobby, "factor propose")
    assert "has been archived" in text_of(refused.response)


async def test_a_draft_for_a_track_that_was_archived_meanwhile_is_kept(town):
    await town.organisation("Ystad", "School, Health")
    anna = await town.participant("Ystad", "anna")
    form = await anna.slash(town.lobby, "factor propose")
    await archive(town)
    shown = await anna.submit_modal(
        form, {"title": "Try it", "kind": "promoting", "how": "We did.", "track": ["1"]}
    )
    assert "archived meanwhile" in text_of(shown.response)
    assert "Try it" in text_of(shown.response)


async def test_two_who_archive_at_once_both_hear_the_truth(town):
    first = await town.boss.slash(town.lobby, "track archive", track=SCHOOL)
    second = await town.boss.slash(town.lobby, "track archive", track=SCHOOL)
    await town.boss.click(first.response, label="Archive")
    late = await town.boss.click(second.response, label="Archive")
    assert "is archived: all in it is kept" in text_of(late.response)


async def test_what_discord_refused_while_archiving_can_be_tried_again(town):
    anna = await town.participant("Vara kommun", "anna")
    asked = await town.boss.slash(town.lobby, "track archive", track=SCHOOL)
    town.env.inject_error("PUT", "/channels/*/permissions/*", status=403, message="Not now")
    await town.boss.click(asked.response, label="Archive")
    assert "Not now" in text_of(asked.response)
    assert "send_messages" in may(town, anna, "school-discussion")
    await town.boss.click(asked.response, label="Try again")
    assert may(town, anna, "school-discussion") == {"see"}
    assert "as they should be" in text_of(asked.response)


# --- beginning and changing


async def test_a_new_track_gets_its_role_category_and_channels(town):
    shown = await town.boss.slash(
        town.lobby, "track create", name="Kultur & fritid", description="För alla", emoji="🎭"
    )
    assert "Kultur & fritid" in text_of(shown.response)
    new = {"🎭 Kultur & fritid", "kultur-announcements", "kultur-discussion", "kultur-factors"}
    assert new <= set(town.guild.channels)
    assert "Kultur & fritid" in town.guild.roles
    listed = await town.person("someone").slash(town.lobby, "track list")
    assert "För alla" in text_of(listed.response)


async def test_rounds_of_one_course_are_tracks_and_a_near_name_is_asked_about(town):
    for name in ("Utbildning omgång 1", "Utbildning omgång 2"):
        shown = await town.boss.slash(town.lobby, "track create", name=name)
        assert name in text_of(shown.response)
    asked = await town.boss.slash(town.lobby, "track create", name="Utbilding omgång 2")
    assert "Utbilding omgång 2" not in town.guild.roles, "nothing is made before it is sent"
    made = await town.boss.submit_modal(asked, {"name": "Utbilding omgång 2"})
    assert "Utbilding omgång 2" in text_of(made.response)
    assert "Utbilding omgång 2" in town.guild.roles


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": "x" * 81}, "at most 80"),
        ({"name": "\u200b"}, "nothing I could read"),
        ({"name": "SCHOOL and learning in a  digital world"}, "There is a track called"),
        ({"name": "Culture", "emoji": "theatre"}, "is not an emoji"),
        ({"name": "Culture", "emoji": "🎭🎪"}, "is not an emoji"),
        ({"name": "Culture", "emoji": "<:leda:123456789012345678>"}, "is not an emoji"),
        ({"name": "Culture", "description": "x" * 201}, "at most 200"),
    ],
)
async def test_a_track_that_cannot_be_is_refused_and_nothing_is_made(town, said, sentence):
    before = set(town.guild.channels) | set(town.guild.roles)
    shown = await town.boss.slash(town.lobby, "track create", **said)
    assert sentence in text_of(shown.response)
    assert set(town.guild.channels) | set(town.guild.roles) == before


async def test_a_name_with_mentions_and_formatting_does_nothing(town):
    shown = await town.boss.slash(town.lobby, "track create", name="@everyone **<@1>** [x](y)")
    listed = await town.boss.slash(town.lobby, "track list")
    for message in (shown, listed):
        said = text_of(message.response)
        assert "@everyone" not in said
        assert "<@1>" not in said
        assert "\\[x\\](y)" in said


async def test_a_full_server_is_named_before_a_track_is_begun(town):
    for number in range(490):
        town.env.backend.create_channel(town.guild.id, f"c{number}")
    await town.env.settle()
    shown = await town.boss.slash(town.lobby, "track create", name="Culture")
    assert "500" in text_of(shown.response)
    listed = await town.boss.slash(town.lobby, "track list")
    assert "**2 tracks**" in text_of(listed.response)


async def test_a_new_name_reaches_what_still_bears_the_old_one(town):
    mine = town.guild.roles[SCHOOL].id
    assert "Skolan" in await edit(town, name="Skolan", emoji="📚")
    assert town.guild.roles["Skolan"].id == mine
    assert "📚 Skolan" in town.guild.channels
    assert "school-factors" in town.guild.channels


async def test_a_name_given_by_hand_stays(town):
    town.env.backend.edit_channel(town.channel(CATEGORY).id, {"name": "Our corner"})
    await town.env.settle()
    await edit(town, name="Skolan")
    assert "Our corner" in town.guild.channels
    assert "Skolan" in town.guild.roles


async def test_nothing_to_change_is_said(town):
    assert "Say what is to change" in await edit(town)
    assert "so already" in await edit(town, name=SCHOOL)


async def test_only_coordinators_change_tracks(town):
    someone = town.person("someone")
    for command, more in (
        ("track create", {"name": "Culture"}),
        ("track edit", {"track": SCHOOL, "name": "Culture"}),
        ("track archive", {"track": SCHOOL}),
        ("track reopen", {"track": SCHOOL}),
    ):
        refused = await someone.slash(town.lobby, command, **more)
        assert "Only coordinators" in text_of(refused.response), command
    for press in ("archive:1:1", "reshape:1:1:0:1"):
        refused = await town.press(someone, press)
        assert "Only coordinators" in text_of(refused.response), press


async def test_a_track_of_another_server_is_not_found(town):
    for press in ("archive:1:77", "reshape:1:77:0:1"):
        refused = await town.press(town.boss, press)
        assert "no track called" in text_of(refused.response), press


async def test_twenty_tracks_fit_on_every_card_and_one_more_is_refused(town):
    for number in range(LIMIT - 2):
        await town.boss.slash(
            town.lobby,
            "track create",
            name=f"{chr(97 + number) * 20}{'*' * 60}",
            description="*" * 200,
        )
    refused = await town.boss.slash(town.lobby, "track create", name="One more")
    assert "20 tracks already" in text_of(refused.response)
    listed = await town.boss.slash(town.lobby, "track list")
    await town.boss.click(listed.response, label="Next")
    for name in [name for name in town.guild.channels if name != "lobby"]:
        town.delete_channel(name)
    await town.env.settle()
    shown = await town.boss.slash(town.lobby, "programme status")
    assert "more" in text_of(shown.response)
    await town.boss.click(shown.response, label="Repair")
    again = await town.set_up()
    assert "All is in place" in text_of(again.response)


async def test_days_of_a_track_are_set_shown_and_bound_by_discord(town):
    said = await edit(town, discussion_days=7, voting_days=14)
    assert "New factors from now on: 7 days to talk first · 14 days to vote." in said
    listed = text_of((await town.boss.slash(town.lobby, "track list")).response)
    assert "🗓️ 7 days to talk first · 🗓️ 14 days to vote" in listed
    anna = await town.participant("Vara kommun", "anna")
    card = await town.publish(anna)
    assert "Votes open <t:" in text_of(card)
    assert "votes open at once" in await edit(town, discussion_days=0, voting_days=0)
