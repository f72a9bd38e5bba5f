"""The weekly digest as it is posted, and as a coordinator sees it before or after."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import discord
from discord import ui
from discord.utils import format_dt

from bot.domain.digest_views import FORUM_EDITION, DigestView, Section
from bot.i18n import Words
from bot.ui.digest_picture import described
from bot.ui.layout import Card, beside, button, line, picture, press_id, row, said
from bot.ui.text import clip, escape
from cogs.digest import lines
from cogs.digest.lines import Room
from storage.enums import DigestState

PICTURE: Final = "digest.png"
LIMIT: Final = 3700
"""Of a message's 4 000 characters: whoever posts or shows a digest adds some of their own."""

# From what everything is told in to what always fits.
_ROOMS = (
    Room(100, 110), Room(80, 60), Room(50, 0), Room(50, 0, 4), Room(40, 0, 3), Room(40, 0, 2),
    Room(25, 0, 1),
)  # fmt: skip
_NAME_SHOWN, _GREETING_SHOWN = 60, 700
_BUTTON_NAME, _MOST_BUTTONS = 60, 4


@dataclass(frozen=True)
class Shown:
    """What a preview says beside the digest.

    ``due_at`` (aware UTC) is when it goes out, None for a week that is over. ``sendable`` says
    that the reader can send it now.
    """

    due_at: datetime | None
    sendable: bool = False


_Section = tuple[Section, str, list[str]]


def digest_items(words: Words, view: DigestView, *, pictured: bool = True) -> list[ui.Item[Card]]:
    """One edition as it is posted: shortened where a message could not hold all of it.

    Args:
        words: how to speak to everyone in the programme.
        view: what it tells.
        pictured: the file :data:`PICTURE` goes with it.
    """
    for room in _ROOMS:
        before, sections = _before(words, view), _sections(words, view, room)
        texts = [*before, *(_text(words, each) for each in sections), _thanks(words)]
        if sum(map(len, texts)) <= LIMIT:
            break
    items: list[ui.Item[Card]] = [said(text) for text in before]
    for section in sections:
        items += _shown(words, view, section, pictured=pictured)
    return [*items, said(_thanks(words))]


def has_picture(words: Words, view: DigestView) -> bool:
    """Whether there is anything to draw for an edition."""
    return Section.PEOPLE not in view.off and bool(lines.people(words, view.edition))


def preview_card(public: Words, words: Words, view: DigestView, shown: Shown, *,
                 pictured: bool) -> Card:  # fmt: skip
    """A digest for a coordinator alone, with ways to its other editions.

    Args:
        public: how to speak to everyone in the programme.
        words: how to speak to the coordinator.
        view: what it tells.
        shown: what is known of when it goes out.
        pictured: the file :data:`PICTURE` goes with it.
    """
    items = digest_items(public, view, pictured=pictured)
    state = said(f"-# {_state(words, view, shown)}")
    return Card(*items, line(), state, _actions(words, view, shown), *_others(words, view))


def _before(words: Words, view: DigestView) -> list[str]:
    head = words("digest.head", week=view.week.number)
    about = [lines.span(words, view)]
    if len(view.editions) > 1:
        about.insert(0, _name(words, view.edition.track))
    found = [f"## {head}\n-# {' · '.join(about)}"]
    if view.first:
        found.append(words("digest.first"))
    if view.greeting.strip():
        found.append("> " + clip(escape(view.greeting), _GREETING_SHOWN).replace("\n", "\n> "))
    return found


def _sections(words: Words, view: DigestView, room: Room) -> list[_Section]:
    """The sections that have anything to tell and are wanted, each with its lines."""
    edition = view.edition
    found: list[_Section] = [
        (Section.WAITING, words("digest.section.waiting"), lines.waiting(words, edition)),
        (Section.NEW, words("digest.section.new"), lines.new(words, edition, room)),
        (Section.MOVED, words("digest.section.moved"), lines.moved(words, edition, room)),
        (Section.MEETINGS, words("digest.section.meetings"), lines.meetings(words, edition, room)),
        (Section.TALK, words("digest.section.talk"), lines.talk(words, edition, room)),
        (Section.PEOPLE, words("digest.section.people"), lines.people(words, edition)),
    ]
    return [each for each in found if each[2] and each[0] not in view.off]
