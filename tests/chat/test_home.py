"""The home card: alone in its channel, first of all, kept up to date; how older ones get there."""

from contextlib import suppress

import discord
import pytest
from simcord.enums import ChannelType
from sqlmodel import delete

from bot.delivery import rounds
from bot.domain.programme import programmes
from bot.domain.tracks.places import HOME, START
from cogs.home.keeping import ensure_home
from storage.kit.programmes import Place
from tests.chat.conftest import homes, text_of
from tests.chat.test_drift import notices
from tests.chat.test_meetings import planned

CATEGORY = "📌 The programme"


async def the_programme(town):
    return await town.works.visit(town.guild.id).read(programmes.view)


async def make_it_old(town) -> int:
    """As an older leda left it: no channel of its own, and the card pinned in the open forum."""
    await town.bot.remove_cog("DriftWatch")
    slot = next(each for each in (await the_programme(town)).slots if each.key == HOME)
    forum = town.works.client.get_channel(town.channel("open-forum").id)
    (card,) = homes(town)
    old = await forum.send(view=discord.ui.LayoutView.from_message(await _message(town, card)))
    await old.pin()
    town.delete_channel("start-here")
    await town.env.settle()

    def forget(session) -> None:
        session.exec(delete(Place).where(Place.slot == START))

    await town.works.db.write(forget)
    await town.works.visit(town.guild.id).write(programmes.fill, slot, old.id)
    return old.id


async def _message(town, shown):
    channel = town.works.client.get_channel(town.channel("start-here").id)
    return await channel.fetch_message(shown.id)


async def pass_an_hour(town) -> None:
    with town.env._bot_scope():  # its own work, which settling waits for
        await rounds.hourly(town.crew)
    await town.env.settle()


def said_in(town, name: str) -> list[str]:
    return [text_of(each) for each in town.posts(town.channel(name))]


async def test_it_stands_alone_in_a_channel_where_nobody_writes(town):
    await town.set_up()
    start = town.channel("start-here")
    assert len(town.posts(start)) == 1
    for member in (town.person("anna"), town.boss):
        found = town.env.backend.compute_permissions(town.guild.id, member.id, start.id)
        may = discord.Permissions(found)
        assert may.view_channel
        assert not may.send_messages
        assert not may.create_public_threads


async def test_setup_puts_the_category_on_top_and_the_channel_first_in_it(town):
    backend = town.env.backend
    for number in range(3):
        backend.create_channel(town.guild.id, f"Before {number}", type=ChannelType.CATEGORY)
    await town.env.settle()
    await town.set_up()
    category = town.channel(CATEGORY)
    others = [
        each for each in backend.channels.values() if each.type == 4 and each.id != category.id
    ]
    assert len(others) == 5
    place = backend.channels[category.id].position
    assert all(place < each.position for each in others)
    inside = [each for each in backend.channels.values() if each.parent_id == category.id]
    assert min(inside, key=lambda each: (each.position, each.id)).name == "start-here"


async def test_where_people_moved_and_renamed_it_it_stays(town):
    await town.set_up()
    backend, start = town.env.backend, town.channel("start-here").id
    elsewhere = backend.create_channel(town.guild.id, "Elsewhere", type=ChannelType.CATEGORY).id
    backend.edit_channel(start, {"name": "hello", "parent_id": elsewhere})
    backend.edit_channel(town.channel(CATEGORY).id, {"position": 7})
    await town.env.settle()
    assert "Nothing was missing" in text_of((await town.set_up()).response)
    await town.restart()
    shown = await town.boss.slash(town.lobby, "programme status")
    assert "All is well" in text_of(shown.response)
    found = backend.channels[start]
    assert (found.name, found.parent_id) == ("hello", elsewhere)
    assert backend.channels[town.channel(CATEGORY).id].position == 7


