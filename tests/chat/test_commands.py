"""What holds for every command: it loads, speaks both languages, and Discord accepts it."""

import json
import re
from pathlib import Path
from typing import Any

import discord
import pytest
from babel.messages.pofile import read_po

from bot.app import create_bot
from bot.client import extension_names
from bot.i18n.commands import CommandTranslator
from bot.settings import Settings
from storage.enums import Language
from tests import old

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"[-_'\w]{1,32}")
SUBCOMMANDS = (1, 2)

# People learn these, and checks outside the project use them: they only grow.
CONTRACT = {
    "factor list": ["track", "status", "sort", "kind", "keyarea"],
    "factor propose": ["organisation"],
    "factor search": ["query", "track", "status"],
    "factor show": ["factor"],
    "factor top": ["track"],
    "join": ["organisation"],
    "leave": [],
    "notify": [],
    "organisation add": ["name", "tracks", "size"],
    "organisation list": [],
    "programme settings": [],
    "programme setup": ["preset", "language", "timezone"],
}


@pytest.fixture
async def bot(tmp_path):
    """The bot with its commands, as they are before it meets Discord."""
    made = create_bot(Settings(database_url=f"sqlite:///{tmp_path / 'leda.db'}", shard_count=1))
    for name in extension_names():
        await made.load_extension(name)
    return made


@pytest.fixture
async def commands(bot) -> list[dict[str, Any]]:
    """Every slash command as Discord is told about it."""
    return await payloads(bot, discord.AppCommandType.chat_input)


async def payloads(bot, kind) -> list[dict[str, Any]]:
    tree, translator = bot.tree, CommandTranslator()
    found = tree.get_commands(type=kind)
    return [await command.get_translated_payload(tree, translator) for command in found]


def parts(node: dict[str, Any], path: str = "") -> list[tuple[str, dict[str, Any]]]:
    """A command, its subcommands and their options, each with its full name."""
    name = f"{path} {node['name']}".strip()
    below = [part for option in node.get("options", []) for part in parts(option, name)]
    return [(name, node), *below]


