"""The preview: details, factors that say the same, the gentle question, and no copies."""

import pytest

from bot.domain.factors import factors, keyareas
from storage.desk import Person
from storage.factors.factors import Factor
from tests.chat.beginnings import with_anna, with_asa
from tests.chat.conftest import PROPOSAL, answer_of, fields_of, text_of

OTHER = {"title": "Ask the night staff", "how": "The manager stays until they come and asks them."}

BEGINNINGS = {"asa": with_asa, "anna": with_anna}


@pytest.fixture
def anna(trial):
    """Anna of Göteborg, which is in the school track."""
    return trial.member("anna")


@pytest.fixture
def asa(trial):
    """Åsa of Västerås, which is in both tracks; her Discord is Swedish."""
    return trial.member("asa")


async def factor(trial, number=1):
    return await trial.works.db.visit(trial.guild.id, None, trial.clock()).read(
        factors.show, number
    )


async def key_area(trial, name):
    boss = Person(trial.boss.id, frozenset(), manages_server=True)
    await trial.works.db.visit(trial.guild.id, boss, trial.clock()).write(keyareas.create, name)


def buttons(message) -> list[str]:
    found = []

    def walk(component):
        found.extend([component["custom_id"]] if "custom_id" in component else [])
        for below in component.get("components") or []:
            walk(below)
        if component.get("accessory"):
            walk(component["accessory"])

    for component in message.components:
        walk(component)
    return found


# --- details


async def test_details_are_added_to_the_preview_and_stand_in_what_is_published(trial, anna):
    await key_area(trial, "Leadership")
    preview = await trial.propose(anna)
    await trial.restart()
    form = await anna.click(preview.response, label="Add details")
    fields = fields_of(form)
    assert list(fields) == ["context", "key_area", "evidence", "name"]
    assert [option["label"] for option in fields["key_area"]["options"]] == ["None", "Leadership"]
    await trial.restart()
    said = {"context": "Home care.", "key_area": ["1"], "evidence": "Ten of twelve units."}
    await anna.submit_modal(form, {**said, "name": "organisation"})
    shown = text_of(preview.response)
    for part in ("Home care.", "🗂️ Leadership", "Ten of twelve units.", "Your name is not shown"):
        assert part in shown
    await anna.click(preview.response, label="Publish")
    view = await factor(trial)
    assert (view.context, view.evidence, view.key_area) == (*list(said.values())[::2], "Leadership")
    assert "\N{EN DASH} Göteborgs stad" in text_of(trial.cards()[0])


async def test_details_ask_for_no_key_area_where_there_is_none_and_speak_swedish(trial, asa):
    preview = await trial.propose(asa)
    form = await asa.click(preview.response, label="Lägg till detaljer")
    fields = fields_of(form)
    assert list(fields) == ["context", "evidence", "name"]
    assert "hemtjänsten" in fields["context"]["placeholder"]
    await asa.submit_modal(form, {"context": "Hemtjänsten.", "evidence": "", "name": "shown"})
    assert "**Sammanhang: vad arbetade ni med?**\nHemtjänsten." in text_of(preview.response)
    again = await asa.click(preview.response, label="Lägg till detaljer")
    assert fields_of(again)["context"]["value"] == "Hemtjänsten."


async def test_a_change_of_the_text_keeps_the_details(trial, anna):
    preview = await trial.propose(anna)
    form = await anna.click(preview.response, label="Add details")
    await anna.submit_modal(form, {"context": "Home care.", "evidence": "", "name": "shown"})
    form = await anna.click(preview.response, label="Change")
    await anna.submit_modal(form, {**PROPOSAL, "how": "The manager opened every meeting with it."})
    said = text_of(preview.response)
    assert "Home care." in said
    assert "The manager opened" in said


# --- similar factors


