"""Where a factor's card stands, what happens when it is deleted, and who follows it."""

import discord
import pytest

from bot.domain import factors, status
from cogs.programme.drift import DriftWatch
from tests.chat.conftest import text_of


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(DriftWatch, "pause", 0)


@pytest.fixture
def community(town):
    """The server is a Community, so that it can have forums."""
    town.bot.get_guild(town.guild.id).features = ["COMMUNITY"]
    return town


async def view(town):
    return await town.bot.db.read(factors.show, town.guild.id, 1, now=town.clock())


async def cardless(town):
    return await town.bot.db.read(status.cardless, town.guild.id)


async def test_a_card_that_was_deleted_by_hand_is_known_to_be_gone_and_shown_again(trial):
    anna = await trial.participant("Göteborgs stad", "anna")
    card = await trial.publish(anna)
    thread = (await view(trial)).thread_id
    trial.env.backend.delete_message(card._message.channel_id, card._message.id)
    await trial.env.settle()
    assert await cardless(trial) == [1]
    status_said = text_of((await trial.boss.slash(trial.lobby, "programme status")).response)
    assert "One factor has no card" in status_said
    await anna.slash(trial.lobby, "factor show", factor="Try it small first")
    assert len(trial.cards()) == 1
    assert await cardless(trial) == []
    assert (await view(trial)).thread_id == thread, "what was said stays with the factor"
    await trial.vote(anna, trial.cards()[0], "support")
    assert "1 supports" in text_of(trial.cards()[0])


async def test_where_the_server_has_forums_a_factor_is_a_post(community):
    await community.set_up()
    await community.organisation("Göteborgs stad", "School")
    channel = community.bot.get_guild(community.guild.id)
    made = {each.name: each for each in channel.channels}
    assert isinstance(made["school-factors"], discord.ForumChannel)
    assert isinstance(made["open-forum"], discord.TextChannel)
    anna = await community.participant("Göteborgs stad", "anna")
    preview = await community.propose(anna)
    await anna.click(preview.response, label="Publish")
    factor = await view(community)
    assert factor.channel_id == factor.thread_id
    cards = community.env.backend.messages[factor.thread_id]
    assert "vote:1" in str(cards[factor.message_id].components)


async def test_what_people_say_in_a_factors_thread_is_counted_and_not_kept(trial):
    anna = await trial.participant("Göteborgs stad", "anna")
    await trial.publish(anna)
    thread = (await view(trial)).thread_id
    for said in ("Secret one", "Secret two"):
        trial.env.backend.create_message(thread, anna.id, content=said)
        await trial.env.settle()
    trial.env.backend.create_message(trial.lobby.id, anna.id, content="Elsewhere")
    await trial.env.settle()

    def kept(session):
        dump = session.connection().exec_driver_sql
        counted = dump("SELECT discussed FROM factor").scalar()
        rows = dump("SELECT who, data FROM journal WHERE kind = 'factor.discussed'").all()
        return counted, rows

    counted, rows = await trial.bot.db.read(kept)
    assert counted == 2
    assert [tuple(row) for row in rows] == [(None, "{}")] * 2


async def test_a_private_copy_follows_what_others_do_on_the_public_card(trial):
    anna = await trial.participant("Göteborgs stad", "anna")
    cilla = await trial.participant("Västerås stad", "cilla")
    card = await trial.publish(anna)
    shown = await anna.slash(trial.lobby, "factor show", factor="1")
    await trial.vote(cilla, card, "support")
    await trial.env.settle()
    assert "1 supports" in text_of(shown.response)
