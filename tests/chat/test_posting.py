"""Where a factor's card stands, what happens when it is deleted, and who follows it."""

import discord
import pytest

from bot.domain.factors import factors
from bot.domain.programme import status
from tests.chat.conftest import text_of


@pytest.fixture
def community(town):
    """The server is a Community, so that it can have forums."""
    town.bot.get_guild(town.guild.id).features = ["COMMUNITY"]
    return town


async def view(town):
    return await town.works.db.visit(town.guild.id, None, town.clock()).read(factors.show, 1)


async def cardless(town):
    return await town.works.visit(town.guild.id).read(status.cardless)


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


async def test_a_private_copy_follows_what_others_do_on_the_public_card(trial):
    anna = await trial.participant("Göteborgs stad", "anna")
    cilla = await trial.participant("Västerås stad", "cilla")
    card = await trial.publish(anna)
    shown = await anna.slash(trial.lobby, "factor show", factor="1")
    await trial.vote(cilla, card, "support")
    await trial.env.settle()
    assert "1 supports" in text_of(shown.response)
