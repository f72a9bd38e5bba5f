"""Other ways to a proposal: from somebody's message, and on an organisation's behalf."""

import pytest
from simcord.results import ResponseMessage

from bot.domain.factors import factors
from tests.chat.beginnings import with_anna
from tests.chat.conftest import PROPOSAL, answer_of, fields_of, text_of

MENU = "Propose as success factor"

BEGINNINGS = {"anna": with_anna}


@pytest.fixture
def anna(trial):
    """Anna of Göteborg, which is in the school track."""
    return trial.member("anna")


@pytest.fixture
async def coordinator(trial):
    """A coordinator who belongs to no organisation."""
    return trial.person("karin", "sv-SE", roles=[trial.guild.roles["Programme coordinators"]])


def message(trial, text, channel=None, **more):
    place = channel or trial.lobby
    stored = trial.env.backend.create_message(place.id, trial.boss.id, content=text, **more)
    return ResponseMessage(trial.env, stored)


async def view(trial, number=1):
    return await trial.works.db.visit(trial.guild.id, None, trial.clock()).read(
        factors.show, number
    )


# --- from a message


async def test_a_message_is_a_start_that_the_person_sees_and_it_is_linked(trial, anna):
    channel = trial.channel("school-discussion")
    said = message(trial, "We met every Friday.\n@everyone came, 121212-1212 too.", channel)
    form = await anna.context_menu(channel, MENU, said)
    fields = fields_of(form)
    assert fields["how"]["value"] == "We met every Friday.\n@everyone came, ••••••-•••• too."
    assert not fields["title"].get("value")
    assert trial.cards() == []
    await trial.restart()
    preview = await anna.submit_modal(form, {**PROPOSAL, "how": "We met every Friday at eight."})
    url = f"https://discord.com/channels/{trial.guild.id}/{channel.id}/{said.id}"
    assert f"[The message it began with]({url})" in answer_of(preview)
    form = await anna.click(preview.response, label="Change")
    await anna.submit_modal(form, PROPOSAL)
    await anna.click(preview.response, label="Publish")
    assert (await view(trial)).source_url == url


async def test_a_long_message_is_cut_to_what_the_form_holds(trial, anna):
    form = await anna.context_menu(trial.lobby, MENU, message(trial, "åtgärd " * 285))
    assert len(fields_of(form)["how"]["value"]) <= 1800


async def test_a_message_without_text_is_linked_all_the_same(trial, anna):
    card = await trial.publish(anna)
    channel = trial.channel("school-factors")
    form = await anna.context_menu(channel, MENU, card)
    assert not fields_of(form)["how"].get("value")
    preview = await anna.submit_modal(form, {**PROPOSAL, "title": "Another"})
    assert f"/{channel.id}/{card.id}" in answer_of(preview)


async def test_the_menu_opens_the_form_though_a_draft_waits_which_is_kept(trial, anna):
    await trial.propose(anna, title="Mine from before")
    said = message(trial, "We met every Friday.")
    assert (await anna.context_menu(trial.lobby, MENU, said)).modal is not None
    assert "Mine from before" in answer_of(await anna.slash(trial.lobby, "factor propose"))


async def test_a_follower_who_uses_the_menu_learns_how_to_join(trial):
    follower = trial.person("follower")
    answer = await follower.context_menu(trial.lobby, MENU, message(trial, "We met."))
    assert "</join:" in answer_of(answer)


# --- on behalf


async def test_a_coordinator_proposes_for_an_organisation_and_the_card_says_so(trial, coordinator):
    form = await coordinator.slash(trial.lobby, "factor propose", organisation="Vara kommun")
    assert form.modal["title"] == "Föreslå för Vara kommun"
    await trial.restart()
    preview = await coordinator.submit_modal(form, PROPOSAL)
    assert "Du föreslår det åt Vara kommun" in answer_of(preview)
    form = await coordinator.click(preview.response, label="Lägg till detaljer")
    assert list(fields_of(form)) == ["context", "evidence"], "nobody would be named anyway"
    form = await coordinator.click(preview.response, label="Ändra")
    await coordinator.submit_modal(form, {**PROPOSAL, "title": "For Vara"})
    await trial.restart()
    await coordinator.click(preview.response, label="Publicera")
    assert "Vara kommun, entered by a coordinator" in text_of(trial.cards()[0])
    assert [post.id for post in trial.posts(trial.channel("health-factors"), "vote:1")]


async def test_a_draft_on_behalf_is_offered_for_that_organisation_alone(trial, coordinator):
    form = await coordinator.slash(trial.lobby, "factor propose", organisation="Vara kommun")
    await coordinator.submit_modal(form, PROPOSAL)
    offer = await coordinator.slash(trial.lobby, "factor propose", organisation="VARA kommun")
    assert "Du har något åt Vara kommun som inte är publicerat än" in answer_of(offer)
    other = await coordinator.slash(trial.lobby, "factor propose", organisation="Västerås stad")
    assert other.modal["title"] == "Föreslå för Västerås stad"
    anew = await coordinator.click(offer.response, label="Skriv något nytt")
    assert anew.modal["title"] == "Föreslå för Vara kommun"
    assert anew.modal["custom_id"].startswith("behalf:1:")


async def test_only_coordinators_propose_for_others(trial, anna):
    said = answer_of(await anna.slash(trial.lobby, "factor propose", organisation="Vara kommun"))
    assert "Only coordinators" in said


async def test_organisations_are_offered_while_one_types(trial, coordinator):
    found = await trial.autocomplete(coordinator, "factor propose", "organisation", "vara")
    assert [choice["name"] for choice in found] == ["Vara kommun"]
