"""One word for one thing: what people read keeps to docs/glossary.md."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.i18n.catalogues import catalogue
from storage.enums import Language

ROOT = Path(__file__).parents[1]
# What people type or have learnt, and what tells of the words themselves.
FREE_KEYS = ("column.", "name.")
FREE_PAGES = {"glossary.md", "texts.md", "cases.md", "map.md", "performance.md"}


class Said(NamedTuple):
    """A text that people read, and where it stands."""

    place: str
    text: str


def unused(language: Language) -> list[str]:
    """The words that the glossary says are not used."""
    page = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    rows = [line.split("|")[1:-1] for line in page.splitlines() if line.startswith("| ")][1:]
    column = {Language.EN: 3, Language.SV: 4}[language]
    return [word.strip() for row in rows for word in row[column].split(",") if word.strip()]


def pattern(words: list[str]) -> re.Pattern[str]:
    any_of = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)


def texts(language: Language) -> Iterator[tuple[str, str]]:
    """Every text of a catalogue with its key; one that has several forms comes once for each."""
    entries = catalogue(language)
    for key in re.findall(r'^msgid "(.+)"$', source(language), re.MULTILINE):
        for number in (1, 2):
            yield key, entries.text(key, number)


def source(language: Language) -> str:
    return (ROOT / "bot" / "i18n" / f"{language.value}.po").read_text("utf-8")


def read_by_people(language: Language) -> Iterator[Said]:
    for key, text in texts(language):
        if not key.startswith(FREE_KEYS):
            yield Said(key, text)
    demo = ROOT / "bot" / "demo" / "static" / f"{language.value}.json"
    swedish = [path for path in ROOT.glob("docs/*.md") if path.name.endswith(".sv.md")]
    english = [ROOT / "README.md", *(set(ROOT.glob("docs/*.md")) - set(swedish))]
    for path in (demo, *(swedish if language is Language.SV else english)):
        if path.name not in FREE_PAGES:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                # Commands have names that people have learnt.
                yield Said(f"{path.name}:{number}", re.sub(r"`/[^`]*`", "", line))


@pytest.mark.parametrize("language", Language)
def test_one_word_is_used_for_one_thing(language):
    wrong = pattern(unused(language))
    found = {(said.place, match[0]) for said in read_by_people(language)
             for match in wrong.finditer(said.text)}  # fmt: skip
    assert sorted(found) == []


@pytest.mark.parametrize(("language", "wrong"), [
    (Language.SV, "Kortet lades ut, och faktorn är hopslagen med en annan."),
    (Language.EN, "It is common ground."),
])  # fmt: skip
def test_a_word_that_is_not_used_is_found(language, wrong):
    assert pattern(unused(language)).search(wrong)


def buttons_named(text: str) -> Iterator[str]:
    """What a text calls a button or a choice: in bold, with a capital, inside a sentence."""
    parts = text.split("**")
    for before, bold in zip(parts[::2], parts[1::2], strict=False):
        inside = re.search(r"[\w,:.{}] \(?$", before)
        if inside and re.fullmatch(r"[A-ZÅÄÖ][^{}\d]*[^.:{}\d]", bold):
            yield bold


@pytest.mark.parametrize("language", Language)
def test_a_button_that_a_text_names_in_bold_is_called_so(language):
    """Two texts once said **Reparera**, and the button was **Laga**."""
    labels = {text for _, text in texts(language)}
    named = {(key, bold) for key, text in texts(language) for bold in buttons_named(text)}
    assert len(named) > 20
    assert sorted(pair for pair in named if pair[1] not in labels) == []
