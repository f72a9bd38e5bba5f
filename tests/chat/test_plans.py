"""A press costs no more when a programme has a million votes: what it asks is found by indexes."""

import pytest

from storage.engines import file_of
from tests.chat.beginnings import with_a_factor
from tests.plans import ROWS, listening, steps

BEGINNINGS = {"pressed": with_a_factor, "walked": with_a_factor}

# What one of these has is little, however old a programme is; by anything else a table that grows
# is not searched, so that nothing is sorted either that is much.
_LITTLE = {
    "rowid", "factor_id", "root_id", "merged_into_id", "member_id", "organisation_id", "thread_id",
    "message_id", "factor_due",
}  # fmt: skip
_SMALL = {"programme", "place", "track", "organisation", "organisation_track", "key_area"}


@pytest.fixture
async def pressed(trial):
    """What is asked while people vote, change it, give reasons, take it back, and are a crowd."""
    anna, card = trial.member("anna"), trial.cards()[-1]
    asa = await trial.participant("Västerås stad", "asa", "sv-SE")
    with listening() as asked:
        for choice in ("support", "unsure", "unsure"):
            await trial.vote(anna, card, choice)
        await trial.object_(asa, card)
        again = await trial.vote(asa, card, "object")
        await asa.click(again.response, label="Ta tillbaka")
        await trial.at_once(*((each, "vote:1:1:support", card) for each in (anna, asa) * 8))
    return asked


@pytest.mark.parametrize("big", [False, True])
async def test_no_press_goes_through_more_than_one_factor_or_one_organisation_has(
    trial, pressed, big
):
    found = steps(file_of(trial.works.db.url), pressed, big=big)
    assert len({step.of for step in found}) > 10, "presses ask more than that"
    assert [step for step in found if step.scans and step.table not in _SMALL] == []
    growing = [step for step in found if step.table in ROWS.keys() - _SMALL]
    assert growing
    assert [step for step in growing if not step.by & _LITTLE and not _asks_for_any(step)] == []


def _asks_for_any(step):
    """Whether somebody has ever voted: the first row that the index has of them is enough."""
    return "participant_id" in step.by and "AS alone" in step.of.statement


@pytest.fixture
async def walked(trial):
    """What is asked while somebody walks through what waits for them, and sees their fates."""
    anna = trial.member("anna")
    with listening() as asked:
        shown = await anna.slash(trial.lobby, "todo")
        await anna.click(shown.response, label="Skip")
        await anna.click(shown.response, label="Undo")
        await anna.click(shown.response, label="Unsure")
        await trial.press(anna, f"fates:1:{trial.guild.id}")
    return asked


async def test_the_walk_and_fates_read_no_table_that_grows_from_its_beginning(trial, walked):
    found = steps(file_of(trial.works.db.url), walked, big=True)
    small = _SMALL | {"factor_change"}  # what waits for the cards to follow: soon empty again
    assert len({step.of for step in found}) > 10
    assert [step for step in found if step.scans and step.table not in small] == []
