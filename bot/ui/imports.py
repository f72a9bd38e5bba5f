"""What importing any file shares: telling what is wrong with its rows, asking to take it in."""

from collections.abc import Sequence

import discord

from bot.domain.kit.csvfiles import BadRow
from bot.i18n.words import Words
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import clip, escape

_SHOWN = 15
_LINE_LENGTH = 180
_NAMES_LENGTH = 400


def bad_parts(words: Words, head: str, bad: Sequence[BadRow]) -> list[discord.ui.Item[Card]]:
    """The rows that cannot be taken in, by line, under a sentence."""
    lines = [_bad_line(words, each) for each in bad[:_SHOWN]]
    if len(bad) > _SHOWN:
        lines.append(words("import.more", n=len(bad) - _SHOWN))
    return [said(head), line(), said("\n".join(lines))]


def ignored_parts(words: Words, ignored: Sequence[str]) -> list[discord.ui.Item[Card]]:
    """The headings that nobody asked for, if there are any."""
    if not ignored:
        return []
    return [said(words("import.ignored", n=len(ignored), names=joined(ignored)))]


def choice_row(
    words: Words, confirm: str, press: str, upload_id: int
) -> discord.ui.ActionRow[Card]:
    """The button that takes in what a file holds, and the one that forgets it."""
    return row(
        button(confirm, press, discord.ButtonStyle.success),
        button(words("import.cancel"), press_id("dropimport:1", upload_id)),
    )


def joined(names: Sequence[str]) -> str:
    """Names beside each other, as far as there is room."""
    return clip(", ".join(escape(name) for name in names), _NAMES_LENGTH)


def _bad_line(words: Words, bad: BadRow) -> str:
    values = {
        key: clip(escape(value), 80) if isinstance(value, str) else value
        for key, value in bad.values.items()
    }
    return clip(words("import.line", line=bad.line, reason=words(bad.why, **values)), _LINE_LENGTH)