async def test_an_older_programme_is_told_first_and_moved_by_repair(town):
    await town.set_up()
    await make_it_old(town)
    await town.restart()
    await town.env.settle()
    assert "start-here" not in town.guild.channels, "nothing is made before they say so"
    (notice,) = notices(town)
    assert "channel of its own" in text_of(notice)
    assert "by hand" not in text_of(notice)
    await town.restart()
    await town.env.settle()
    assert len(notices(town)) == 1, "they are told once"
    await town.boss.click(notice, label="Repair")
    assert len(homes(town)) == 1
    (line,) = (each for each in said_in(town, "open-forum") if "moved" in each)
    assert f"/{homes(town)[0].id})" in line
    assert len(line) < 150
    assert not town.posts(town.channel("open-forum"), "join:1")
    inside = [
        each
        for each in town.env.backend.channels.values()
        if each.parent_id == town.channel(CATEGORY).id
    ]
    assert min(inside, key=lambda each: (each.position, each.id)).name == "start-here"
    shown = await town.boss.slash(town.lobby, "programme status")
    assert "All is well" in text_of(shown.response)


@pytest.mark.parametrize("step", ["post", "line", "note"])
async def test_a_kill_while_it_moves_leaves_one_card_and_one_line(town, monkeypatch, step):
    await town.set_up()
    await make_it_old(town)

    def killed_at_once(*_args, **_more):
        raise RuntimeError("killed")

    async def killed(*_args, **_more):
        raise RuntimeError("killed")

    if step == "post":
        monkeypatch.setattr(discord.TextChannel, "send", killed)
    elif step == "line":
        monkeypatch.setattr(discord.Message, "edit", killed)
    else:
        monkeypatch.setattr("cogs.home.keeping.programmes.fill", killed_at_once)
    with suppress(Exception):
        await town.set_up()
    town.forgive()
    monkeypatch.undo()
    await town.set_up()
    assert len(homes(town)) == 1
    assert sum("moved" in each for each in said_in(town, "open-forum")) == 1


async def test_before_repair_the_card_in_the_forum_is_kept_up_to_date(town):
    await town.set_up()
    old = await make_it_old(town)
    guild = town.works.client.get_guild(town.guild.id)
    assert await ensure_home(town.works, guild, await the_programme(town)) is False
    assert [each.id for each in town.posts(town.channel("open-forum"), "choices:1")] == [old]


async def test_it_is_replaced_and_never_repeated(town):
    await town.set_up()
    (first,) = homes(town)
    await town.set_up(language="sv")
    (still,) = homes(town)
    assert still.id == first.id
    assert "Gå med" in text_of(still)
    town.env.backend.delete_message(town.channel("start-here").id, first.id)
    await town.set_up()
    (new,) = homes(town)
    assert new.id != first.id
    await town.restart()
    await town.set_up()
    assert [each.id for each in homes(town)] == [new.id]


@pytest.mark.usefixtures("trial")
async def test_it_tells_of_the_next_meeting_and_of_what_is_new(town):
    assert "Next meeting" not in text_of(homes(town)[0])
    anna = await town.participant("Göteborgs stad", "anna")
    await planned(town)
    await town.publish(anna)
    await town.env.settle()
    said = text_of(homes(town)[0])
    assert "**Next meeting:** [Kick-off](https://" in said
    assert "Try it small first" in said
    town.clock.pass_(days=30)
    await pass_an_hour(town)
    said = text_of(homes(town)[0])
    assert "Kick-off" not in said
    assert "Try it small first" not in said


@pytest.mark.usefixtures("trial")
async def test_it_tells_nothing_of_a_closed_track(town):
    await town.boss.slash(town.lobby, "track edit", track="School", closed=True)
    anna = await town.participant("Göteborgs stad", "anna")
    await planned(town, track="School")
    await town.publish(anna)
    await pass_an_hour(town)
    said = text_of(homes(town)[0])
    assert "Kick-off" not in said
    assert "Try it small" not in said
