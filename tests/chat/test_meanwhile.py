"""Two coordinators with the same thing open: the second hears what the first decided."""

import pytest

from tests.chat.conftest import answer_of, fields_of, text_of
from tests.chat.test_meetings import STAMP, planned

FORM = {
    "title": "Kick-off",
    "when": "2026-12-01 13:00",
    "duration": "1 h",
    "where": "",
    "agenda": "",
}
AGENDA = "Who we are, what we try, and what we leave."


@pytest.fixture
async def card(trial):
    return await planned(trial, where="Town hall")


@pytest.fixture
def eva(trial):
    """A coordinator as well."""
    return trial.person("eva", roles=[trial.guild.roles["Programme coordinators"]])


def standing(form):
    """What stands in a form that was opened."""
    return {name: field.get("value", "") for name, field in fields_of(form).items()}


async def open_edit(town, person):
    return await person.slash(town.lobby, "meeting edit", meeting="kick")


async def test_the_second_edit_of_a_meeting_hears_of_the_first_and_keeps_what_was_typed(
    trial, card, eva
):
    first, second = await open_edit(trial, trial.boss), await open_edit(trial, eva)
    stood = standing(second)
    moved = await trial.boss.submit_modal(first, {**stood, "when": "2026-12-03 15:00"})
    await trial.boss.click(moved.response, label="Save")
    refused = await eva.submit_modal(second, {**stood, "where": "Library", "agenda": AGENDA})
    said = answer_of(refused)
    assert "**Kick-off** was changed while you were writing. I changed nothing." in said
    assert "When does it begin? **2026-12-03 15:00**" in said
    assert "Where is it? **Town hall**\n  - You wrote: **Library**" in said
    assert "You wrote: **2026-12-01" not in said, "she left that as she saw it"
    assert "Town hall" in text_of(card)
    again = await eva.click(refused.response, label="Change")
    expected = {**stood, "when": "2026-12-03 15:00", "where": "Library", "agenda": AGENDA}
    assert standing(again) == expected
    await eva.submit_modal(again, standing(again))
    assert "Library" in text_of(card)
    assert STAMP not in text_of(card), "the time that the first chose stays"


async def test_a_move_that_was_shown_is_not_made_over_one_that_came_between(trial, card, eva):
    first, second = await open_edit(trial, trial.boss), await open_edit(trial, eva)
    shown = await trial.boss.submit_modal(first, {**FORM, "when": "2026-12-03 15:00"})
    other = await eva.submit_modal(second, {**FORM, "when": "2026-12-04 9:00"})
    await eva.click(other.response, label="Save")
    await trial.boss.click(shown.response, label="Save")
    said = text_of(shown.response)
    assert "was changed while you were writing" in said
    assert "**2026-12-04 09:00**\n  - You wrote: **2026-12-03 15:00**" in said
    again = await trial.boss.click(shown.response, label="Change")
    await trial.boss.submit_modal(again, standing(again))
    await trial.boss.click(shown.response, label="Save")
    assert "is changed" in text_of(shown.response)


async def test_who_left_the_form_open_while_time_passed_is_not_told_of_others(trial, eva):
    await planned(trial, repeat="weekly", times=3)
    which = await open_edit(trial, eva)
    form = await eva.click(which.response, label="All to come")
    stood = standing(form)
    trial.clock.pass_(days=9)
    done = await eva.submit_modal(form, {**stood, "where": "Library"})
    assert "is changed" in answer_of(done)


async def test_a_save_that_is_delivered_twice_is_made_once_and_told_as_made(trial, card, eva):
    shown = await eva.submit_modal(
        await open_edit(trial, eva), {**FORM, "when": "2026-12-03 15:00"}
    )
    press = "meetingmove:1:2"
    await trial.at_once((eva, press, shown.response), (eva, press, shown.response))
    assert "is changed" in text_of(shown.response)


async def test_what_is_cancelled_after_somebody_moved_it_is_asked_about(trial, card, eva):
    cancelling = await eva.slash(trial.lobby, "meeting cancel", meeting="kick")
    moved = await trial.boss.submit_modal(
        await open_edit(trial, trial.boss), {**FORM, "when": "2026-12-03 15:00"}
    )
    await trial.boss.click(moved.response, label="Save")
    refused = await eva.submit_modal(cancelling, {"reason": "Ill."})
    said = answer_of(refused)
    assert "was changed while you were writing" in said
    assert "Thursday 3 December 2026 at 15:00" in said
    assert "Ill." in said
    assert "~~Kick-off~~" not in text_of(card)
    form = await eva.click(refused.response, label="Cancel it anyway")
    await eva.submit_modal(form, {"reason": "Ill."})
    assert "~~Kick-off~~" in text_of(card)


