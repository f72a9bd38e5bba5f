"""The walk: one waiting thing at a time, in one private message."""

import pytest

from bot.domain.needs import walk
from tests.chat.beginnings import with_anna
from tests.chat.conftest import answer_of, text_of

BEGINNINGS = {"anna": with_anna}
TITLES = [f"Number {n}" for n in range(1, 10)]


@pytest.fixture
def anna(trial):
    """Anna of Göteborg, which is in the school track."""
    return trial.member("anna")


@pytest.fixture
async def asa(trial, anna):
    """Åsa of Västerås, before whom three factors wait; Anna proposed them."""
    asa = await trial.participant("Västerås stad", "asa")
    for title in TITLES[:3]:
        await trial.publish(anna, title=title)
    return asa


async def test_three_votes_are_four_presses_in_one_message(trial, asa):
    shown = await trial.press(asa, "needs:1")
    presses = 1
    for title in reversed(TITLES[:3]):
        assert title in text_of(shown.response)
        vote = await asa.click(shown.response, label="Support")
        assert title in text_of(shown.response), "the last one is shown above the next"
        assert all("Number" not in text_of(each) for each in vote.followups)
        presses += 1
    assert presses == 4
    assert all("1 supports" in text_of(card) for card in trial.cards())


async def test_what_was_voted_on_is_never_asked_for_again(trial, asa):
    shown = await trial.press(asa, "needs:1")
    for _ in range(3):
        await asa.click(shown.response, label="Unsure")
    assert "Nothing waits for you" in answer_of(await trial.press(asa, "needs:1"))


async def test_undo_takes_the_last_vote_back_and_is_at_it_again_after_a_restart(trial, asa):
    shown = await trial.press(asa, "needs:1")
    await asa.click(shown.response, label="Support")
    await trial.restart()
    await asa.click(shown.response, label="Undo")
    assert "Taken back" in text_of(shown.response)
    assert TITLES[2] in text_of(shown.response)
    assert all("No votes yet" in text_of(card) for card in trial.cards())
    await asa.click(shown.response, label="Unsure")
    assert f"You are unsure about **{TITLES[2]}**" in text_of(shown.response)


async def test_an_objection_is_asked_for_its_reason_and_the_walk_goes_on(trial, asa):
    shown = await trial.press(asa, "needs:1")
    form = await asa.click(shown.response, label="Object")
    await trial.restart()
    await asa.submit_modal(form, {"reason": "Too early."})
    assert f"You object to **{TITLES[2]}**" in text_of(shown.response)
    assert TITLES[1] in text_of(shown.response)


async def test_skipped_things_rest_for_14_days_and_what_is_not_ours_for_good(trial, asa):
    shown = await trial.press(asa, "needs:1")
    await asa.click(shown.response, label="Skip")
    await asa.click(shown.response, label="Not ours to judge")
    form = await asa.click(shown.response, label="Object")
    await asa.submit_modal(form, {"reason": "Too early."})
    assert "You skipped 2 things." in text_of(shown.response)
    assert "Nothing waits for you" in answer_of(await trial.press(asa, "needs:1"))
    trial.clock.pass_(days=walk.RESTS_DAYS)
    later = await trial.press(asa, "needs:1")
    assert TITLES[2] in answer_of(later)
    await asa.click(later.response, label="Unsure")
    assert TITLES[1] not in answer_of(await trial.press(asa, "needs:1"))


async def test_seven_a_sitting_then_how_many_more_and_go_on(trial, anna, asa):
    for title in TITLES[3:]:
        trial.clock.pass_(hours=2)
        await trial.publish(anna, title=title)
    shown = await asa.slash(trial.lobby, "todo")
    for _ in range(walk.MOST):
        await asa.click(shown.response, label="Unsure")
    assert "2 more have no day." in text_of(shown.response)
    await asa.click(shown.response, label="Go on")
    assert TITLES[1] in text_of(shown.response)


async def test_a_meeting_comes_first_and_its_answer_can_be_undone(trial, asa):
    preview = await trial.boss.slash(
        trial.lobby, "meeting schedule", title="Kick-off", when="2026-12-03 13:00"
    )
    await trial.boss.click(preview.response, label="Save")
    shown = await trial.press(asa, "needs:1")
    assert "Kick-off" in answer_of(shown)
    await asa.click(shown.response, label="Going")
    assert "Noted: **Going**" in text_of(shown.response)
    await asa.click(shown.response, label="Undo")
    assert "Kick-off" in text_of(shown.response)


async def test_a_statement_is_asked_for_where_the_organisation_supports(trial, asa):
    shown = await trial.press(asa, "needs:1")
    for _ in range(3):
        await asa.click(shown.response, label="Support")
    assert "How is it at your" in text_of(shown.response)
    form = await asa.click(shown.response, label="Our experience")
    await asa.submit_modal(form, {"stance": "done", "how": "We began with one school."})
    assert "Noted: what you tell about" in text_of(shown.response)
    await asa.click(shown.response, label="Skip")
    assert "Done for today" in text_of(shown.response), "two statements a sitting"
    assert "1 more has no day." in text_of(shown.response)


async def test_what_cannot_be_voted_on_any_more_is_said_and_the_walk_goes_on(trial, asa):
    shown = await trial.press(asa, "needs:1")
    await trial.boss.slash(
        trial.lobby, "factor decide", factor="3", outcome="declined", reason="Told elsewhere."
    )
    await asa.click(shown.response, label="Support")
    assert "was declined" in text_of(shown.response)
    assert TITLES[1] in text_of(shown.response)