async def test_who_finds_their_factor_there_already_supports_it_and_drops_theirs(trial, anna, asa):
    card = await trial.publish(asa)
    preview = await trial.propose(anna, title="Try it in small steps first")
    said = answer_of(preview)
    assert "Is it one of these already?" in said
    assert f"/{card.channel_id}/{card.id}" in said
    await trial.restart()
    thanks = await anna.click(preview.response, label="Support this instead")
    assert "Your support counts" in text_of(thanks.response)
    assert f"/{card.channel_id}/{card.id}" in text_of(thanks.response)
    assert "1 supports" in text_of(card)
    await trial.restart()
    dropped = await anna.click(thanks.response, label="Discard my draft")
    assert "discarded" in text_of(dropped.response)
    assert (await anna.slash(trial.lobby, "factor propose")).modal is not None


async def test_support_instead_never_takes_a_vote_back(trial, anna, asa):
    card = await trial.publish(asa)
    await trial.vote(anna, card, "support")
    preview = await trial.propose(anna)
    press = next(each for each in buttons(preview.response) if each.startswith("instead:1:"))
    for _ in range(2):
        assert "Your support counts" in answer_of(await trial.press(anna, press, preview.response))
    assert (await factor(trial)).tally.support == 1


async def test_one_may_publish_ones_own_all_the_same(trial, anna, asa):
    await trial.publish(anna)
    preview = await trial.propose(asa)
    assert "Finns den redan här?" in answer_of(preview)
    thanks = await asa.click(preview.response, label="Stöd den här i stället")
    await asa.click(thanks.response, label="Publicera mitt ändå")
    assert len(trial.cards()) == 2
    assert (await factor(trial)).tally.support == 1


async def test_what_takes_no_votes_is_shown_but_not_to_support(trial, anna, asa):
    def adopt(session):
        session.get(Factor, 1).status = "adopted"

    await trial.publish(asa)
    await trial.works.db.write(adopt)
    preview = await trial.propose(anna)
    assert "Is it one of these already?" in answer_of(preview)
    assert not [each for each in buttons(preview.response) if each.startswith("instead:")]


async def test_a_factor_like_none_is_shown_without_others(trial, anna, asa):
    await trial.publish(asa)
    assert "Is it one of these" not in answer_of(await trial.propose(anna, **OTHER))


# --- the gentle question


@pytest.mark.parametrize(
    ("kind", "asked"),
    [("promoting", "**Hur gjorde ni?** En mening"), ("inhibiting", "vad gjorde ni åt det?**")],
)
async def test_a_how_without_a_doing_is_asked_about_once_and_goes_out_as_it_is(
    trial, asa, kind, asked
):
    preview = await trial.propose(asa, how="Vi har ett bra ledarskap.", kind=kind)
    assert asked in answer_of(preview)
    form = await asa.click(preview.response, label="Ändra")
    await asa.submit_modal(form, {**PROPOSAL, "kind": kind, "how": "Vi har en bra chef."})
    assert "Vi har en bra chef." in text_of(preview.response)
    assert asked not in text_of(preview.response)
    await asa.click(preview.response, label="Publicera")
    assert "Vi har en bra chef." in text_of(trial.cards()[0])


async def test_a_how_with_a_doing_is_not_asked_about(trial, anna):
    said = answer_of(await trial.propose(anna))
    assert "helps others" not in said


# --- copies


async def test_nearly_the_same_again_is_refused_kindly_and_the_draft_is_kept(trial, anna):
    card = await trial.publish(anna)
    preview = await trial.propose(anna, title="Try it small at first")
    said = answer_of(await anna.click(preview.response, label="Publish"))
    assert "Nearly the same is there already: **Try it small first**" in said
    assert f"/{card.channel_id}/{card.id}" in said
    assert len(trial.cards()) == 1
    form = await anna.click(preview.response, label="Change")
    await anna.submit_modal(form, {**PROPOSAL, **OTHER})
    await anna.click(preview.response, label="Publish")
    assert len(trial.cards()) == 2


async def test_a_copy_is_refused_in_swedish_too(trial, asa):
    await trial.publish(asa)
    preview = await trial.propose(asa)
    said = answer_of(await asa.click(preview.response, label="Publicera"))
    assert "Nästan samma sak finns redan" in said
