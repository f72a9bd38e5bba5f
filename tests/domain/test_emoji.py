"""One emoji, and nothing that only looks like it."""

import pytest

from bot.domain.kit.emoji import one_emoji


@pytest.mark.parametrize(
    "text",
    ["🌱", "🏫", "🩺", "👩‍🏫", "👩🏽‍🏫", "👍🏿", "🇸🇪", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣", "❤️", "🧑‍🤝‍🧑", "🫠", "⭐"],
)
def test_an_emoji_is_kept_as_it_is(text):
    assert one_emoji(text).rstrip("\ufe0f") == text.rstrip("\ufe0f")


@pytest.mark.parametrize(
    "text",
    ["", " ", "x", "1", "#", "a🌱", "🌱🌱", "🌱 🌱", ":seedling:", "<:leda:123456789012345678>",
     "@everyone", "🇸", "\u200d", "🌱\u200d", "→", "🀀", "é", "\ufe0f", "🌱" * 50],
)  # fmt: skip
def test_anything_else_is_none(text):
    assert one_emoji(text) is None


def test_what_would_be_shown_as_text_is_shown_in_colour():
    assert one_emoji("❤") == "❤\ufe0f"
    assert one_emoji("❤\ufe0f") == "❤\ufe0f"
