"""Identity numbers are hidden in whatever is kept, and whoever wrote one is told so."""

from datetime import UTC, datetime

import pytest

from bot.i18n.words import Words
from storage.enums import Language
from tests.chat.beginnings import with_a_factor
from tests.chat.conftest import text_of

BEGINNINGS = {"card": with_a_factor}
NUMBER = "90 01 01-0017"
HIDDEN = Words(Language.EN)("hidden")
DECIDED = {"factor": "1", "outcome": "adopted"}


@pytest.fixture
def anna(trial):
    return trial.member("anna")


@pytest.fixture
def card(trial):
    """Anna's factor of the school track."""
    return trial.cards()[-1]


def told(result):
    """All that the person was told, privately."""
    messages = [*result.followups, *([result.response] if result.response else [])]
    return [text_of(each) for each in messages if each.ephemeral]


async def object_(trial, anna, card, reason):
    form = await anna.click(card, label="Object")
    return await anna.submit_modal(form, {"reason": reason})


async def decide(trial, anna, card, reason):
    return await trial.boss.slash(trial.lobby, "factor decide", **DECIDED, reason=reason)


async def withdraw(trial, anna, card, reason):
    return await anna.slash(trial.lobby, "factor withdraw", factor="1", reason=reason)


async def tell(trial, anna, card, reason):
    said = {"factor": "1", "stance": "done", "how": reason}
    return await anna.slash(trial.lobby, "factor experience", **said)


@pytest.mark.parametrize("deed", [object_, decide, withdraw, tell])
async def test_objections_reasons_and_experiences_say_that_a_number_was_hidden(
    trial, anna, card, deed
):
    result = await deed(trial, anna, card, f"Ask Eva, {NUMBER}, about it.")
    assert HIDDEN in told(result)
    shown = await anna.slash(trial.lobby, "factor show", factor="1")
    everything = [*told(result), *told(shown), *map(text_of, trial.cards())]
    assert not any("0017" in each for each in everything)


async def schedule(town, title="Kick-off", agenda=""):
    said = {"title": title, "when": "1 december 13:00", "agenda": agenda}
    return await town.boss.slash(town.lobby, "meeting schedule", **said)


async def test_what_is_said_of_a_meeting_says_that_a_number_was_hidden(trial):
    preview = await schedule(trial, agenda=f"Ask Eva, {NUMBER}, about it.")
    assert HIDDEN in told(preview)
    assert HIDDEN not in told(await schedule(trial))
    await trial.boss.click(preview.response, label="Save")
    trial.clock.time = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
    form = await trial.boss.slash(trial.lobby, "meeting minutes", meeting="1")
    assert HIDDEN in told(await trial.boss.submit_modal(form, {"summary": f"Eva {NUMBER} came."}))


async def test_why_a_meeting_is_cancelled_says_that_a_number_was_hidden(trial):
    preview = await schedule(trial)
    await trial.boss.click(preview.response, label="Save")
    form = await trial.boss.slash(trial.lobby, "meeting cancel", meeting="1")
    assert HIDDEN in told(await trial.boss.submit_modal(form, {"reason": f"Eva {NUMBER} is ill."}))


@pytest.mark.parametrize("deed", [object_, decide, withdraw, tell])
async def test_without_a_number_nothing_is_said_of_one(trial, anna, card, deed):
    assert HIDDEN not in told(await deed(trial, anna, card, "It came too early."))
