"""Every card that any test makes is looked at (tests/conftest.py); here, that faults are seen."""

import discord
import pytest

from bot.i18n.words import Words
from bot.ui.layout import Card, picture, press_id, row, said
from storage.enums import Language
from tests import readable
from tests.readable import faults


def found(*parts, **options) -> list[str]:
    return faults(Card(*parts, **options).to_components())


def wordless() -> discord.ui.ActionRow:
    return row(discord.ui.Button(emoji="👍", custom_id=press_id("vote:1", 1)))


@pytest.mark.parametrize(("parts", "fault"), [
    ([said("-# This was due an hour ago.")], "small print"),
    ([said("<@1> <@2>\n## Meeting")], readable.NOTHING),
    ([said("## 🔔\nMeeting")], readable.NOTHING),
    ([said("Hello"), wordless], "without a word"),
    ([said("Hello"), lambda: picture("week.png", "week.png")], "not described"),
    ([said("Hello"), lambda: picture("week.png", " ")], "not described"),
    ([said("Hello\n🪨 Logging in takes time")], "only 🪨"),
    ([said("Hello\n▫️ #school-discussion")], "only ▫️"),
])  # fmt: skip
def test_what_somebody_would_miss_is_a_fault(parts, fault, monkeypatch):
    monkeypatch.undo()  # these cards are meant to be wrong
    (said_of,) = found(*(part() if callable(part) else part for part in parts))
    assert fault in said_of


def test_a_card_with_words_for_everything_has_none():
    whole = picture("week.png", "12 of 20 organisations took part."), said("🌱 Small · Promoting")
    assert found(said("## 📰 Weekly digest"), *whole, accent=discord.Colour(1)) == []


@pytest.mark.parametrize("language", Language)
def test_every_answer_to_a_vote_or_a_meeting_is_a_word(language):
    words = Words(language)
    keys = [f"choice.{each}" for each in ("support", "unsure", "object")]
    keys += [f"meeting.answer.{each}" for each in ("going", "maybe", "cant")]
    assert len({words(key) for key in keys}) == len(keys)
    assert all(words(key)[0].isalpha() for key in keys)
