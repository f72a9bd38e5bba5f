"""The gentle question: whether a HOW tells what somebody did.

The examples stand in ``gentle/``, with an empty line between two. Those in ``later-…`` were written
when the rule was done, to see how it does on texts it was not made from.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.gentle import tells_how
from bot.domain.gentle_words import lexicon

HERE = Path(__file__).with_name("gentle")
WORDS = Path(__file__).parents[2] / "bot" / "domain" / "words"
LANGUAGES = ("sv", "en")
DOINGS = (
    "Enhetschefen frågade alla.",
    "Vi testade två lås i en månad",
    "Ring dem som slutat.",
    "We asked everyone.",
    "By letting pupils teach",
    "The nurse tests it first.",
)


def examples(kind: str, language: str) -> list[str]:
    text = (HERE / f"{kind}.{language}.txt").read_text("utf-8")
    return [example.strip() for example in text.split("\n\n")]


def every(*kinds: str) -> list[str]:
    return [text for kind in kinds for language in LANGUAGES for text in examples(kind, language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_at_least_forty_five_examples_of_each_kind_and_none_twice(language):
    for kind in ("tells", "empty"):
        found = examples(kind, language)
        assert len(found) >= 45
        assert len(set(found)) == len(found)
        assert len(set(examples(f"later-{kind}", language)) - set(found)) == 15


@pytest.mark.parametrize("text", every("tells", "later-tells"))
def test_a_text_that_tells_what_somebody_did_is_not_asked_about(text):
    assert tells_how(text)


@pytest.mark.parametrize("text", every("empty", "later-empty"))
def test_a_text_that_only_says_how_things_are_is_asked_about(text):
    assert not tells_how(text)


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Vi frågade personalen.", True),
        ("Vi frågade inte personalen.", False),
        ("Vi frågade inte bara personalen.", True),
        ("Ingen chef frågade personalen.", False),
        ("Vi borde ha frågat personalen.", False),
        ("Vi ska fråga personalen.", False),
        ("Fråga personalen.", True),
        ("Vi lät personalen fråga.", True),
        ("We asked the staff.", True),
        ("We didn't ask the staff.", False),
        ("We didn\u2019t just ask the staff, we let them choose.", True),
        ("We should have asked the staff.", False),
        ("Nobody asked the staff, but we listed their errors.", True),
        ("By asking the staff.", True),
        ("Without asking the staff.", False),
    ],
)
def test_a_not_and_a_wish_take_a_doing_back(text, tells):
    assert tells_how(text) is tells


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("The tests.", False),
        ("The nurse tests it.", True),
        ("Shared vision, trained staff.", False),
        ("Det visade sig vara svårt.", False),
        ("En kollega visade.", True),
        ("Vi zoomade.", True),
        ("Vi saknade lokaler.", False),
    ],
)
def test_a_form_that_is_as_often_something_else_counts_beside_a_doer(text, tells):
    assert tells_how(text) is tells


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Vi har möten.", False),
        ("Vi har möten varje måndag.", True),
        ("Vi borde ha möten varje måndag.", False),
        ("Varje chef har en plan.", False),
        ("Vi har en checklista.", False),
        ("Vi tog en checklista.", True),
    ],
)
def test_what_can_be_pointed_at_makes_up_for_a_verb_that_claims(text, tells):
    assert tells_how(text) is tells


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "👍", "-", "1.", "\x00", "'", "()"])
def test_nothing_tells_nothing(text):
    assert not tells_how(text)


def test_case_dots_and_the_way_letters_are_stored_do_not_matter():
    assert tells_how("VI FRÅGADE ALLA")
    assert tells_how("vi fragade alla")
    assert tells_how("Vi fra\u030agade alla")


@given(st.text(max_size=400))
def test_no_text_is_too_odd(text):
    assert tells_how(text) in {True, False}


@given(
    st.text(max_size=100) | st.sampled_from(every("empty")),
    st.sampled_from(DOINGS),
    st.sampled_from(["\n", ".\n", ". ", "! ", "? "]),
)
def test_a_sentence_with_a_doing_is_enough_whatever_stands_around_it(text, doing, between):
    assert tells_how(doing)
    assert tells_how(f"{text}{between}{doing}")
    assert tells_how(f"{doing}{between}{text}")


@given(st.lists(st.sampled_from(every("empty")), max_size=8))
def test_empty_statements_do_not_add_up(texts):
    assert not tells_how("\n".join(texts))


@pytest.mark.parametrize("path", sorted(WORDS.iterdir()), ids=lambda path: path.name)
def test_a_list_says_what_it_is_for_and_holds_no_entry_twice(path):
    lines = path.read_text("utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    assert lines[0].startswith("# ")
    assert entries
    assert len(set(entries)) == len(entries)
    assert all(entry == entry.strip().casefold() for entry in entries)
    assert path.name.endswith((".sv.txt", ".en.txt"))


def test_no_word_for_a_doer_is_taken_for_a_verb_of_doing():
    known = lexicon()
    assert len(known.verbs) > 3000
    assert not known.doers & known.wishes
    assert not known.starters & known.nots
