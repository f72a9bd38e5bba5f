"""**More…**: everything about a factor, privately, from presses that outlive the bot."""

import pytest
from simcord.backend.models import EPHEMERAL_FLAG

from bot.ui.canvas import Canvas
from tests.chat.beginnings import with_a_factor
from tests.chat.conftest import answer_of, text_of

BEGINNINGS = {"card": with_a_factor}


@pytest.fixture
def anna(trial):
    return trial.member("anna")


@pytest.fixture
def card(trial):
    """Anna's factor of the school track."""
    return trial.cards()[-1]


async def more(member, card):
    """The private card behind *More…*."""
    return await member.click(card, custom_id="more:1:1")


async def go(member, result, label):
    return await member.click(result.response, label=label)


def labels(result) -> list[str]:
    return [line for line in text_of(result.response).splitlines() if line]


async def test_more_is_private_and_in_the_readers_language(trial, card):
    asa = await trial.participant("Västerås stad", "asa", "sv-SE")
    shown = answer_of(await more(asa, card))
    for part in ("Try it small first", "Hur gjorde ni?", "Du har inte röstat.", "Tillbaka"):
        assert (part in shown) == (part != "Tillbaka")
    assert "Ändra" not in shown, "it is not hers to edit"
    await trial.vote(asa, card, "support")
    assert "Du håller med, sedan <t:" in answer_of(await more(asa, card))


async def test_its_proposer_finds_edit_there_and_a_follower_no_vote(trial, card, anna):
    assert "Edit" in labels(await more(anna, card))
    follower = trial.person("follower")
    shown = await more(follower, card)
    assert "Edit" not in labels(shown)
    assert "You have not voted" not in text_of(shown.response)


async def test_why_shows_the_rule_the_figures_and_the_picture(trial, card, anna):
    await trial.vote(anna, card, "support")
    shown = await more(anna, card)
    await trial.restart()
    result = await go(anna, shown, "Why this standing")
    text = text_of(shown.response)
    assert "Why: 1 of 2 has voted; 2 are needed" in text
    assert "1 of 2 municipalities have voted; at least 2 need to." in text
    message = shown.response._message
    [picture] = message.attachments
    assert "standing.png" in str(picture)
    assert result.acknowledged
    await go(anna, shown, "Back")
    assert "You support this, since <t:" in text_of(shown.response)
    assert not shown.response._message.attachments, "the picture goes with its words"


async def test_why_answers_a_press_on_what_everyone_sees_privately(trial, card, anna):
    result = await trial.press(anna, "why:1:1", card)
    message = result.response or result.followups[0]
    assert message._message.flags & EPHEMERAL_FLAG
    assert "Why: 0 of 2 have voted; 2 are needed" in text_of(message)
    assert "Should this be in our shared result?" in text_of(card), "the card is left as it is"


async def test_objections_and_experiences_are_read_in_place_and_one_gets_back(trial, card, anna):
    bo = await trial.participant("Västerås stad", "bo")
    await trial.object_(bo, card, "The night staff was never asked.")
    shown = await more(anna, card)
    await go(anna, shown, "Objections (1)")
    assert "The night staff was never asked." in text_of(shown.response)
    await go(anna, shown, "Back")
    await go(anna, shown, "Experiences (0)")
    assert "Nobody has told of" in text_of(shown.response)
    await bo.slash(trial.lobby, "factor experience", factor="1", stance="done", how="It works.")
    await trial.press(anna, "back:1:1", shown.response)
    await go(anna, shown, "Experiences (1)")
    text = text_of(shown.response)
    assert "**Västerås stad**: Works here\nIt works." in text
    assert f"<@{bo.id}>" not in text, "who wrote it is for coordinators"
    boss = await more(trial.boss, card)
    await go(trial.boss, boss, "Experiences (1)")
    assert f"written by <@{bo.id}>" in text_of(boss.response)


async def test_the_contact_person_confirms_where_a_statement_waits(trial, card, anna):
    bo = await trial.participant("Västerås stad", "bo")
    await bo.slash(trial.lobby, "factor experience", factor="1", stance="done", how="It works.")
    await trial.boss.slash(
        trial.lobby, "organisation contact", organisation="Göteborgs stad", member=anna
    )
    shown = await more(anna, card)
    await go(anna, shown, "Experiences (1)")
    assert "Confirm" not in labels(shown), "it is another organisation's"
    await trial.boss.slash(
        trial.lobby, "organisation contact", organisation="Västerås stad", member=bo
    )
    shown = await more(bo, card)
    await go(bo, shown, "Experiences (1)")
    await go(bo, shown, "Confirm")
    await trial.press(bo, "experiences:1:1:0", shown.response)
    assert "-# confirmed" in text_of(shown.response)
    assert "Confirm" not in labels(shown)


async def test_a_picture_that_cannot_be_drawn_is_an_apology(trial, card, anna, monkeypatch):
    def broken(*_):
        raise RuntimeError("no fonts")

    monkeypatch.setattr(Canvas, "png", broken)
    shown = await more(anna, card)
    result = await go(anna, shown, "Why this standing")
    assert "went wrong on my side" in text_of(result.followups[0])
    assert len(trial.forgive()) == 1
