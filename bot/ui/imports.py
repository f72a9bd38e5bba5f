"""What importing any file shares: telling what is wrong with its rows, asking to take it in."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from bot.domain.kit.csvfiles import BadRow, Remark
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


def file_parts(
    words: Words, ignored: Sequence[str], remarks: Sequence[Remark]
) -> list[discord.ui.Item[Card]]:
    """How a file was read, and what of it is left out: headings that nobody asked for, too."""
    told = [words(each.key, **_shown(each.values)) for each in remarks]
    if ignored:
        told.append(words("import.ignored", n=len(ignored), names=joined(ignored)))
    return [said("\n".join(told))] if told else []


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
    reason = words(bad.why, **_shown(bad.values))
    return clip(words("import.line", line=bad.line, reason=reason), _LINE_LENGTH)


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: clip(escape(value), 80) if isinstance(value, str) else value
        for key, value in values.items()
    }
