"""Cards about key areas."""

from collections.abc import Sequence

from bot.domain.factors.keyareas import KeyAreaView
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, line, note, said
from bot.ui.text import clip, escape

# So that as many as there can be fit into one card.
_NAME_SHOWN = 120


def created_card(words: Words, area: KeyAreaView) -> Card:
    """A key area that is there from now on."""
    return Card(said(words("keyarea.created", name=escape(area.name))), accent=theme.DONE)


def renamed_card(words: Words, before: str, area: KeyAreaView) -> Card:
    """What a key area was called, and is."""
    names = {"before": escape(before), "name": escape(area.name)}
    return Card(said(words("keyarea.renamed", **names)), accent=theme.DONE)


def merged_card(words: Words, before: str, area: KeyAreaView) -> Card:
    """Where everything stands now that stood under a key area."""
    names = {"before": escape(before), "name": escape(area.name)}
    return Card(said(words("keyarea.merged", **names, n=area.factors)), accent=theme.DONE)


def list_card(words: Words, areas: Sequence[KeyAreaView]) -> Card:
    """All key areas, each with how many factors stand under it."""
    if not areas:
        return note(words("keyarea.list.empty"))
    head = words("keyarea.list.head", n=len(areas))
    return Card(said(head), line(), said("\n".join(_item(words, area) for area in areas)))


def _item(words: Words, area: KeyAreaView) -> str:
    name = clip(escape(area.name), _NAME_SHOWN)
    return f"🗂️ **{name}** · {words('keyarea.factors', n=area.factors)}"
