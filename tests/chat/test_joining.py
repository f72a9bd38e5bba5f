"""Joining by code, by approval, by button."""

import pytest

from bot.domain.members import directory, participants
from storage.enums import Joining
from storage.organisations import organisations as kept
from tests import desks
from tests.chat.conftest import text_of


async def begin(town):
    await town.set_up(joining=Joining.CODE)
    await town.organisation("Västerås stad", "health")
    await town.organisation("Vara kommun", "health")


BEGINNINGS = {"closed": begin}


@pytest.fixture
def closed(town):
    """A programme that takes a code, with one organisation of each track."""
    return town


async def code_of(town, name: str, code: str | None = None) -> str:
    def look(session):
        row = kept.find_named(desks.bare(session, town.guild.id), name)
        if code:
            row.code = code
        return row.code

    return await town.works.db.write(look)


async def test_the_code_from_the_invitation_lets_in_however_it_is_written(closed):
    code = await code_of(closed, "vara kommun", "KDBM7QRT")
    asa = closed.person("asa")
    form = await asa.slash(closed.lobby, "join", organisation="vara kommun")
    result = await asa.submit_modal(form, {"code": f" {code[:4].lower()}-{code[4:]} "})
    assert "Welcome" in text_of(result.response)
    assert "so others can work that out" in text_of(result.response), "nobody else is here for it"
    assert result.ephemeral
    view = await closed.works.visit(closed.guild.id).read(participants.need, asa.id)
    assert view.organisation == "Vara kommun"


async def test_a_wrong_code_lets_nobody_in_and_five_are_enough(closed):
    await code_of(closed, "vara kommun", "KDBM7QRT")
    asa = closed.person("asa")
    for _ in range(5):
        form = await asa.slash(closed.lobby, "join", organisation="vara kommun")
        result = await asa.submit_modal(form, {"code": "WRONGONE"})
        assert "not the code" in text_of(result.response)
    form = await asa.slash(closed.lobby, "join", organisation="vara kommun")
    result = await asa.submit_modal(form, {"code": "KDBM7QRT"})
    assert "5 codes were wrong" in text_of(result.response)


async def ask(town, name: str):
    """Somebody without a code asks to be let in at Vara kommun."""
    member = town.person(name)
    form = await member.slash(town.lobby, "join", organisation="vara kommun")
    offer = await member.submit_modal(form, {"code": ""})
    return member, await member.click(offer.response, label="Ask to be let in")


def requests_in(town):
    return town.posts(town.channel("coordinators"), "request:1")


async def test_without_a_code_coordinators_are_asked_and_can_approve_after_a_restart(closed):
    asa, answer = await ask(closed, "asa")
    assert "asked the coordinators" in text_of(answer.response)
    request = requests_in(closed)[-1]
    await closed.restart()
    await closed.boss.click(request, label="Approve")
    after = text_of(closed.posts(closed.channel("coordinators"))[-1])
    assert "Approved by" in after
    assert (await closed.works.visit(closed.guild.id).read(participants.need, asa.id)).organisation
    assert "Welcome" in text_of(asa.user.dm_channel.last_message)


async def test_a_decision_cannot_be_taken_twice(closed):
    asa, _ = await ask(closed, "asa")
    request = requests_in(closed)[-1]
    await closed.boss.click(request, label="Decline")
    assert not requests_in(closed)
    assert "could not be let in" in text_of(asa.user.dm_channel.last_message)


async def test_a_participant_cannot_decide_for_the_coordinators(closed):
    await code_of(closed, "vara kommun", "KDBM7QRT")
    bo = closed.person("bo")
    form = await bo.slash(closed.lobby, "join", organisation="vara kommun")
    await bo.submit_modal(form, {"code": "KDBM7QRT"})
    await ask(closed, "asa")
    request = requests_in(closed)[-1]
    closed.env.backend.channels[closed.channel("coordinators").id].overwrites.clear()
    result = await bo.click(request, label="Approve")
    assert "Only the contact person" in text_of(result.response)


async def test_the_contact_person_is_asked_by_direct_message_and_lets_in(closed):
    await code_of(closed, "vara kommun", "KDBM7QRT")
    bo = closed.person("bo")
    form = await bo.slash(closed.lobby, "join", organisation="vara kommun")
    await bo.submit_modal(form, {"code": "KDBM7QRT"})

    def appoint(session):
        kept.find_named(desks.bare(session, closed.guild.id), "vara kommun").contact_id = bo.id

    await closed.works.db.write(appoint)
    asa, answer = await ask(closed, "asa")
    assert "contact person" in text_of(answer.response)
    await bo.user.click(bo.user.dm_channel.last_message, label="Approve")
    assert (await closed.works.visit(closed.guild.id).read(participants.need, asa.id)).organisation
    assert not requests_in(closed)


