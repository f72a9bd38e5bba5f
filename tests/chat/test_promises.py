"""What people were promised is kept, though leda is killed between the answer and the deed."""

from contextlib import contextmanager

import pytest

from bot.domain.factors import factors
from storage.enums import Joining
from tests.chat import beginnings
from tests.chat.conftest import DiscordsClock, text_of

BEGINNINGS = {"trial": beginnings.trial}


@pytest.fixture
def killed(monkeypatch):
    """Nothing is done after the answer: leda is killed there."""

    async def no_card(_crew, factor):
        return factor

    @contextmanager
    def after_the_answer():
        with monkeypatch.context() as patch:
            patch.setattr("bot.delivery.courier.Courier.wake", lambda _: None)
            patch.setattr("cogs.factors.proposing.ensure_posted", no_card)
            patch.setattr("cogs.factors.files.ensure_posted", no_card)
            yield

    return after_the_answer


async def start_again(town, minutes=0):
    town.clock.pass_(minutes=minutes)
    await town.restart()
    for _ in range(2):
        await town.crew.courier.deliver()
        await town.env.settle()


def letters(town, member):
    channel = town.env.backend.dm_channels.get(member.id)
    found = town.env.backend.messages.get(channel, {}).values()
    return [str(message.components) for message in found]


async def test_a_request_to_join_is_passed_on_and_answered(trial, killed):
    def by_code(session):
        session.connection().exec_driver_sql(f"UPDATE programme SET joining = '{Joining.CODE}'")

    await trial.works.db.write(by_code)
    eva, coordinators = trial.person("eva"), trial.channel("coordinators")
    with killed():
        form = await eva.slash(trial.lobby, "join", organisation="Vara kommun")
        way = await eva.submit_modal(form, {"code": ""})
        answer = await eva.click(way.response, label="Ask to be let in")
        assert "You get word" in text_of(answer.response)
    assert trial.posts(coordinators, "request:1") == []
    await start_again(trial)
    [card] = trial.posts(coordinators, "request:1")
    assert f"<@{eva.id}>" in text_of(card)
    with killed():
        await trial.boss.click(card, label="Approve")
    assert letters(trial, eva) == []
    await start_again(trial)
    [letter] = letters(trial, eva)
    assert "Vara kommun" in letter


async def test_what_became_of_a_factor_is_told_in_its_thread_and_to_its_proposer(trial, killed):
    anna = await trial.participant("Vara kommun", "anna")
    card = await trial.publish(anna)
    about = {"factor": "1", "outcome": "adopted", "reason": "It works."}
    with killed():
        await trial.boss.slash(trial.lobby, "factor decide", **about)
    await start_again(trial)
    [said] = trial.env.backend.messages[card.id].values()
    assert "is adopted" in str(said.components)
    assert len(letters(trial, anna)) == 1


async def test_what_has_changed_again_is_not_told_any_more(trial, killed):
    anna = await trial.participant("Vara kommun", "anna")
    card = await trial.publish(anna)
    about = {"factor": "1", "reason": "It works."}
    with killed():
        await trial.boss.slash(trial.lobby, "factor decide", outcome="adopted", **about)
        await trial.boss.slash(trial.lobby, "factor decide", outcome="open", **about)
    await start_again(trial)
    [said] = trial.env.backend.messages[card.id].values()
    assert "open again" in str(said.components)


async def test_the_card_of_a_factor_that_was_published_is_posted_once(trial, killed):
    anna = await trial.participant("Vara kommun", "anna")
    preview = await trial.propose(anna)
    with killed():
        await anna.click(preview.response, label="Publish")
    assert trial.cards() == []
    await start_again(trial)
    assert trial.cards() == []  # whoever publishes has a minute
    await start_again(trial, minutes=2)
    [card] = trial.cards()
    assert "Try it small first" in text_of(card)


