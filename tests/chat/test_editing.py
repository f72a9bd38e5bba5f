"""Editing a factor in the chat: nothing typed is lost, and whoever voted finds what changed."""

import pytest

from tests.chat.beginnings import with_a_factor
from tests.chat.conftest import PROPOSAL, answer_of, fields_of, text_of

HOW = PROPOSAL["how"]
OTHER = "Nobody was asked, and it was done overnight, all at once."


BEGINNINGS = {"card": with_a_factor}


@pytest.fixture
def anna(trial):
    return trial.member("anna")


@pytest.fixture
def card(trial):
    """Anna's factor of the school track."""
    return trial.cards()[-1]


async def edit(trial, member, how=OTHER, small="meaning", **fields):
    """``/factor edit``, its form filled in and sent."""
    form = await member.slash(trial.lobby, "factor edit", factor="1")
    typed = {"title": PROPOSAL["title"], "how": how, "context": "", "evidence": "", **fields}
    return await member.submit_modal(form, {**typed, "small": small})


async def test_an_edit_says_what_changed_and_shows_on_the_public_card(trial, card, anna):
    form = await anna.slash(trial.lobby, "factor edit", factor="Try it small first")
    fields = fields_of(form)
    assert list(fields) == ["title", "how", "context", "evidence", "small"]
    assert (fields["title"]["value"], fields["how"]["value"]) == (PROPOSAL["title"], HOW)
    how = HOW.replace("two units", "all units")
    await trial.restart()
    done = await anna.submit_modal(
        form, {"title": fields["title"]["value"], "how": how, "context": "", "evidence": "",
               "small": "meaning"},
    )  # fmt: skip
    said = answer_of(done)
    assert "is now version 2" in said
    assert "We let ~~two~~ **all** units try it" in said
    assert "no vote is affected" in said
    assert how in text_of(card)
    assert "version 2" in text_of(card)


async def test_votes_are_marked_or_left_and_a_large_small_correction_is_told_so(trial, card, anna):
    await trial.vote(anna, card, "support")
    trial.clock.pass_(hours=1)
    assert "all votes stay" in answer_of(await edit(trial, anna, HOW + "!", small="small"))
    assert "before the edit" not in text_of(card)
    said = answer_of(await edit(trial, anna, small="small"))
    assert "You called it a small correction" in said
    assert "1 vote is now from *before the edit*" in said
    assert "1 vote is from before the edit" in text_of(card)


async def test_two_at_once_overwrite_nothing_and_get_back_what_they_typed(trial, card, anna):
    form = await anna.slash(trial.lobby, "factor edit", factor="1")
    await edit(trial, trial.boss, "The coordinators' text.")
    typed = {"title": "Mine", "how": "My long text.", "context": "c", "evidence": ""}
    refused = await anna.submit_modal(form, {**typed, "small": "meaning"})
    said = answer_of(refused)
    assert "Somebody else edited **Try it small first**" in said
    assert "My long text." in said
    assert "The coordinators' text." in text_of(card)
    again = await anna.click(refused.response, label="Open the form again")
    assert fields_of(again)["how"]["value"] == "The coordinators' text."


async def test_what_cannot_be_saved_is_given_back_in_a_file_if_it_is_long(trial, card, anna):
    stars = {"title": "*" * 100, "context": "*" * 800, "evidence": "*" * 400}
    form = await anna.slash(trial.lobby, "factor edit", factor="1")
    await edit(trial, trial.boss)
    refused = await anna.submit_modal(form, {**stars, "how": "*" * 1800, "small": "small"})
    assert "The file holds all of it" in answer_of(refused)
    assert "text.txt" in str(refused.response._message.attachments)


async def test_an_empty_how_keeps_the_rest_of_what_was_typed(trial, card, anna):
    said = answer_of(await edit(trial, anna, "\u200b", context="What it was about."))
    assert "nothing I could read" in said
    assert "What it was about." in said
    assert HOW in text_of(card)


async def test_only_its_proposer_and_coordinators_may_edit_a_factor(trial, card):
    bo = await trial.participant("Göteborgs stad", "bo")
    refused = await bo.slash(trial.lobby, "factor edit", factor="1")
    assert "Only whoever proposed this factor" in answer_of(refused)
    form = await trial.boss.slash(trial.lobby, "factor edit", factor="1")
    assert fields_of(form)


