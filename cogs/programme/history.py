"""The card of what has changed, and the button that leads to it."""

import discord
from discord.utils import format_dt

from bot.domain.kit.pages import Page
from bot.domain.programme.history import Happening, PastChange
from bot.i18n.words import Words
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import clip, escape
from bot.ui.turning import turning
from cogs.kit.wording import value_in_words

# So that a page of them stays under the 4 000 characters of a card, whatever was written.
_LONGEST_NAME = 50
_LONGEST_CHANGES = 230


def history_button(words: Words) -> discord.ui.Button[Card]:
    """Leads to the latest changes."""
    return button(words("settings.history"), press_id("history:1", 0, "f"), emoji="📜")


def history_card(words: Words, shown: Page[Happening]) -> Card:
    """A page of what has changed: when, who, what."""
    back = button(words("settings.back"), press_id("settings:1", "b"))
    if not shown.items:
        return Card(said(words("history.empty")), row(back))

    def turn(to: int) -> str:
        return press_id("history:1", max(to, 0), "b" if to < shown.page else "f")

    return Card(
        said(words("history.head", n=shown.total)),
        line(),
        said("\n".join(_line(words, happening) for happening in shown.items)),
        *turning(words, shown, turn, back),
    )


def _line(words: Words, happening: Happening) -> str:
    # No text about what leda does by itself names a doer: a nameless one was erased.
    who = _mention(happening.who) or words("history.somebody")
    member = _mention(happening.member) or words("history.somebody")
    told = happening.who is not None and happening.who != happening.member
    name = escape(clip(happening.subject, _LONGEST_NAME))
    what = words(
        f"history.{happening.kind}",
        who=who,
        member=member,
        subject=name,
        organisation=name,
        by=words("history.by", who=who) if told else "",
        n=happening.number,
    )
    changes = "; ".join(_changed(words, changed) for changed in happening.changed)
    head = f"{format_dt(happening.at, 'f')} · {what}"
    return f"{head}\n-# {clip(changes, _LONGEST_CHANGES)}" if changes else head


def _changed(words: Words, changed: PastChange) -> str:
    return words(
        "settings.change",
        field=words(f"field.{changed.field}"),
        was=value_in_words(words, changed.field, changed.was),
        will=value_in_words(words, changed.field, changed.will),
    )


def _mention(member_id: int | None) -> str:
    return f"<@{member_id}>" if member_id is not None else ""