async def test_a_contact_person_who_has_left_lets_nobody_in(closed):
    await code_of(closed, "vara kommun", "KDBM7QRT")
    bo = closed.person("bo")
    form = await bo.slash(closed.lobby, "join", organisation="vara kommun")
    await bo.submit_modal(form, {"code": "KDBM7QRT"})

    def appoint(session):
        kept.find_named(desks.bare(session, closed.guild.id), "vara kommun").contact_id = bo.id

    await closed.works.db.write(appoint)
    await ask(closed, "asa")
    note = bo.user.dm_channel.last_message
    await bo.slash(closed.lobby, "leave")
    result = await bo.user.click(note, label="Approve")
    assert "Only the contact person" in text_of(result.response)


async def test_how_to_be_reached_is_one_tap_after_joining_and_stays(town):
    await town.set_up()
    await town.organisation("Vara kommun", "health")
    asa = town.person("asa")
    joined = await asa.slash(town.lobby, "join", organisation="Vara kommun")
    await asa.click(joined.response, label="Mention")
    await town.restart()
    choices = await asa.slash(town.lobby, "notify")
    assert "I **mention** you" in text_of(choices.response)
    await asa.click(choices.response, label="Reminders: on")
    again = await asa.slash(town.lobby, "notify")
    assert "Reminders: off" in text_of(again.response)


async def test_when_a_contact_person_leaves_coordinators_are_told_once_it_is_final(town):
    await town.set_up()
    await town.organisation("Vara kommun", "health")
    bo = await town.participant("Vara kommun", "bo")
    await town.participant("Vara kommun", "asa")

    def appoint(session):
        kept.find_named(desks.bare(session, town.guild.id), "vara kommun").contact_id = bo.id

    await town.works.db.write(appoint)
    await bo.slash(town.lobby, "leave")
    assert told_of(town, "Vara kommun") == 0
    await pass_undo(town)
    assert told_of(town, "Vara kommun") == 1


def told_of(town, name: str) -> int:
    posts = town.posts(town.channel("coordinators"))
    return sum(name in text_of(post) for post in posts)


async def pass_undo(town) -> None:
    town.clock.pass_(minutes=15, seconds=1)
    await town.crew.courier.deliver()
    await town.env.settle()


async def test_leaving_is_undone_without_a_code_and_also_after_a_restart(closed):
    code, asa = await code_of(closed, "vara kommun", "KDBM7QRT"), closed.person("asa")
    form = await asa.slash(closed.lobby, "join", organisation="vara kommun")
    await asa.submit_modal(form, {"code": code})
    left = await asa.slash(closed.lobby, "leave")
    await closed.restart()
    closed.clock.pass_(minutes=14)
    back = await asa.click(left.response, label="Undo")
    assert "as if nothing had happened" in text_of(back.response)
    view = await closed.works.visit(closed.guild.id).read(participants.need, asa.id)
    assert view.organisation == "Vara kommun"
    told = told_of(closed, "no participant left")
    await pass_undo(closed)
    assert told_of(closed, "no participant left") == told


async def test_after_a_quarter_of_an_hour_one_joins_again_as_at_first(closed):
    code, asa = await code_of(closed, "vara kommun", "KDBM7QRT"), closed.person("asa")
    form = await asa.slash(closed.lobby, "join", organisation="vara kommun")
    await asa.submit_modal(form, {"code": code})
    left = await asa.slash(closed.lobby, "leave")
    await pass_undo(closed)
    late = await asa.click(left.response, label="Undo")
    assert "15 minutes are over" in text_of(late.response)
    again = await asa.click(late.response, label="Join")
    assert "Where do you come from?" in text_of(again.response)


@pytest.mark.simcord(settle_timeout=60)
async def test_two_hundred_people_who_join_at_once_all_count_and_get_their_roles(town):
    await town.set_up(preset="single")
    await town.organisation("Vara kommun")
    people = [town.person(f"p{number}") for number in range(200)]
    command = {
        "id": str(town.works.speech.links["join"]), "name": "join", "type": 1,
        "options": [{"name": "organisation", "type": 3, "value": "Vara kommun"}],
    }  # fmt: skip
    results = await town.commands_at_once(*[(person, command) for person in people])
    assert all("Welcome" in text_of(result.response) for result in results)
    assert all("roles follow in a moment" in text_of(result.response) for result in results)
    everyone = await town.works.visit(town.guild.id).read(directory.all_of)
    assert [view.participants for view in everyone] == [200]
    members = town.env.backend.guilds[town.guild.id].members
    assert all(len(members[person.id].role_ids) == 1 for person in people)


async def test_who_takes_part_already_hears_so_at_once_and_may_move(closed):
    code, asa = await code_of(closed, "vara kommun", "KDBM7QRT"), closed.person("asa")
    form = await asa.slash(closed.lobby, "join", organisation="vara kommun")
    await asa.submit_modal(form, {"code": code})
    [home] = closed.posts(closed.channel("start-here"), "join:1")
    shown = await asa.click(home, custom_id="join:1")
    assert shown.ephemeral
    assert "You take part for **Vara kommun** already" in text_of(shown.response)
    elsewhere = await asa.click(shown.response, custom_id="elsewhere:1")
    assert "Where do you come from?" in text_of(elsewhere.response)
