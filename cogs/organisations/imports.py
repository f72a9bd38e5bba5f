"""Cards about importing organisations from a file."""

import discord

from bot.domain.membership.importing import ImportView
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.imports import bad_parts, choice_row, ignored_parts, joined
from bot.ui.layout import Card, line, press_id, said


def import_card(words: Words, view: ImportView) -> Card:
    """What a file would do, with a way to let it; or why it cannot."""
    if view.bad:
        head = words("import.bad", n=len({each.line for each in view.bad}))
        return _bad_card(words, view, head)
    count = len(view.new) + len(view.returning)
    if not count:
        parts = [
            said(words("import.nothing_new", n=view.unchanged)),
            *ignored_parts(words, view.ignored),
        ]
        return Card(*parts)
    parts = [said(words("import.ready", n=count)), line(), *_names(words, view)]
    if view.unchanged:
        parts.append(said(words("import.unchanged", n=view.unchanged)))
    press = press_id("importorganisations:1", view.upload_id)
    choice = choice_row(words, words("import.confirm"), press, view.upload_id or 0)
    return Card(*parts, *ignored_parts(words, view.ignored), choice)


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
    tracks = joined(view.tracks)
    there = words("import.tracks", names=tracks) if tracks else words("import.tracks.none")
    parts = [*bad_parts(words, head, view.bad), line(), said(there)]
    parts += [*ignored_parts(words, view.ignored), said(words("import.mend"))]
    return Card(*parts, accent=theme.TROUBLE)


def _names(words: Words, view: ImportView) -> list[discord.ui.Item[Card]]:
    parts: list[discord.ui.Item[Card]] = []
    if view.new:
        parts.append(said(joined(view.new)))
    if view.returning:
        parts.append(said(words("import.returning", names=joined(view.returning))))
    return parts
