"""``/help``: what this person can do here and now."""

import re

import pytest
from discord import app_commands

from bot.app import create_bot
from bot.client import extension_names
from bot.domain.members.participants import MemberStanding, ParticipantView
from bot.domain.tracks.tracks import TrackView
from bot.i18n.words import Words
from bot.settings import Settings
from cogs.help.cards import commands_card, help_card
from storage.enums import Language
from storage.organisations.organisations import Organisation
from tests.chat.conftest import text_of
from tests.ui.layouts import buttons_of, texts_of

LINK = re.compile(r"</([^:>]+):\d+>")
PARTICIPANT = ParticipantView(1, 2, 3, "Vara kommun", (TrackView(1, "School", "🏫", "school"),))
STANDINGS = {
    "nothing set up": MemberStanding(set_up=False, manages_server=False),
    "to be set up": MemberStanding(set_up=False, manages_server=True),
    "follower": MemberStanding(set_up=True, manages_server=False),
    "participant": MemberStanding(set_up=True, manages_server=False, participant=PARTICIPANT),
    "coordinator": MemberStanding(set_up=True, manages_server=False, coordinator=True),
    "all at once": MemberStanding(
        set_up=True,
        manages_server=True,
        coordinator=True,
        participant=PARTICIPANT,
        answers_for=("Vara kommun",),
    ),
}


@pytest.fixture
async def there(tmp_path) -> list[str]:
    """The full names of all commands."""
    bot = create_bot(Settings(database_url=f"sqlite:///{tmp_path / 'leda.db'}", shard_count=1))
    for name in extension_names():
        await bot.load_extension(name)
    walked = bot.tree.walk_commands()
    return [each.qualified_name for each in walked if isinstance(each, app_commands.Command)]


def said_to(standing: MemberStanding, there: list[str], language: Language = Language.EN) -> str:
    words = Words(language, {name: number for number, name in enumerate(there, 1)})
    return "\n".join(
        str(component["content"])
        for component in commands_card(words, standing, there).to_components()[0]["components"]
        if "content" in component
    )


def linked(text: str) -> set[str]:
    """The commands that are offered; one that is not there would have no link."""
    assert "`/" not in text
    return set(LINK.findall(text))


async def test_every_command_is_offered_to_somebody_and_no_other(there):
    offered = set().union(*(linked(said_to(each, there)) for each in STANDINGS.values()))
    assert offered == set(there)


async def test_followers_are_not_offered_what_they_may_not(there):
    offered = linked(said_to(STANDINGS["follower"], there))
    assert "join" in offered
    assert not offered & {"factor propose", "leave", "organisation add", "programme setup"}


async def test_participants_are_offered_proposing_and_not_coordinating(there):
    offered = linked(said_to(STANDINGS["participant"], there))
    assert {"factor propose", "leave"} <= offered
    assert not offered & {"organisation add", "programme setup"}


async def test_coordinators_are_offered_setup_only_if_they_manage_the_server(there):
    assert "programme setup" not in linked(said_to(STANDINGS["coordinator"], there))
    offered = linked(said_to(STANDINGS["all at once"], there))
    assert {"programme setup", "organisation add", "factor propose"} <= offered


@pytest.mark.parametrize("name", sorted(set(STANDINGS) - {"nothing set up"}))
@pytest.mark.parametrize("language", Language)
async def test_there_are_three_examples_and_the_whole_is_short(there, name, language):
    text = said_to(STANDINGS[name], there, language)
    assert text.count("\n- ") == 3
    assert len(text) < 3000


async def test_commands_that_are_not_there_yet_are_left_out(there):
    few = ["join", "help", "factor list"]
    assert linked(said_to(STANDINGS["follower"], few)) == set(few)


async def test_before_setup_a_manager_is_told_how_and_others_whom_to_ask(town):
    anna = town.person("anna")
    told = text_of((await anna.slash(town.lobby, "help")).response)
    assert "no programme yet" in told
    assert "Manage Server" in told
    told = text_of((await town.boss.slash(town.lobby, "help")).response)
    assert "you can start it" in told
    assert LINK.findall(told)[0] == "programme setup"


async def test_help_changes_with_what_a_person_is_and_speaks_their_language(town):
    await town.set_up("single")
    organisation = await town.organisation("Vara kommun")
    asa = town.person("asa", "sv-SE")
    result = await asa.slash(town.lobby, "help")
    assert result.ephemeral
    assert "Du följer programmet som gäst" in text_of(result.response)
    await asa.slash(town.lobby, "join", organisation="Vara kommun")

    def choose(session):
        session.get(Organisation, organisation).contact_id = asa.id

    await town.works.db.write(choose)
    shown = await asa.slash(town.lobby, "help")
    told = text_of(shown.response)
    assert "Du deltar för Vara kommun" in told
    assert "kontaktperson för **Vara kommun**" in told
    assert LINK.findall(told) == [], "buttons first"
    shown = await asa.click(shown.response, label="Alla kommandon")
    assert "factor propose" in LINK.findall(text_of(shown.response))


@pytest.mark.parametrize("name", sorted(set(STANDINGS) - {"nothing set up", "to be set up"}))
@pytest.mark.parametrize("language", Language)
def test_help_begins_with_four_or_five_buttons_and_few_words(name, language):
    card = help_card(Words(language), STANDINGS[name])
    assert len(buttons_of(card)) in {4, 5}
    assert "commands:1" in buttons_of(card)
    assert sum(map(len, texts_of(card))) < 450
