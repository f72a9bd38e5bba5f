"""What people say is counted, and nothing else of it: also what they said while leda was away."""

from datetime import date, timedelta

import discord
import pytest
from sqlmodel import select

from bot.domain.factors import factors
from storage.enums import Order
from storage.kit.programmes import Place
from storage.talk import talk
from tests import desks
from tests.chat.conftest import text_of

FORUM, DISCUSSION, FACTORS = "open-forum", "school-discussion", "school-factors"


@pytest.fixture
def place(trial):
    """A server whose clock agrees with everybody's."""
    trial.env.backend.clock.advance((trial.clock() - trial.env.backend.clock.now()).total_seconds())
    trial.anna = trial.person("anna")
    return trial


async def say(town, where, *texts, who=None):
    for text in texts or ("Hej",):
        town.env.backend.create_message(where, (who or town.anna).id, content=text)
        await town.env.settle()


def whisper(town, where, number=1):
    """Something is said that leda does not hear."""
    backend = town.env.backend
    subscribers, backend.subscribers = backend.subscribers, []
    for _ in range(number):
        backend.create_message(where, town.anna.id, content="Psst")
    backend.subscribers = subscribers


async def counted(town):
    """How much is said where, by the channel's name or the thread's id."""

    def kept(session):
        days = date(2020, 1, 1), date(2100, 1, 1)
        places = session.exec(select(Place.discord_id)).all()
        return dict(talk.top(desks.bare(session, town.guild.id), *days, places, 99))

    names = {channel.id: name for name, channel in town.guild.channels.items()}
    found = await town.works.db.read(kept)
    return {names.get(key, key): number for key, number in found.items()}


async def test_what_people_say_is_counted_where_they_say_it_and_not_kept(place):
    for name in (FORUM, DISCUSSION, DISCUSSION, "lobby", "coordinators", "school-announcements"):
        await say(place, place.channel(name).id, "Secret one")
    await place.boss.slash(place.lobby, "help")
    assert await counted(place) == {FORUM: 1, DISCUSSION: 2}

    def everything(session):
        dump = session.connection().exec_driver_sql
        tables = dump("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return str([dump(f'SELECT * FROM "{table}"').all() for table in tables])

    assert "Secret" not in await place.works.db.read(everything)


async def test_a_factors_thread_counts_for_the_factor(place):
    anna = await place.participant("Göteborgs stad", "anna2")
    await place.publish(anna)
    thread = (
        await place.works.db.visit(place.guild.id, None, place.clock()).read(factors.show, 1)
    ).thread_id
    await say(place, thread, "One", "Two")
    await place.publish(anna, title="Another one")
    assert (await counted(place))[thread] == 2
    found = await place.works.db.visit(place.guild.id, None, place.clock()).read(factors.show, 1)
    assert found.discussed == 2
    shown = await anna.slash(place.lobby, "factor list", sort=Order.DISCUSSED.value)
    assert text_of(shown.response).index("Try it small") < text_of(shown.response).index("Another")


async def test_what_was_said_while_leda_was_away_is_filled_in_once(place):
    forum, discussion = place.channel(FORUM).id, place.channel(DISCUSSION).id
    await say(place, forum, "One", "Two")
    whisper(place, forum, 3)
    whisper(place, discussion)
    await place.restart()
    await place.env.settle()
    assert await counted(place) == {FORUM: 5, DISCUSSION: 1}
    await say(place, forum)
    await place.restart()
    await place.crew.talk.catch_up(place.guild.id)
    assert await counted(place) == {FORUM: 6, DISCUSSION: 1}


async def test_after_a_new_session_the_gap_is_filled_before_what_comes_is_counted(place):
    forum = place.channel(FORUM).id
    await say(place, forum)
    whisper(place, forum, 2)
    await say(place, forum)
    assert await counted(place) == {FORUM: 2}, "Discord says that nothing was missed"
    whisper(place, forum, 2)
    place.bot.dispatch("shard_connect", 0)
    await say(place, forum)
    assert await counted(place) == {FORUM: 5}


async def test_what_was_said_in_a_thread_that_was_archived_meanwhile_is_found(place):
    backend, forum = place.env.backend, place.channel(FORUM).id
    await say(place, forum)
    thread = backend.create_thread(forum, "Aside", owner_id=place.anna.id)
    await place.env.settle()
    whisper(place, thread.id, 2)
    backend.get_channel(thread.id).thread_metadata.archived = True
    await place.restart()
    await place.env.settle()
    assert await counted(place) == {FORUM: 1, thread.id: 2}


async def test_a_channel_that_leda_may_not_read_is_counted_once_it_may(place, caplog):
    forum = place.channel(FORUM)
    me = place.bot.get_guild(place.guild.id).get_channel(forum.id)
    hidden = discord.PermissionOverwrite(read_message_history=False)
    await me.set_permissions(me.guild.default_role, overwrite=hidden)
    await place.env.settle()
    await say(place, forum.id, "One", "Two")
    assert await counted(place) == {}
    assert caplog.text.count("may not read") == 1
    await me.set_permissions(me.guild.default_role, overwrite=None)
    await place.crew.talk.catch_up(place.guild.id)
    assert await counted(place) == {FORUM: 2}


async def test_where_discord_does_not_answer_what_came_is_counted_later(place):
    discussion = place.channel(DISCUSSION).id
    place.env.inject_error("GET", "/channels/*/messages", status=403)
    await say(place, discussion)
    assert await counted(place) == {}
    await say(place, discussion)
    assert await counted(place) == {DISCUSSION: 2}


async def test_what_is_older_than_two_weeks_is_left_alone(place):
    forum = place.channel(FORUM).id
    whisper(place, forum)
    span = timedelta(days=15)
    place.env.backend.clock.advance(span.total_seconds())
    place.clock.time += span
    await say(place, forum)
    assert await counted(place) == {FORUM: 1}


async def test_a_thread_that_is_deleted_is_forgotten(place):
    forum = place.channel(FORUM).id
    thread = place.env.backend.create_thread(forum, "Aside", owner_id=place.anna.id)
    await say(place, forum)
    await say(place, thread.id, "One", "Two")
    assert await counted(place) == {FORUM: 1, thread.id: 2}
    await place.bot.get_guild(place.guild.id).get_thread(thread.id).delete()
    await place.env.settle()
    assert await counted(place) == {FORUM: 1}
