"""``/privacy``: all that is kept about me as a file, and being forgotten."""

import json

import pytest

from bot.domain.members import participants
from bot.domain.members.errors import NotAParticipant
from bot.domain.programme import privacy, programmes
from bot.domain.tracks import places
from storage.organisations.organisations import Organisation
from tests.chat.conftest import text_of


async def begin(town):
    await town.set_up("single")
    organisation = await town.organisation("Vara kommun")
    asa = await town.participant("Vara kommun", "asa")

    def choose(session):
        session.get(Organisation, organisation).contact_id = asa.id

    await town.works.db.write(choose)
    card = await town.publish(asa)
    form = await asa.click(card, custom_id="vote:1:1:object")
    await asa.submit_modal(form, {"reason": "My own words"})


BEGINNINGS = {"voted": begin}


@pytest.fixture
def voted(town):
    """Åsa, contact person of Vara, has proposed a factor and objected to it."""
    town.asa = town.member("asa")
    return town


async def exported(town, person):
    """The file that somebody gets, or None if nothing is kept about them."""
    result = await person.slash(town.lobby, "privacy export")
    assert result.ephemeral
    files = result.response.attachments
    if not files:
        assert "I keep nothing about you" in text_of(result.response)
        return None
    assert files[0].filename == "leda-2026-11-23.json"
    return json.loads(await files[0].read())


async def erase(town, person, label="Yes, forget me"):
    asked = await person.slash(town.lobby, "privacy erase")
    assert asked.ephemeral
    return await person.click(asked.response, label=label)


def held_roles(town, person):
    return town.env.backend.get_member(town.guild.id, person.id).role_ids


def coordinators_told(town):
    return [text_of(each) for each in town.posts(town.channel("coordinators"))]


async def test_an_export_is_a_private_file_of_all_that_is_kept(voted):
    file = await exported(voted, voted.asa)
    assert file["person"] == str(voted.asa.id)
    assert file["made_at"] == "2026-11-23T09:00:00Z"
    assert file["kept"]["vote"][0]["reason"] == "My own words"
    assert file["kept"]["factor"][0]["organisation"] == "Vara kommun"
    assert set(file["about"]) == set(file["kept"])


async def test_whoever_has_done_nothing_is_told_that_nothing_is_kept(voted):
    stranger = voted.person("bo")
    assert await exported(voted, stranger) is None
    asked = await stranger.slash(voted.lobby, "privacy erase")
    assert "I keep nothing about you" in text_of(asked.response)


async def test_erasing_asks_first_and_cancelling_changes_nothing(voted):
    asked = await voted.asa.slash(voted.lobby, "privacy erase")
    assert "cannot be undone" in text_of(asked.response)
    before = (await exported(voted, voted.asa))["kept"]
    cancelled = await erase(voted, voted.asa, "Cancel")
    assert "Nothing was changed" in text_of(cancelled.response)
    assert (await exported(voted, voted.asa))["kept"] == before


async def test_an_erased_person_is_gone_from_roles_cards_and_the_database(voted):
    assert held_roles(voted, voted.asa)
    assert f"<@{voted.asa.id}>" in text_of(voted.cards()[0])
    done = await erase(voted, voted.asa)
    assert "I have forgotten you" in text_of(done.response)
    assert await exported(voted, voted.asa) is None
    assert held_roles(voted, voted.asa) == []
    card = text_of(voted.cards()[0])
    assert f"<@{voted.asa.id}>" not in card
    assert "\N{EN DASH} Vara kommun" in card
    assert "No votes yet" in card


async def test_coordinators_hear_that_an_organisation_has_nobody_left(voted):
    await erase(voted, voted.asa)
    contact, empty = coordinators_told(voted)[-2:]
    assert "**Vara kommun** has no contact person" in contact
    assert "**Vara kommun** has no participant left" in empty


async def test_pressing_twice_after_a_restart_is_harmless(voted):
    asked = [await voted.asa.slash(voted.lobby, "privacy erase") for _ in range(2)]
    await voted.restart()
    first = await voted.asa.click(asked[0].response, custom_id="erase:1")
    assert "I have forgotten you" in text_of(first.response)
    told = coordinators_told(voted)
    second = await voted.asa.click(asked[1].response, custom_id="erase:1")
    assert "I keep nothing about you" in text_of(second.response)
    assert coordinators_told(voted) == told


async def test_who_is_being_forgotten_when_leda_is_killed_is_forgotten_by_the_next_start(voted):
    """Between the first step and the next one."""
    visit = voted.works.visit(voted.guild.id)
    assert await visit.write(privacy.begin, voted.asa.id)
    with pytest.raises(NotAParticipant):
        await visit.read(participants.need, voted.asa.id)
    assert (await exported(voted, voted.asa))["kept"]["vote"][0]["reason"] == "My own words"
    await voted.restart()
    await voted.env.settle()
    assert await exported(voted, voted.asa) is None
    assert "**Vara kommun** has no participant left" in coordinators_told(voted)[-1]


async def test_whoever_confirms_erases_themselves_alone(voted):
    bo = await voted.participant("Vara kommun", "bo")
    await erase(voted, bo)
    assert (await exported(voted, voted.asa))["kept"]["vote"]
    assert f"<@{voted.asa.id}>" in text_of(voted.cards()[0])


async def test_roles_that_cannot_be_taken_away_are_told(voted):
    voted.env.inject_error("DELETE", "/guilds/*/members/*/roles/*", status=403)
    done = await erase(voted, voted.asa)
    assert "could not take the roles" in text_of(done.response)
    assert await exported(voted, voted.asa) is None


async def test_a_request_that_names_an_erased_person_is_taken_down(town):
    await town.set_up("single")
    organisation = await town.organisation("Vara kommun")
    bo = town.person("bo")
    view = await town.works.visit(town.guild.id).read(programmes.view)
    channel = town.bot.get_channel(view.discord_id(places.COORDINATORS))
    card = await channel.send("Bo wants to be let in")

    def ask(session):
        from storage.members.participants import JoinRequest

        session.add(
            JoinRequest(
                programme_id=town.guild.id,
                member_id=bo.id,
                organisation_id=organisation,
                asked_at=town.works.now(),
                channel_id=channel.id,
                message_id=card.id,
            )
        )

    await town.works.db.write(ask)
    await erase(town, bo)
    assert card.id not in town.env.backend.messages[channel.id]
