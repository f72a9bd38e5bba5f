"""Cards about organisations."""

from collections.abc import Sequence

from bot.domain.organisations import OrganisationView
from bot.i18n import Words
from bot.ui import theme
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import escape

PAGE_SIZE = 15


def added_card(words: Words, organisation: OrganisationView) -> Card:
    """An organisation that takes part from now on."""
    tracks = _tracks(organisation) or words("organisation.no_tracks")
    text = words("organisation.added", name=escape(organisation.name), tracks=tracks)
    return Card(said(text), accent=theme.DONE)


def list_card(words: Words, organisations: Sequence[OrganisationView], page: int) -> Card:
    """A page of the organisations; those that nobody has joined are said to be so."""
    if not organisations:
        return Card(said(words("organisation.list.empty")))
    pages = -(-len(organisations) // PAGE_SIZE)
    page = min(max(page, 0), pages - 1)
    shown = organisations[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    joined = sum(1 for organisation in organisations if organisation.participants)
    head = words("organisation.list.head", n=len(organisations), joined=joined)
    parts = [said(head), line(), said("\n".join(_line(words, each) for each in shown))]
    if pages == 1:
        return Card(*parts)
    turns = row(
        button(
            words("list.previous"), press_id("organisations:1", page - 1, "b"), disabled=page == 0
        ),
        button(
            words("list.next"),
            press_id("organisations:1", page + 1, "f"),
            disabled=page == pages - 1,
        ),
    )
    where = said(words("list.page", page=page + 1, pages=pages))
    return Card(*parts, where, turns)


def _line(words: Words, organisation: OrganisationView) -> str:
    number = organisation.participants
    count = (
        words("organisation.list.participants", n=number)
        if number
        else words("organisation.list.nobody")
    )
    return f"**{escape(organisation.name)}** {_tracks(organisation)} · {count}"


def _tracks(organisation: OrganisationView) -> str:
    return " ".join(f"{track.emoji}" for track in organisation.tracks)
