"""Servers: who may use leda, being removed, coming back; and the rounds at night."""

import asyncio
import logging

import discord
import pytest
from simcord.backend import serializers

from bot.app import create_bot
from bot.delivery import rounds
from bot.domain.digest import weeks
from bot.domain.factors import factors
from bot.domain.programme import programmes
from bot.settings import Settings
from storage.kit.programmes import Programme
from storage.organisations.organisations import Organisation
from storage.posts import deliveries
from tests import desks
from tests.chat.conftest import text_of


async def begin(town):
    await town.set_up("single")
    organisation = await town.organisation("Vara kommun")
    asa = await town.participant("Vara kommun", "asa")
    bo = await town.participant("Vara kommun", "bo")

    def choose(session):
        session.get(Organisation, organisation).contact_id = asa.id

    await town.works.db.write(choose)
    card = await town.publish(asa)
    for person in (asa, bo):
        await person.click(card, custom_id="vote:1:1:support")


BEGINNINGS = {"voted": begin}


@pytest.fixture
def voted(town):
    """Åsa and Bo take part, Åsa is the contact person, and both support a factor."""
    town.asa, town.bo = town.member("asa"), town.member("bo")
    return town


async def night(town):
    await rounds.nightly(town.crew, town.works.now())
    await roles_followed(town)


async def roles_followed(town):
    """SimCord waits for what its own actions begin, and for no more."""
    while tasks := list(town.crew.roles._queue._tasks.values()):
        await asyncio.gather(*tasks)
    await town.env.settle()


def as_joined(town, guild_id):
    """What Discord tells of a server that has just let leda in."""
    backend = town.env.backend
    payload = dict(serializers.guild_create_payload(backend, backend.get_guild(guild_id)))
    del payload["unavailable"]  # only servers that leda was in before carry it
    return payload


async def tell(town, event, payload):
    """Discord tells leda of something."""
    town.env.backend.emit(event, payload)
    await town.env.settle()


async def supporters(town):
    return (
        await town.works.db.visit(town.guild.id, None, town.clock()).read(factors.show, 1)
    ).tally.support


async def removed_at(town):
    return await town.works.db.read(lambda s: s.get(Programme, town.guild.id).removed_at)


def told(town):
    return [text_of(each) for each in town.posts(town.channel("coordinators"))]


def track_roles(town, person):
    return town.env.backend.get_member(town.guild.id, person.id).role_ids


async def leave(town, person):
    """Somebody leaves the server, or is kicked: leda is told of neither."""
    town.guild.remove_member(person)
    await town.env.settle()


async def come_back(town, person):
    back = town.guild.add_member(person.user)
    await town.env.settle()
    return back


# --- members


async def test_a_kicked_participants_vote_stops_counting_and_counts_again_on_return(voted):
    await leave(voted, voted.bo)
    assert await supporters(voted) == 2
    await night(voted)
    assert await supporters(voted) == 1
    await come_back(voted, voted.bo)
    assert track_roles(voted, voted.bo) == []
    await night(voted)
    assert await supporters(voted) == 2
    assert len(track_roles(voted, voted.bo)) == 1


async def test_whoever_is_back_and_votes_counts_at_once_and_has_roles_within_the_hour(voted):
    await leave(voted, voted.bo)
    await night(voted)
    bo = await come_back(voted, voted.bo)
    await bo.click(voted.cards()[0], custom_id="vote:1:1:unsure")
    tally = (
        await voted.works.db.visit(voted.guild.id, None, voted.clock()).read(factors.show, 1)
    ).tally
    assert (tally.support, tally.unsure) == (1, 1)
    await rounds.hourly(voted.crew)
    await roles_followed(voted)
    assert len(track_roles(voted, bo)) == 1


async def test_coordinators_hear_once_of_a_lost_contact_and_an_empty_organisation(voted):
    before = len(told(voted))
    await leave(voted, voted.asa)
    await night(voted)
    (contact,) = told(voted)[before:]
    assert "**Vara kommun** has no contact person" in contact
    assert "/organisation contact" in contact
    await leave(voted, voted.bo)
    voted.works.now.pass_(days=1)
    await night(voted)
    await night(voted)
    (empty,) = told(voted)[before + 1 :]
    assert "**Vara kommun** has no participant left" in empty


async def test_nobody_is_taken_for_gone_because_discord_answers_with_too_few(voted, monkeypatch):
    async def nobody(_guild, **_asked):
        return []

    monkeypatch.setattr(discord.Guild, "query_members", nobody)
    await night(voted)
    assert await supporters(voted) == 2


async def test_if_discord_does_not_answer_everything_stays_as_it_was(voted, monkeypatch, caplog):
    async def silence(_guild, **_asked):
        raise TimeoutError

    monkeypatch.setattr(discord.Guild, "query_members", silence)
    await leave(voted, voted.bo)
    await night(voted)
    assert await supporters(voted) == 2
    assert "could not be looked up" in caplog.text


async def test_more_than_a_hundred_participants_are_asked_about_a_hundred_at_a_time(
    voted, monkeypatch
):
    asked = []

    class Found:
        def __init__(self, id_):
            self.id = id_

    async def query(_guild, *, user_ids, limit, cache):
        assert not cache
        assert len(user_ids) <= limit <= 100
        asked.extend(user_ids)
        return [Found(each) for each in user_ids]

    monkeypatch.setattr(discord.Guild, "query_members", query)
    guild = voted.bot.get_guild(voted.guild.id)
    ids = range(1, 252)
    assert await rounds._present(guild, ids) == frozenset(ids)
    assert asked == list(ids)


