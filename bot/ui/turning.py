"""Turning the pages of a long list."""

from collections.abc import Callable
from typing import Any

from discord import ui

from bot.domain.kit.pages import Page
from bot.i18n.words import Words
from bot.ui.layout import Card, button, row, said


def turning(
    words: Words, shown: Page[Any], turn: Callable[[int], str], *more: ui.Item[Card]
) -> list[ui.Item[Card]]:
    """Which page this is, if there are several, and one row of buttons.

    Args:
        words: how to speak to the reader.
        shown: the page.
        turn: the ``custom_id`` of the button that leads to a page. It is asked for what lies
            beyond the first and the last, too: Discord wants an id of its own for a button that
            is off.
        more: what stands in the row after the buttons that turn.
    """
    if shown.pages <= 1:
        return [row(*more)] if more else []
    before, after = shown.page - 1, shown.page + 1
    return [
        said(words("list.page", page=after, pages=shown.pages)),
        row(
            button(words("list.previous"), turn(before), disabled=before < 0),
            button(words("list.next"), turn(after), disabled=after == shown.pages),
            *more,
        ),
    ]