async def test_who_edits_or_cancels_what_was_cancelled_gets_back_what_they_wrote(trial, card, eva):
    edit = await open_edit(trial, eva)
    cancel = await eva.slash(trial.lobby, "meeting cancel", meeting="kick")
    first = await trial.boss.slash(trial.lobby, "meeting cancel", meeting="kick")
    await trial.boss.submit_modal(first, {"reason": "Many are ill."})
    refused = answer_of(await eva.submit_modal(edit, {**FORM, "agenda": AGENDA}))
    assert "**Kick-off** was cancelled" in refused
    assert AGENDA in refused
    refused = answer_of(await eva.submit_modal(cancel, {"reason": "The hall is closed."}))
    assert "**Kick-off** was cancelled" in refused
    assert "The hall is closed." in refused
    assert "> Many are ill." in text_of(card)


async def test_minutes_are_not_written_over_those_that_came_between(trial, card, eva):
    trial.clock.pass_(days=9)
    forms = [
        await person.slash(trial.lobby, "meeting minutes", meeting="1")
        for person in (trial.boss, eva)
    ]
    await trial.boss.submit_modal(forms[0], {"summary": "We agreed.", "links": ""})
    refused = answer_of(await eva.submit_modal(forms[1], {"summary": AGENDA, "links": ""}))
    assert "It now says: We agreed." in refused
    assert AGENDA in refused
    assert "We agreed." in text_of(card)
    again = await eva.slash(trial.lobby, "meeting minutes", meeting="1")
    await eva.submit_modal(again, {"summary": AGENDA, "links": ""})
    assert AGENDA in text_of(card)


@pytest.fixture
async def factor(trial):
    anna = await trial.participant("Göteborgs stad", "anna")
    return await trial.publish(anna)


async def open_more(town, person, label):
    shown = await person.slash(town.lobby, "factor show", factor="1")
    return await person.click(shown.response, label=label)


async def test_voting_days_are_not_set_over_those_that_came_between(trial, factor, eva):
    people = (trial.boss, eva, eva)
    forms = [await trial.press(person, "days:1:1", factor) for person in people]
    await trial.boss.submit_modal(forms[0], {"opens": "", "closes": "2026-12-20"})
    refused = await eva.submit_modal(forms[1], {"opens": "2026-12-01", "closes": "2026-12-31"})
    assert "It now says: … \u2013 2026-12-20" in answer_of(refused)
    assert "2026-12-31" in answer_of(refused)
    agreed = await eva.submit_modal(forms[2], {"opens": "", "closes": "2026-12-20"})
    assert "now says" not in answer_of(agreed), "it is so already"


async def test_a_factor_is_not_put_elsewhere_than_somebody_put_it_meanwhile(trial, factor, eva):
    for name in ("People", "Tools"):
        await trial.boss.slash(trial.lobby, "keyarea create", name=name)
    forms = [await trial.press(person, "area:1:1", factor) for person in (trial.boss, eva)]
    await trial.boss.submit_modal(forms[0], {"key_area": ["1"]})
    refused = await eva.submit_modal(forms[1], {"key_area": ["2"]})
    assert "It now says: People" in answer_of(refused)


async def test_the_digests_form_is_not_saved_over_what_somebody_saved_meanwhile(trial, eva):
    opened = [
        (person, await person.slash(trial.lobby, "digest settings")) for person in (trial.boss, eva)
    ]
    second = opened[1][1]
    forms = [
        await person.click(card.response, label="Sections and greeting") for person, card in opened
    ]
    sections = ["new", "moved"]
    await trial.boss.submit_modal(forms[0], {"sections": sections, "greeting": "Welcome!"})
    refused = await eva.submit_modal(forms[1], {"sections": sections, "greeting": AGENDA})
    assert "This was changed while you had it open" in answer_of(refused)
    assert AGENDA in answer_of(refused)
    assert "Welcome!" in text_of(second.response), "her card shows what stands"