def every_part(commands: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return [part for command in commands for part in parts(command)]


def alone(node: dict[str, Any]) -> dict[str, Any]:
    """All that is told of it but its options."""
    return {key: said for key, said in node.items() if key != "options"}


def swedish(node: dict[str, Any], what: str) -> str:
    return (node.get(f"{what}_localizations") or {}).get("sv-SE", "")


def english(node: dict[str, Any], what: str) -> set[str]:
    told = node.get(f"{what}_localizations") or {}
    return {node[what], *(text for locale, text in told.items() if locale.startswith("en"))}


# Since standing comes first in that order, and since one word is used for one thing; what is sent
# is the same.
RENAMED = {
    "Highest score first": "Most shared ground first",
    "Högst poäng först": "Bredast samsyn först",
    "Success factors: propose, find, list": "Factors: propose, find, list",
    "The factors that most stand behind": "The factors with the broadest support",
    "Take back a factor that you have proposed": "Withdraw a factor that you have proposed",
    "Skicka veckans veckobrev nu": "Skicka veckobrevet nu",
    "Framgångsfaktorer: föreslå, hitta, lista": "Faktorer: föreslå, hitta, lista",
    "Anta eller avböj en faktor, eller öppna den igen": (
        "Ta med eller avböj en faktor, eller öppna den igen"
    ),
    "Ta tillbaka en faktor som du har föreslagit": "Dra tillbaka en faktor som du har föreslagit",
    "Fungerar här / känt och övervunnet": "Fungerar här / vi kom förbi det",
    "Inte prövat / inte mött": "Inte prövat / har inte stött på det",
    "Prövat, fungerade inte / känt, kvar": "Prövat, fungerade inte / vi har det kvar",
    "Öppna och med i resultatet": "Öppna, och de som tas med",
    "Återtagna": "Tillbakadragna",
    "Mest delade meningar först": "De mest omstridda först",
    "Anta: den ska vara med i vårt gemensamma resultat": "Ta med den i vårt gemensamma resultat",
    "Avböj: den ska inte vara med i vårt gemensamma resultat": (
        "Avböj: den tas inte med i resultatet"
    ),
}


def as_it_is_called(node: Any) -> Any:
    """What an earlier release offered, by the names of today."""
    said = json.dumps(node, ensure_ascii=False)
    for before, now in RENAMED.items():
        said = said.replace(f'"{before}"', f'"{now}"')
    return json.loads(said)


async def test_every_package_of_cogs_loads_and_brings_a_cog(bot):
    packages = {path.parent.name for path in ROOT.glob("cogs/*/__init__.py")} - {"kit"}
    assert {name.removeprefix("cogs.") for name in extension_names()} == packages
    modules = {type(cog).__module__.split(".")[1] for cog in bot.cogs.values()}
    assert modules == packages


async def test_commands_and_their_options_keep_the_names_that_people_learn(commands):
    there = {
        name: [option["name"] for option in node.get("options", [])]
        for name, node in every_part(commands)
        if node["type"] == 1 and not any(o["type"] in SUBCOMMANDS for o in node.get("options", []))
    }
    assert {name: there.get(name) for name in CONTRACT} == CONTRACT


async def test_all_that_an_earlier_release_offered_is_offered_just_so(bot):
    kinds = discord.AppCommandType.chat_input, discord.AppCommandType.message
    today = [each for kind in kinds for each in await payloads(bot, kind)]
    there = {name: alone(node) for name, node in every_part(today)}
    for name, node in every_part(old.commands()):
        assert there.get(name) == as_it_is_called(alone(node)), name


async def test_everything_is_named_and_described_in_both_languages(commands):
    found = every_part(commands)
    assert len(found) > 15
    for name, node in found:
        assert node["description"], name
        assert swedish(node, "description"), name
        assert swedish(node, "description") not in english(node, "description"), name
        assert swedish(node, "name"), name


@pytest.mark.parametrize("language", list(Language))
async def test_texts_speak_of_commands_that_exist(bot, language):
    there = {command.qualified_name for command in bot.tree.walk_commands()}
    with (ROOT / "bot" / "i18n" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    for entry in catalogue:
        if str(entry.id).startswith("help.example."):
            continue  # shown only where its command is
        texts = entry.string if isinstance(entry.string, tuple) else [entry.string]
        for text in texts if entry.id else ():
            assert set(re.findall(r"\{/([^}]*)\}", text)) <= there, entry.id


async def test_the_menu_of_a_message_is_named_in_both_languages_as_discord_accepts(bot):
    menus = await payloads(bot, discord.AppCommandType.message)
    assert [menu["name"] for menu in menus] == ["Propose as success factor"]
    assert [swedish(menu, "name") for menu in menus] == ["Föreslå som faktor"]
    assert all(len(text) <= 32 for menu in menus for text in (menu["name"], swedish(menu, "name")))


async def test_choices_are_named_in_both_languages(commands):
    choices = [choice for _, node in every_part(commands) for choice in node.get("choices", [])]
    assert len(choices) >= 3 + 2 + 5
    for choice in choices:
        assert 1 <= len(choice["name"]) <= 100
        assert 1 <= len(swedish(choice, "name")) <= 100


async def test_names_and_descriptions_are_such_as_discord_accepts(commands):
    for name, node in every_part(commands):
        for text in (*english(node, "name"), swedish(node, "name")):
            assert NAME.fullmatch(text), name
            assert text == text.lower(), name
        for text in (*english(node, "description"), swedish(node, "description")):
            assert 1 <= len(text) <= 100, name


async def test_siblings_differ_in_every_language(commands):
    families = [commands, *(node.get("options", []) for _, node in every_part(commands))]
    for family in families:
        for names in ([node["name"] for node in family], [swedish(n, "name") for n in family]):
            assert len(names) == len(set(names)), names


async def test_there_are_no_more_commands_options_and_choices_than_discord_takes(commands):
    assert len(commands) <= 100
    for name, node in every_part(commands):
        assert len(node.get("options", [])) <= 25, name
        assert len(node.get("choices", [])) <= 25, name


async def test_required_options_stand_before_the_others(commands):
    for name, node in every_part(commands):
        needed = [option.get("required", False) for option in node.get("options", [])
                  if option["type"] not in SUBCOMMANDS]  # fmt: skip
        assert needed == sorted(needed, reverse=True), name


async def test_a_command_has_at_most_8000_characters_in_its_longest_language(commands):
    def longest(node: dict[str, Any], what: str) -> int:
        return max(len(text) for text in (*english(node, what), swedish(node, what)))

    for command in commands:
        size = 0
        for _, node in parts(command):
            size += longest(node, "name") + longest(node, "description")
            for choice in node.get("choices", []):
                size += longest(choice, "name") + len(str(choice["value"]))
        assert size <= 8000, command["name"]


async def test_who_may_is_checked_in_code_and_not_hidden_by_discord(bot, commands):
    """``default_member_permissions`` cannot mean "our coordinators"."""
    assert all(command.get("default_member_permissions") is None for command in commands)
    assert all(command.default_permissions is None for command in bot.tree.get_commands())


async def test_commands_work_in_servers_only(bot):
    contexts, installs = bot.tree.allowed_contexts, bot.tree.allowed_installs
    assert (contexts.guild, contexts.dm_channel, contexts.private_channel) == (True, False, False)
    assert (installs.guild, installs.user) == (True, False)


async def test_a_track_an_organisation_a_factor_and_a_zone_complete_while_typed(commands):
    completing = {name for name, node in every_part(commands) if node.get("autocomplete")}
    assert completing >= {
        "factor list track",
        "factor show factor",
        "join organisation",
        "organisation add tracks",
        "programme setup timezone",
    }


async def test_the_bot_asks_for_no_privileged_intent(bot):
    assert not bot.intents.members
    assert not bot.intents.presences
    assert not bot.intents.message_content
    assert bot.intents.value == discord.Intents(guilds=True, guild_messages=True).value
