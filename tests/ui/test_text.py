"""What people wrote stands in a message as they wrote it, and does nothing there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.text import clip, escape
from tests.ui.layouts import acting, hostile


@given(hostile)
def test_nothing_that_was_written_acts(text):
    assert not +acting(escape(text)), escape(text)


@given(hostile, st.integers(1, 300))
def test_nothing_acts_where_a_text_was_cut(text, limit):
    assert not +acting(clip(escape(text), limit)), clip(escape(text), limit)


@given(hostile, st.integers(1, 300))
def test_a_text_that_was_cut_can_be_followed_by_formatting_of_ours(text, limit):
    ours = acting("**x**")
    assert +acting(f"**x**{clip(escape(text), limit)}") == +ours
    assert acting(f"{clip(escape(text), limit)}**x**")["formatting"] == ours["formatting"]


@pytest.mark.parametrize(
    "text", ["Vi provade i fyra veckor.", "50 % & mer!", "anna@example.org (Vara)", "å/ä/ö - 'ja'"]
)
def test_ordinary_text_is_left_as_it_is(text):
    assert escape(text) == text


def test_a_plain_link_still_works():
    link = "https://example.org/a_b/c?d=e&f=%20#g"
    assert escape(f"se {link}, *nu*") == f"se {link}, \\*nu\\*"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("@everyone", "@\u200beveryone"),
        ("<@123>", "\\<@\u200b123\\>"),
        ("[a](https://example.org)", "\\[a\\](https://example.org)"),
        ("# big", "\\# big"),
        ("a_b*c", "a\\_b\\*c"),
    ],
)
def test_what_would_act_is_escaped(written, shown):
    assert escape(written) == shown


@given(st.text(), st.integers(1, 100))
def test_a_cut_text_is_never_longer_than_it_may_be(text, limit):
    cut = clip(text, limit)
    assert len(cut) <= limit
    assert (cut == text) == (len(text) <= limit)
    assert cut == text or cut.endswith("…")


def test_a_text_is_cut_at_a_word():
    assert clip("ett två tre", 9) == "ett två…"
    assert clip("x" * 50, 10) == "x" * 9 + "…"


def test_no_half_of_an_escape_is_left_where_a_text_was_cut():
    assert clip(escape("ab*cd"), 4) == "ab…"


def test_an_older_text_is_shown_in_plain_letters_and_without_towers():
    bold = "".join(chr(0x1D5D4 + number) for number in range(26))
    assert escape(bold) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert escape("V" + "\u0335" * 99) == "V" + "\u0335" * 4
