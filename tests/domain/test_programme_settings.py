"""Settings: tried out, saved once, and never over somebody else's change."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kit.errors import (
    ChoiceUnknown,
    CoordinatorsOnly,
    NameTooLong,
    NotSetUp,
    TimezoneUnknown,
)
from bot.domain.programme import programmes, settings
from bot.domain.programme.errors import ChannelTaken, WordNotLetters, WordsIncomplete
from bot.domain.programme.settings import FIELDS, Choices, SettingsPart
from storage.enums import Joining, Language
from storage.kit.programmes import Programme
from tests.domain.conftest import ELSEWHERE, FOLLOWER, HERE, MANAGER
from tests.domain.scenes import scene

WORDS = {"word_one": "region", "word_many": "regioner", "word_definite": "regionen"}


@scene
def here(world):
    """A programme whose places are all filled, with ids from 1000."""
    world.set_up()
    for number, slot in enumerate(world(programmes.view).slots):
        world(programmes.fill, slot, 1000 + number)
    return world


def chosen(world) -> Choices:
    return world(settings.view, by=MANAGER).choices


def propose(world, part, **typed):
    return world(settings.propose, SettingsPart(part), typed, by=MANAGER)


def save(world, change, person=MANAGER):
    """What the button of the confirmation does."""
    text = settings.said(change.will, change.part)
    seen = settings.mark(change.was, change.part)
    return world(settings.save, change.part, text, seen, by=person)


CHANGES = [
    ("language", {"language": "sv", "timezone": "helsinki"}),
    ("digest", {"digest_weekday": "0", "digest_hour": "16"}),
    ("reminders", {"reminders": "60,10080,15"}),
    ("reminders", {"reminders": ""}),
    ("joining", {"joining": "open"}),
    ("words", WORDS),
    ("channels", {"forum": "77", "coordinators": "78"}),
]


@pytest.mark.parametrize(("part", "typed"), CHANGES)
def test_a_change_is_tried_out_then_saved_and_noted_with_old_and_new(here, part, typed):
    before = chosen(here)
    change = propose(here, part, **typed)
    assert change.was == before == chosen(here), "nothing is saved by trying"
    assert set(typed) <= set(change.fields)
    assert save(here, change).saved
    assert chosen(here) == change.will
    entry = here.journal()[-1]
    assert (entry.kind, entry.who) == ("programme.changed", MANAGER.id)
    was, will = settings.as_texts(before), settings.as_texts(change.will)
    assert entry.data == {name: [was[name], will[name]] for name in change.fields}
    assert json.dumps(entry.data)


def test_settings_are_read_as_they_were_typed(here):
    save(here, propose(here, "language", language="sv", timezone="helsinki"))
    save(here, propose(here, "digest", digest_weekday="0", digest_hour="16"))
    save(here, propose(here, "reminders", reminders="60,10080,15"))
    save(here, propose(here, "joining", joining="open"))
    now = chosen(here)
    assert (now.language, now.timezone) == (Language.SV, "Europe/Helsinki")
    assert (now.digest_weekday, now.digest_hour) == (0, 16)
    assert now.reminders == (10080, 60, 15)
    assert now.joining is Joining.OPEN
    save(here, propose(here, "reminders", reminders=""))
    assert chosen(here).reminders == ()


def test_pressing_save_twice_is_saving_once(here):
    change = propose(here, "digest", digest_weekday="0")
    assert save(here, change).saved
    entries = len(here.journal())
    again = save(here, change)
    assert again.saved
    assert not again.change.fields
    assert len(here.journal()) == entries


def test_the_second_of_two_coordinators_is_shown_what_stands_and_overwrites_nothing(here):
    mine = propose(here, "digest", digest_weekday="0")
    theirs = propose(here, "digest", digest_weekday="4", digest_hour="12")
    assert save(here, theirs).saved
    outcome = save(here, mine)
    assert not outcome.saved
    assert chosen(here).digest_weekday == 4
    assert (outcome.change.was.digest_weekday, outcome.change.was.digest_hour) == (4, 12)
    assert save(here, outcome.change).saved
    assert chosen(here).digest_weekday == 0


def test_two_coordinators_who_change_different_parts_both_get_their_way(here):
    mine = propose(here, "digest", digest_weekday="0")
    theirs = propose(here, "joining", joining="open")
    assert save(here, theirs).saved
    assert save(here, mine).saved
    assert (chosen(here).digest_weekday, chosen(here).joining) == (0, Joining.OPEN)


@pytest.mark.parametrize(
    ("part", "typed", "error"),
    [
        ("language", {"language": "tlh"}, ChoiceUnknown),
        ("language", {"timezone": "Mars/Olympus"}, TimezoneUnknown),
        ("digest", {"digest_weekday": "7"}, ChoiceUnknown),
        ("digest", {"digest_hour": "24"}, ChoiceUnknown),
        ("digest", {"digest_hour": "-1"}, ChoiceUnknown),
        ("digest", {"digest_hour": "nine"}, ChoiceUnknown),
        ("reminders", {"reminders": "61"}, ChoiceUnknown),
        ("reminders", {"reminders": "60,x"}, ChoiceUnknown),
        ("joining", {"joining": "never"}, ChoiceUnknown),
        ("words", {**WORDS, "word_many": ""}, WordsIncomplete),
        ("words", {**WORDS, "word_one": "**region**"}, WordNotLetters),
        ("words", {**WORDS, "word_one": "@everyone"}, WordNotLetters),
        ("words", {**WORDS, "word_one": "{@one}"}, WordNotLetters),
        ("words", {**WORDS, "word_one": "region|x"}, WordNotLetters),
        ("words", {**WORDS, "word_one": "-region"}, WordNotLetters),
        ("words", {**WORDS, "word_one": "r" * 26}, NameTooLong),
        ("channels", {"forum": "1004"}, ChannelTaken),  # the coordinators' channel
        ("channels", {"forum": "1007"}, ChannelTaken),  # a track's
        ("channels", {"forum": "77", "coordinators": "77"}, ChannelTaken),
        ("channels", {"forum": "x"}, ChoiceUnknown),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_changes(here, part, typed, error):
    before, entries = chosen(here), len(here.journal())
    with pytest.raises(error):
        propose(here, part, **typed)
    text = "|".join(typed.get(name, "") for name in FIELDS[SettingsPart(part)])
    seen = settings.mark(before, SettingsPart(part))
    with pytest.raises((error, ChoiceUnknown)):
        here(settings.save, SettingsPart(part), text, seen, by=MANAGER)
    assert chosen(here) == before
    assert len(here.journal()) == entries


def test_only_coordinators_see_try_and_save_settings(here):
    change = propose(here, "joining", joining="open")
    with pytest.raises(CoordinatorsOnly):
        here(settings.view, by=FOLLOWER)
    with pytest.raises(CoordinatorsOnly):
        here(settings.propose, SettingsPart.JOINING, {"joining": "open"}, by=FOLLOWER)
    with pytest.raises(CoordinatorsOnly):
        save(here, change, FOLLOWER)
    assert chosen(here).joining is Joining.CODE


def test_a_server_without_a_programme_has_no_settings(here):
    with pytest.raises(NotSetUp):
        here(settings.view, by=MANAGER, programme=ELSEWHERE)
    with pytest.raises(NotSetUp):
        here(settings.propose, SettingsPart.DIGEST, {}, by=MANAGER, programme=ELSEWHERE)


def test_one_programmes_settings_are_not_anothers(here):
    here.set_up(ELSEWHERE)
    save(here, propose(here, "words", **WORDS))
    save(here, propose(here, "digest", digest_hour="7"))
    other = here(settings.view, by=MANAGER, programme=ELSEWHERE).choices
    assert other.digest_hour == 9
    assert other.word_one == "municipality"


def test_the_presets_word_follows_the_language_and_a_word_of_ones_own_stays(here):
    assert chosen(here).word_many == "municipalities"
    save(here, propose(here, "language", language="sv"))
    assert chosen(here).word_many == "kommuner"
    save(here, propose(here, "words", **WORDS))
    save(here, propose(here, "language", language="en"))
    assert chosen(here).word_many == "regioner"


def test_a_capital_that_the_phone_set_is_taken_back_and_an_abbreviation_kept(here):
    typed = {"word_one": "Region", "word_many": "BUP", "word_definite": "den  stora Regionen"}
    will = propose(here, "words", **typed).will
    assert (will.word_one, will.word_many) == ("region", "BUP")
    assert will.word_definite == "den stora Regionen"


def test_empty_words_are_the_standard_word_again(here):
    save(here, propose(here, "words", **dict.fromkeys(WORDS, "")))
    assert chosen(here).word_one == ""
    nouns = here(lambda session: programmes.nouns_of(session.get(Programme, HERE)))
    assert nouns.one == ""


def test_what_is_left_empty_in_a_list_stays_as_it_was(here):
    assert propose(here, "digest", digest_weekday="", digest_hour="10").fields == ("digest_hour",)
    assert not propose(here, "channels").fields


LETTERS = st.text("abcdefåäöÅÄÖéß", min_size=1, max_size=settings.WORD_LIMIT)

ZONES = st.sampled_from(["UTC", "America/Argentina/ComodRivadavia"])
REMINDERS = st.sets(st.sampled_from(settings.REMINDERS))
IDS = st.integers(0, 2**63 - 1)


@given(st.tuples(LETTERS, LETTERS, LETTERS), ZONES, REMINDERS, st.tuples(IDS, IDS))
def test_a_button_can_carry_every_choice_and_back(words, zone, reminders, channels):
    standing = Choices(
        Language.SV, "UTC", 3, 9, (), Joining.CODE, "", "", "", forum=1, coordinators=2
    )
    will = replace(
        standing,
        timezone=zone,
        reminders=tuple(sorted(reminders, reverse=True)),
        forum=channels[0],
        coordinators=channels[1],
        **dict(zip(FIELDS[SettingsPart.WORDS], words, strict=True)),
    )
    for part in SettingsPart:
        text = settings.said(will, part)
        assert ":" not in text
        assert len(f"setsave:1:{part}:{settings.mark(will, part)}:{text}") <= 100
        if part is not SettingsPart.WORDS:  # a word's first letter may be made small
            back = settings.understand(standing, part, settings.typed_of(part, text))
            assert settings.said(back, part) == text