async def test_what_needs_me_shows_what_changed_and_still_my_vote_makes_it_fresh(trial, card, anna):
    bo = await trial.participant("Västerås stad", "bo")
    await trial.vote(bo, card, "support")
    trial.clock.pass_(hours=1)
    before = len(trial.posts(trial.lobby))
    await edit(trial, anna)
    assert len(trial.posts(trial.lobby)) == before, "nobody is sent a message about it"
    needs = await trial.press(bo, "needs:1")
    assert "The text has changed since you voted" in answer_of(needs)
    assert "~~We let two units" in answer_of(needs)
    await trial.restart()
    await bo.click(needs.response, label="Still my vote")
    assert "is about the new text now" in text_of(needs.response)
    await bo.click(needs.response, label="Undo")
    assert "before the edit" in text_of(card)
    await bo.click(needs.response, label="Still my vote")
    assert "before the edit" not in text_of(card)
    assert "1 supports" in text_of(card)
    assert "has changed since you voted" not in answer_of(await trial.press(bo, "needs:1"))


async def test_a_changed_mind_is_one_press_away(trial, card, anna):
    bo = await trial.participant("Västerås stad", "bo")
    await trial.vote(bo, card, "support")
    trial.clock.pass_(hours=1)
    await edit(trial, anna)
    private = await bo.click(card, custom_id="more:1:1")
    assert "Your vote is from before the edit." in text_of(private.response)
    await bo.click(private.response, label="What changed?")
    await bo.click(private.response, label="Unsure")
    assert "participant: 1 unsure" in text_of(card)
    assert "participant: 1 unsure" in text_of(private.response)


async def test_versions_can_be_looked_up_a_page_at_a_time(trial, card, anna):
    for number in range(4):
        await edit(trial, anna, f"{HOW} {'abcd'[number]}", small="small")
    shown = await anna.click(card, custom_id="more:1:1")
    await anna.click(shown.response, label="Versions (5)")
    assert "**Version 5**" in text_of(shown.response)
    assert "small correction" in text_of(shown.response)
    await anna.click(shown.response, label="Next")
    assert "**Version 2**" in text_of(shown.response)
    await anna.click(shown.response, label="Back")
    assert "You have not voted" in text_of(shown.response)


async def test_did_not_is_asked_about_and_the_answer_says_what_it_is(trial, card, anna):
    await trial.vote(anna, card, "support")
    trial.clock.pass_(hours=1)
    asked = await edit(trial, anna, HOW.replace("met", "never met"), small="small")
    said = answer_of(asked)
    assert "This one touches *never*. Does the text still say the same?" in said
    assert HOW in text_of(card), "nothing is saved yet"
    await trial.restart()
    done = await anna.click(asked.response, label="No, it says something new")
    assert "1 vote is now from *before the edit*" in answer_of(done)
    trial.clock.pass_(hours=1)
    said = answer_of(await edit(trial, anna, HOW))
    assert "so their votes count as if it had never been changed" in said
    assert "before the edit" not in text_of(card)
    asked = await edit(trial, anna, HOW.replace("two", "three"), small="small")
    done = await anna.click(asked.response, label="Yes, just a correction")
    assert "all votes stay as they are" in answer_of(done)


async def test_after_voting_has_closed_what_was_typed_is_given_back(trial, card, anna):
    form = await trial.press(trial.boss, "days:1:1")
    today = f"{trial.clock():%Y-%m-%d}"
    await trial.boss.submit_modal(form, {"opens": "", "closes": today})
    trial.clock.pass_(days=2)
    said = answer_of(await edit(trial, anna))
    assert "has closed, so its text can only be corrected" in said
    assert OTHER in said
    assert "all votes stay" in answer_of(await edit(trial, anna, HOW + "!", small="small"))


async def test_an_identity_number_in_an_edit_is_hidden_and_that_is_said(trial, card, anna):
    said = answer_of(await edit(trial, anna, f"{HOW} 900101-0017"))
    assert "I hid a personal identity number" in said
    assert "0017" not in text_of(card)