async def test_a_card_that_was_posted_and_could_not_be_noted_is_found_and_not_posted_again(
    trial, monkeypatch
):
    async def killed(_works, factor, *_):
        return factor

    trial.env.backend.clock = DiscordsClock(trial.clock)
    anna = await trial.participant("Vara kommun", "anna")
    with monkeypatch.context() as patch:
        patch.setattr("cogs.factors.posting._note", killed)
        await trial.publish(anna)
    [card] = trial.cards()
    await start_again(trial, minutes=2)
    assert [each.id for each in trial.cards()] == [card.id]
    view = await trial.works.db.visit(trial.guild.id, None, trial.clock()).read(factors.show, 1)
    assert (view.message_id, view.thread_id) == (card.id, card.id)


async def test_the_card_of_a_decided_factor_that_could_not_be_noted_is_found_too(
    trial, killed, monkeypatch
):
    async def not_noted(_works, factor, *_):
        return factor

    trial.env.backend.clock = DiscordsClock(trial.clock)
    anna = await trial.participant("Vara kommun", "anna")
    preview = await trial.propose(anna)
    with killed():
        await anna.click(preview.response, label="Publish")
        about = {"factor": "1", "outcome": "adopted", "reason": "It works."}
        await trial.boss.slash(trial.lobby, "factor decide", **about)
    with monkeypatch.context() as patch:
        patch.setattr("cogs.factors.posting._note", not_noted)
        await start_again(trial, minutes=2)
    [card] = standing(trial)
    assert "vote:1" not in str(card._message.components)
    await start_again(trial, minutes=120)
    assert [each.id for each in standing(trial)] == [card.id]
    view = await trial.works.db.visit(trial.guild.id, None, trial.clock()).read(factors.show, 1)
    assert view.message_id == card.id


async def test_a_card_of_another_factor_that_had_the_number_before_is_not_taken_for_its_own(trial):
    """An older file was put in place, and the number was given once more."""
    trial.env.backend.clock = DiscordsClock(trial.clock)
    await trial.publish(await trial.participant("Vara kommun", "anna"))
    [old] = trial.cards()
    trial.clock.pass_(seconds=5)
    await trial.works.db.write(as_one_made_later, trial.clock())
    await start_again(trial, minutes=2)
    new = [each for each in trial.cards() if each.id != old.id]
    assert len(new) == 1


def as_one_made_later(session, now) -> None:
    session.connection().exec_driver_sql(
        "UPDATE factor SET created_at = ?, message_id = NULL, channel_id = NULL, thread_id = NULL",
        (f"{now:%Y-%m-%dT%H:%M:%S.%fZ}",),
    )


def standing(town):
    """The cards of factors, also of those that take no votes."""
    return [
        card for channel in town.guild.channels.values() for card in town.posts(channel, "more:1")
    ]


async def test_of_two_decisions_with_one_outcome_each_is_told_once(trial, killed):
    anna = await trial.participant("Vara kommun", "anna")
    card = await trial.publish(anna)
    with killed():
        for outcome, reason in (
            ("adopted", "It works."), ("open", "Wait."), ("adopted", "It works everywhere."),
        ):  # fmt: skip
            about = {"factor": "1", "outcome": outcome, "reason": reason}
            await trial.boss.slash(trial.lobby, "factor decide", **about)
            trial.clock.pass_(minutes=1)
    await start_again(trial)
    [said] = trial.env.backend.messages[card.id].values()
    assert "It works everywhere." in str(said.components)


async def test_a_card_that_was_posted_gets_its_thread_though_leda_was_killed_before(
    trial, monkeypatch
):
    async def killed(_works, factor):
        return factor

    anna = await trial.participant("Vara kommun", "anna")
    with monkeypatch.context() as patch:
        patch.setattr("cogs.factors.posting._with_thread", killed)
        await trial.publish(anna)
    [card] = trial.cards()
    assert card.id not in trial.env.backend.channels
    await start_again(trial, minutes=2)
    assert [each.id for each in trial.cards()] == [card.id]
    assert card.id in trial.env.backend.channels


async def test_a_card_that_somebody_deleted_is_not_posted_again(trial):
    anna = await trial.participant("Vara kommun", "anna")
    card = await trial.publish(anna)
    await start_again(trial, minutes=2)
    trial.env.backend.delete_message(card._message.channel_id, card.id)
    await trial.env.settle()
    await start_again(trial, minutes=120)
    assert trial.cards() == []
