"""The home card."""

import discord

from bot.i18n.words import Words
from bot.ui.layout import Card, button, line, press_id, row, said


def home_card(words: Words) -> Card:
    """The card that is pinned in the open forum: whoever finds it needs nothing else."""
    first = row(
        button(words("home.join"), press_id("join:1"), discord.ButtonStyle.success, emoji="👋"),
        button(words("home.propose"), press_id("begin:1"), discord.ButtonStyle.primary, emoji="💡"),
        button(words("home.needs"), press_id("needs:1"), discord.ButtonStyle.primary, emoji="📌"),
    )
    second = row(
        button(words("home.meetings"), press_id("meetings:1"), emoji="📅"),
        button(words("home.choices"), press_id("choices:1"), emoji="⚙️"),
    )
    return Card(said(words("home.text")), line(), first, second)
