"""Cards about taking part."""

from bot.domain.participants import ParticipantView
from bot.i18n import Words
from bot.ui import theme
from bot.ui.layout import Card, line, said
from bot.ui.text import escape


def joined_card(words: Words, view: ParticipantView) -> Card:
    """Welcome: where one is now, and the three things one can do."""
    tracks = ", ".join(f"{track.emoji} {escape(track.name)}" for track in view.tracks)
    values = {"organisation": escape(view.organisation), "tracks": tracks}
    head = words("join.done" if view.tracks else "join.done.no_tracks", **values)
    parts = [said(head)]
    if view.before:
        before = escape(view.before)
        parts.append(said(words("join.moved", before=before)))
    return Card(*parts, line(), said(words("join.next")), accent=theme.DONE)


def left_card(words: Words, view: ParticipantView) -> Card:
    """Goodbye: what was kept, and how to come back."""
    return Card(said(words("leave.done", organisation=escape(view.organisation))))
