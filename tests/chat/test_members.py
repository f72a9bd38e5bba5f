"""``/join`` and ``/leave`` in a programme open to all: one step, found however it is typed."""

import asyncio

import pytest
from simcord.enums import InteractionType

from bot import patience
from bot.delivery import rounds
from tests.chat.conftest import answer_of

SCHOOL = "School and learning in a digital world"
CARE = "Health and care in a digital world"


async def test_joining_gives_the_roles_of_the_tracks_and_leaving_takes_them(trial):
    anna = trial.person("anna")
    said = answer_of(await anna.slash(trial.lobby, "join", organisation="Västerås stad"))
    assert "**Västerås stad**" in said
    assert SCHOOL in said
    assert trial.roles_of(anna) >= {SCHOOL, CARE}
    said = answer_of(await anna.slash(trial.lobby, "leave"))
    assert "**Västerås stad**" in said
    assert not trial.roles_of(anna) & {SCHOOL, CARE}


async def roles_followed(town):
    """Until this round of the roles is over."""
    await asyncio.gather(*town.crew.roles._queue._tasks.values())


@pytest.fixture
def waits(monkeypatch):
    """Every pause between two tries, in seconds."""
    made = []

    async def sleep(seconds):
        made.append(seconds)

    monkeypatch.setattr(patience, "sleep", sleep)
    return made


async def test_a_role_that_a_broken_discord_did_not_give_comes_later(trial, waits):
    path = f"/guilds/{trial.guild.id}/members/*/roles/*"
    trial.env.inject_error("PUT", path, status=503, times=5)
    anna = trial.person("anna")
    await anna.slash(trial.lobby, "join", organisation="Göteborgs stad")
    assert waits == [1, 2, 4, 8]
    assert SCHOOL not in trial.roles_of(anna)
    await trial.restart()
    await rounds.hourly(trial.crew)
    await roles_followed(trial)
    assert SCHOOL in trial.roles_of(anna)


async def test_a_role_that_leda_may_not_give_is_asked_for_once_an_hour(trial):
    path = f"/guilds/{trial.guild.id}/members/*/roles/*"
    trial.env.inject_error("PUT", path, status=403, times=1)
    anna = await trial.participant("Göteborgs stad", "anna")
    trial.crew.follow_up(trial.guild.id)
    await roles_followed(trial)
    assert SCHOOL not in trial.roles_of(anna), "it would be given if it were asked for"
    await rounds.hourly(trial.crew)
    await roles_followed(trial)
    assert SCHOOL in trial.roles_of(anna)


async def test_moving_changes_the_roles_and_says_what_stays_behind(trial):
    anna = await trial.participant("Göteborgs stad", "anna")
    assert SCHOOL in trial.roles_of(anna)
    said = answer_of(await anna.slash(trial.lobby, "join", organisation="vara kommun"))
    assert "stays with Göteborgs stad" in said
    assert trial.roles_of(anna) & {SCHOOL, CARE} == {CARE}


async def test_joining_and_leaving_are_answered_in_swedish(trial):
    asa = trial.person("asa", "sv-SE")
    join = await asa.slash(trial.lobby, "join", organisation="Västerås stad")
    assert "Välkommen!" in answer_of(join)
    again = await asa.slash(trial.lobby, "join", organisation="Västerås stad")
    assert "Du deltar redan för **Västerås stad**" in answer_of(again)
    assert "Du deltar inte längre" in answer_of(await asa.slash(trial.lobby, "leave"))
    assert "gäst" in answer_of(await asa.slash(trial.lobby, "leave"))
    missing = await asa.slash(trial.lobby, "join", organisation="Vasteras")
    assert "Menade du: Västerås stad?" in answer_of(missing)


async def test_an_organisation_that_is_like_none_is_answered_without_a_guess(trial):
    anna, asa = trial.person("anna"), trial.person("asa", "sv-SE")
    said = answer_of(await anna.slash(trial.lobby, "join", organisation="qqqq"))
    assert "qqqq" in said
    assert "Did you mean" not in said
    said = answer_of(await asa.slash(trial.lobby, "join", organisation="qqqq"))
    assert "Menade du" not in said


async def test_a_hostile_name_is_answered_and_does_nothing(trial):
    anna = trial.person("anna")
    for name in ("@everyone <@&1> [x](https://example.org) {name}", "9" * 300, "\x00", " "):
        said = answer_of(await anna.slash(trial.lobby, "join", organisation=name))
        assert "@everyone" not in said
        assert "<@&1>" not in said
        assert "[x](" not in said


async def test_organisations_complete_forgivingly_in_any_locale(trial):
    for locale in ("en-US", "sv-SE"):
        person = trial.person(f"person-{locale}", locale)
        offered = await trial.autocomplete(person, "join", "organisation", "vasteras")
        assert [each["name"] for each in offered] == ["Västerås stad"]
        everyone = await trial.autocomplete(person, "join", "organisation", "")
        assert [each["name"] for each in everyone] == [
            "Göteborgs stad", "Vara kommun", "Västerås stad",
        ]  # fmt: skip
        assert await trial.autocomplete(person, "join", "organisation", "qqqq") == []


async def test_what_was_chosen_from_the_list_can_be_joined(trial):
    anna = trial.person("anna")
    offered = await trial.autocomplete(anna, "join", "organisation", "vara")
    said = answer_of(await anna.slash(trial.lobby, "join", organisation=offered[0]["value"]))
    assert "**Vara kommun**" in said


async def test_an_error_while_completing_offers_nothing_and_stands_in_the_log(trial, monkeypatch):
    async def broken(*_args, **_kwargs):
        raise RuntimeError("the disk is on fire")

    anna = trial.person("anna")
    monkeypatch.setattr(trial.works.db, "read", broken)
    for command, option in (
        ("join", "organisation"), ("factor show", "factor"), ("factor list", "track"),
        ("organisation add", "tracks"),
    ):  # fmt: skip
        assert await trial.autocomplete(anna, command, option, "x") == []
    monkeypatch.undo()
    assert len(trial.forgive()) == 4


async def test_several_tracks_complete_after_a_comma(trial):
    offered = await trial.autocomplete(trial.boss, "organisation add", "tracks", "School, hea")
    assert [each["value"] for each in offered] == [f"School, {CARE}"]


async def test_in_a_direct_message_nothing_hangs(trial):
    user = trial.env.create_user("stranger")
    trial.locales[user.id] = "sv-SE"
    command = trial.works.speech.links["join"]
    data = {"id": str(command), "name": "join", "type": 1,
            "options": [{"name": "organisation", "type": 3, "value": "x"}]}  # fmt: skip
    result = await trial._raw(user, InteractionType.APPLICATION_COMMAND, data, {})
    assert "Det fungerar i en server" in answer_of(result)
    focused = [{"name": "organisation", "type": 3, "value": "x", "focused": True}]
    typing = InteractionType.APPLICATION_COMMAND_AUTOCOMPLETE
    result = await trial._raw(user, typing, {**data, "options": focused}, {})
    assert result.autocomplete_choices == []
