"""The week as a mail: the same facts in HTML and in plain text, and nothing that could act."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest.views import Section
from bot.i18n.words import Nouns, Words
from cogs.digest.letter import written
from cogs.digest.mail import mail
from storage.enums import Language
from tests.ui.digest_weeks import FULL, WEEKS, views
from tests.ui.layouts import all_words

EN = Words(Language.EN)
SV = Words(Language.SV, nouns=Nouns(Language.SV, "kommun", "kommuner", "kommunen"))
NAME = "LEDA för smartare välfärd"
TAGS = {"html", "head", "meta", "title", "body", "table", "tr", "td", "h1", "h2", "p", "br"}
_EMPTY = {"meta", "br"}


class Read(HTMLParser):
    """A page as a mail program takes it: its tags, its attributes, its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        if tag == "br":
            self.text += "\n"
        elif tag not in _EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def said_in(letter):
    """All that a letter says, piece by piece."""
    yield from (letter.title, letter.about, *letter.opening, letter.people, *letter.closing)
    for chapter in letter.chapters:
        yield chapter.heading
        yield from chapter.rest
        for entry in chapter.entries:
            yield from (entry.what, entry.about, entry.text)
    for week, votes in letter.votes:
        yield from (week, str(votes))


def bare(text):
    """Its letters, wherever lines break."""
    return "".join(text.split())


# --- whatever people wrote


@given(st.sampled_from(all_words()), views)
def test_both_hold_every_fact_and_nothing_that_acts(words, view):
    page, plain = mail(words, view, NAME)
    read = Read(page)
    assert read.open == []
    assert read.tags <= TAGS
    for name, value in read.attributes:
        assert not name.startswith("on")
        assert name not in {"src", "href", "background", "srcset"}
        assert "url(" not in (value or "")
    page_text, plain_text = bare(read.text), bare(plain)
    for fact in said_in(written(words, view, NAME)):
        assert bare(fact.replace("\r", "\n")) in page_text.replace("\r", "")
        assert bare(fact) in plain_text


@given(views)
def test_no_line_is_too_long_but_for_a_long_word(view):
    for line in mail(SV, view, NAME)[1].splitlines():
        assert len(line) <= 72 or max(map(len, line.split(" "))) > 60


# --- what it says


@pytest.mark.parametrize("name", WEEKS)
@pytest.mark.parametrize("words", [EN, SV])
def test_a_page_names_its_language_and_stands_alone(words, name):
    page = mail(words, WEEKS[name], NAME)[0]
    assert page.startswith("<!DOCTYPE html>")
    assert f'<html lang="{words.language}">' in page
    assert not re.search(r"<(?:script|style|link|img|iframe|form|a)\b|javascript:|data:", page)
    assert "{" not in page


def test_what_the_card_links_to_stands_here_in_words():
    page, plain = mail(SV, FULL, NAME)
    for text in (page, plain):
        for said in (
            "Vi provade en sak i taget i två enheter",  # a HOW
            "Den säger inte hur.",  # a reason
            "Vara berättade om sina små steg.",  # minutes
            "tisdag 8 december kl. 13:00 · Rådhuset, sal 2",
            "Europe/Stockholm",
            "https://example.org/rum/1",
            "12 av 20 kommuner var med",
            "148 röster den här veckan",
        ):
            assert said in text
        assert "discord.com" not in text
        assert "<t:" not in text
        assert "/factor" not in text
        assert f"{NAME} · Skola · sedan 26 november kl. 9" in text


def test_times_are_those_of_the_programmes_zone():
    far = replace(FULL, zone="America/New_York")
    assert "Tuesday 8 December at 07:00" in mail(EN, far, NAME)[1]
    assert "All times are those of America/New_York." in mail(EN, far, NAME)[1]


def test_a_section_that_is_switched_off_is_left_out():
    page, plain = mail(SV, replace(FULL, off=frozenset(Section)), NAME)
    for text in (page, plain):
        assert "Små steg" not in text
        assert "kommuner" not in text
        assert "148" not in text


def test_markup_that_people_wrote_is_shown_as_they_wrote_it():
    edition = replace(FULL.edition, track='<b>Skola</b> & "vård"')
    page, plain = mail(
        SV, replace(FULL, edition=edition, greeting="<script>alert(1)</script>"), NAME
    )
    assert "&lt;b&gt;Skola&lt;/b&gt; &amp; &quot;vård&quot;" in page
    assert "<script>" not in page
    assert '<b>Skola</b> & "vård"' in plain
