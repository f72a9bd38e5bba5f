"""Speaking a language: one and many, commands that can be tapped, the programme's own words."""

import discord
import pytest
from discord import app_commands
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.commands import CommandTranslator, described, named
from bot.i18n.words import Nouns, Words, language_of
from storage.enums import Language

EN, SV = Words(Language.EN), Words(Language.SV)


@pytest.mark.parametrize(
    ("n", "english", "swedish"),
    [
        (0, "0 participants", "0 deltagare"),
        (1, "1 participant", "1 deltagare"),
        (2, "2 participants", "2 deltagare"),
    ],
)
def test_a_number_chooses_between_one_and_many(n, english, swedish):
    assert EN("tally.participants", n=n) == english
    assert SV("tally.participants", n=n) == swedish


def test_swedish_many_differ_from_one():
    assert SV("tally.objections", n=1) == "1 invändning"
    assert SV("tally.objections", n=2) == "2 invändningar"


def test_a_command_can_be_tapped_where_its_id_is_known():
    linked = Words(Language.EN, {"factor propose": 7})
    assert "</factor propose:7>" in linked("draft.kept")
    assert "`/factor propose`" in EN("draft.kept")


def test_a_programmes_own_words_are_used_in_its_own_language_only():
    kommun = Nouns(Language.SV, "kommun", "kommuner", "kommunen")
    swedish, english = Words(Language.SV, nouns=kommun), Words(Language.EN, nouns=kommun)
    said = {"n": 1, "total": 2}
    assert swedish("standing.support", **said) == "1 av 2 kommuner håller med"
    assert english("standing.support", **said) == "1 of 2 organisations supports it"
    assert SV("standing.support", **said) == "1 av 2 organisationer håller med"


def test_a_word_that_a_programme_left_empty_is_the_catalogues():
    assert Words(Language.SV, nouns=Nouns(Language.SV, "", "", "")).noun("many") == "organisationer"


@pytest.mark.parametrize("words", [EN, SV])
def test_a_key_that_there_is_not_or_a_value_that_is_missing_is_an_error(words):
    with pytest.raises(KeyError):
        words("no.such.key")
    with pytest.raises(KeyError):
        words("draft.from")


@given(st.text())
def test_what_people_wrote_is_filled_in_as_it_stands(text):
    for words in (EN, SV):
        assert text in words("draft.from", organisation=text)
        assert words("draft.from", organisation="{/join} {x}").endswith("{/join} {x}")


@pytest.mark.parametrize(
    ("locale", "language"),
    [("sv-SE", Language.SV), ("sv", Language.SV), ("en-GB", Language.EN), ("de", Language.EN),
     (None, Language.EN)],
)  # fmt: skip
def test_swedes_are_spoken_to_in_swedish_and_all_others_in_english(locale, language):
    assert language_of(locale) is language


async def test_the_translator_says_in_swedish_what_has_a_key_and_leaves_the_rest():
    translator, context = CommandTranslator(), None
    swedish, english = discord.Locale.swedish, discord.Locale.british_english
    assert await translator.translate(named("join"), swedish, context) == "gå-med"
    leave = await translator.translate(described("command.leave"), swedish, context)
    assert leave == SV("command.leave")
    assert await translator.translate(named("join"), english, context) is None
    plain = app_commands.locale_str("untranslated")
    assert await translator.translate(plain, swedish, context) is None
