"""The home card."""

import discord
from discord.utils import format_dt

from bot.domain.home.home import Today
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, button, line, note, press_id, row, said
from bot.ui.text import clip, escape, linked

_TITLE_SHOWN = 100


def home_card(words: Words, today: Today) -> Card:
    """The card that stands alone in its channel: whoever finds it needs nothing else."""
    first = row(
        button(words("home.join"), press_id("join:1"), discord.ButtonStyle.success, emoji="👋"),
        button(words("home.propose"), press_id("begin:1"), discord.ButtonStyle.primary, emoji="💡"),
        button(words("home.needs"), press_id("needs:1"), discord.ButtonStyle.primary, emoji="📌"),
    )
    second = row(
        button(words("home.meetings"), press_id("meetings:1"), emoji="📅"),
        button(words("home.choices"), press_id("choices:1"), emoji="⚙️"),
    )
    news = _news(words, today)
    return Card(said(words("home.text")), *([said(news)] if news else []), line(), first, second)


def moved_card(words: Words, url: str) -> Card:
    """What stands where the home card was before it had a channel of its own."""
    return note(words("home.moved", url=url))


def _news(words: Words, today: Today) -> str:
    """The next meeting and the newest factors, a line each."""
    lines = []
    if meeting := today.meeting:
        title = linked(clip(escape(meeting.title), _TITLE_SHOWN), meeting.url)
        when = f"{format_dt(meeting.starts_at, 'F')} ({format_dt(meeting.starts_at, 'R')})"
        lines.append(words("home.next", title=title, when=when))
    if today.factors:
        titles = [
            f"{theme.KIND[each.kind]} {linked(clip(escape(each.title), _TITLE_SHOWN), each.url)}"
            for each in today.factors
        ]
        lines.append(words("home.new", titles=" · ".join(titles)))
    return "\n".join(lines)
