"""Cards about importing organisations from a file."""

from collections.abc import Sequence

import discord

from bot.domain.organisations_import import BadRow, ImportView
from bot.i18n import Words
from bot.ui import theme
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import clip, escape

_SHOWN = 15
_LINE_LENGTH = 180
_NAMES_LENGTH = 400


def import_card(words: Words, view: ImportView) -> Card:
    """What a file would do, with a way to let it; or why it cannot."""
    if view.bad:
        head = words("import.bad", n=len({each.line for each in view.bad}))
        return _bad_card(words, view, head)
    count = len(view.new) + len(view.returning)
    if not count:
        parts = [said(words("import.nothing_new", n=view.unchanged)), *_ignored(words, view)]
        return Card(*parts)
    parts = [said(words("import.ready", n=count)), line(), *_names(words, view)]
    if view.unchanged:
        parts.append(said(words("import.unchanged", n=view.unchanged)))
    confirm = button(
        words("import.confirm"),
        press_id("importorganisations:1", view.upload_id),
        discord.ButtonStyle.success,
    )
    cancel = button(words("import.cancel"), press_id("dropimport:1", view.upload_id))
    return Card(*parts, *_ignored(words, view), row(confirm, cancel))


def imported_card(words: Words, view: ImportView) -> Card:
    """What was done; or what came in between."""
    if view.bad:
        return _bad_card(words, view, words("import.changed"))
    count = len(view.new) + len(view.returning)
    if not count:
        return Card(said(words("import.nothing_new", n=view.unchanged)))
    parts = [said(words("import.done", n=count)), line(), *_names(words, view)]
    return Card(*parts, line(), said(words("import.next")), accent=theme.DONE)


def _bad_card(words: Words, view: ImportView, head: str) -> Card:
    lines = [_bad_line(words, each) for each in view.bad[:_SHOWN]]
    if len(view.bad) > _SHOWN:
        lines.append(words("import.more", n=len(view.bad) - _SHOWN))
    tracks = clip(", ".join(escape(name) for name in view.tracks), _NAMES_LENGTH)
    there = words("import.tracks", names=tracks) if tracks else words("import.tracks.none")
    parts = [said(head), line(), said("\n".join(lines)), line(), said(there)]
    parts += [*_ignored(words, view), said(words("import.mend"))]
    return Card(*parts, accent=theme.TROUBLE)


def _bad_line(words: Words, bad: BadRow) -> str:
    values = {
        key: clip(escape(value), 80) if isinstance(value, str) else value
        for key, value in bad.values.items()
    }
    return clip(words("import.line", line=bad.line, reason=words(bad.why, **values)), _LINE_LENGTH)


def _names(words: Words, view: ImportView) -> list[discord.ui.Item[Card]]:
    parts: list[discord.ui.Item[Card]] = []
    if view.new:
        parts.append(said(_joined(view.new)))
    if view.returning:
        parts.append(said(words("import.returning", names=_joined(view.returning))))
    return parts


def _ignored(words: Words, view: ImportView) -> list[discord.ui.Item[Card]]:
    if not view.ignored:
        return []
    names = _joined(view.ignored)
    return [said(words("import.ignored", n=len(view.ignored), names=names))]


def _joined(names: Sequence[str]) -> str:
    return clip(", ".join(escape(name) for name in names), _NAMES_LENGTH)