async def test_two_programmes_look_after_their_own_members(voted):
    other = voted.env.create_guild("Elsewhere")
    lobby = other.create_text_channel("lobby")
    manager = other.create_role("Boss", permissions=discord.Permissions(manage_guild=True))
    boss = other.add_member(voted.env.create_user("chief"), roles=[manager])
    await boss.slash(lobby, "programme setup", preset="single", language="en")
    bo_there = other.add_member(voted.bo.user)
    await boss.slash(lobby, "organisation add", name="Vara kommun")
    await bo_there.slash(lobby, "join", organisation="Vara kommun")
    await leave(voted, voted.bo)
    await night(voted)
    assert await supporters(voted) == 1
    voted.env.backend.remove_guild(other.id)
    await voted.env.settle()
    voted.works.now.pass_(days=31)
    await night(voted)
    assert not await voted.works.db.read(lambda s: s.get(Programme, other.id))
    assert (await voted.works.visit(voted.guild.id).read(programmes.view)).slots


# --- servers


async def test_removed_and_invited_again_a_programme_is_as_it_was(voted):
    before = await voted.works.visit(voted.guild.id).read(programmes.view)
    again = as_joined(voted, voted.guild.id)
    await tell(voted, "GUILD_DELETE", {"id": str(voted.guild.id)})
    assert await removed_at(voted) == voted.works.now()
    voted.works.now.pass_(days=29)
    await tell(voted, "GUILD_CREATE", again)
    assert await removed_at(voted) is None
    voted.works.now.pass_(days=29)
    await night(voted)
    assert await voted.works.visit(voted.guild.id).read(programmes.view) == before
    assert await supporters(voted) == 2


async def test_a_server_that_discord_cannot_reach_is_not_a_removal(voted):
    await tell(voted, "GUILD_DELETE", {"id": str(voted.guild.id), "unavailable": True})
    await night(voted)
    assert await removed_at(voted) is None


async def test_a_server_that_removed_leda_while_it_was_down_is_noted_at_the_start(voted):
    guild_id = voted.guild.id
    old = voted.env.bot
    # Gone from Discord between the two runs.
    await voted.env._detach_bot()
    voted.env.backend.remove_guild(guild_id)
    await old.works.db.close()
    from simcord.env import _attach_bot

    await _attach_bot(voted.env, voted.new_bot())
    await voted.env.settle()
    assert await removed_at(voted) == voted.works.now()
    voted.works.now.pass_(days=31)
    await night(voted)
    assert await voted.works.db.read(lambda s: s.get(Programme, guild_id)) is None
    assert guild_id not in voted.works.speech.nouns


async def test_a_server_that_took_leda_back_while_it_was_down_is_not_forgotten(voted):
    await voted.works.db.write(
        lambda s: setattr(s.get(Programme, voted.guild.id), "removed_at", voted.works.now())
    )
    voted.works.now.pass_(days=31)
    await night(voted)
    assert await removed_at(voted) is None


# --- who may use leda


@pytest.fixture
def choosy_bot(tmp_path, clock):
    """Makes bots that may be used in some servers only."""
    url = f"sqlite:///{tmp_path / 'choosy.db'}"

    def make(*allowed: int):
        settings = Settings(
            database_url=url, shard_count=1, allowed_guilds=frozenset(allowed or {10**17})
        )
        return create_bot(settings, now=clock)

    return make


async def test_where_leda_may_not_be_used_it_says_so_and_leaves(town, choosy_bot, caplog):
    caplog.set_level(logging.WARNING)
    swedish = town.env.create_guild("Svensk", preferred_locale="sv-SE")
    hall = swedish.create_text_channel("hall")
    finnish = town.env.create_guild("Suomi", preferred_locale="fi")
    torg = finnish.create_text_channel("torg")
    silent = town.env.create_guild("Silent")
    said = {}
    keep = town.env.backend.remove_guild

    def remember(guild_id):
        said[guild_id] = [
            text_of(message)
            for channel in (hall, torg)
            for message in town.posts(channel)
            if channel.guild.id == guild_id
        ]
        keep(guild_id)

    town.env.backend.remove_guild = remember
    old = town.env.bot
    await town.env.restart_bot(choosy_bot(town.guild.id))
    await old.works.db.close()
    assert [guild.id for guild in town.bot.guilds] == [town.guild.id]
    assert len(said[swedish.id]) == len(said[finnish.id]) == 1
    assert "Jag finns bara till för vissa servrar" in said[swedish.id][0]
    assert str(swedish.id) in said[swedish.id][0]
    assert "certain servers" not in said[swedish.id][0]
    assert "Jag finns bara till för vissa servrar" in said[finnish.id][0]
    assert "certain servers" in said[finnish.id][0]
    assert said[silent.id] == []


async def test_an_invitation_to_a_server_that_is_not_named_is_declined(town, choosy_bot):
    old = town.env.bot
    await town.env.restart_bot(choosy_bot(town.guild.id))
    await old.works.db.close()
    other = town.env.create_guild("Other")
    await tell(town, "GUILD_DELETE", {"id": str(other.id)})
    await tell(town, "GUILD_CREATE", as_joined(town, other.id))
    assert other.id not in town.env.backend.guilds
    assert town.guild.id in town.env.backend.guilds


async def test_at_night_a_digest_is_planned_where_there_is_none(town):
    """As in a programme that was set up before there were digests."""
    await town.set_up("single")

    def forget(session):
        for row in deliveries.unsettled(desks.bare(session, town.guild.id), weeks.WEEK):
            session.delete(row)

    def planned(session):
        return [
            row.due_at
            for row in deliveries.unsettled(desks.bare(session, town.guild.id), weeks.WEEK)
        ]

    before = await town.works.db.read(planned)
    await town.works.db.write(forget)
    await night(town)
    assert await town.works.db.read(planned) == before
    assert len(before) == 1
