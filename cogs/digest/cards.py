"""The weekly digest as it is posted, and as a coordinator sees it before or after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import discord
from discord import ui
from discord.utils import format_dt

from bot.domain.digest.views import FORUM_EDITION, DigestView, Section
from bot.i18n.words import Words
from bot.ui.layout import Card, button, line, picture, press_id, row, said
from bot.ui.text import clip, escape
from cogs.digest import sections
from cogs.digest.lines import LineRoom, lines_of, one_line
from cogs.digest.picture import described
from cogs.digest.sections import DigestSection
from storage.enums import DigestState

PICTURE: Final = "digest.png"
LIMIT: Final = 3700
"""Of a message's 4 000 characters: whoever posts or shows a digest adds some of their own."""

# From what everything is told in to what always fits.
_ROOMS = (
    LineRoom(100, 80), LineRoom(80, 40), LineRoom(50, 0), LineRoom(50, 0, 4), LineRoom(40, 0, 3),
    LineRoom(40, 0, 2), LineRoom(25, 0, 1),
)  # fmt: skip
_NAME_SHOWN, _GREETING_SHOWN, _MOST_BUTTONS = 60, 700, 4


@dataclass(frozen=True)
class DigestShown:
    """What a preview says beside the digest.

    ``due_at`` (aware UTC) is when it goes out, None for a week that is over. ``sendable`` says
    that the reader can send it now.
    """

    due_at: datetime | None
    sendable: bool = False


def digest_items(words: Words, view: DigestView, *, pictured: bool = True) -> list[ui.Item[Card]]:
    """One edition as it is posted: shortened where a message could not hold all of it.

    Args:
        words: how to speak to everyone in the programme.
        view: what it tells.
        pictured: the file :data:`PICTURE` goes with it.
    """
    for room in _ROOMS:
        before, found = _before(words, view), _sections(words, view, room)
        texts = [*before, *(text for _, text in found), _thanks(words)]
        if sum(map(len, texts)) <= LIMIT:
            break
    items: list[ui.Item[Card]] = [said(text) for text in before]
    for section, text in found:
        items += _shown(words, view, section, text, pictured=pictured)
    return [*items, said(_thanks(words))] if found else items


def has_picture(words: Words, view: DigestView) -> bool:
    """Whether there is anything to draw for an edition."""
    return Section.PEOPLE not in view.off and bool(sections.people(words, view.edition))


def preview_card(public: Words, words: Words, view: DigestView, shown: DigestShown, *,
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
    about = [sections.span(words, view)]
    if len(view.editions) > 1:
        about.insert(0, one_line(sections.name(words, view.edition.track), 2 * _NAME_SHOWN))
    found = [f"## 📰 {head}\n-# {' · '.join(about)}"]
    if view.first:
        found.append(words("digest.first"))
    if view.greeting.strip():
        found.append("> " + clip(escape(view.greeting), _GREETING_SHOWN).replace("\n", "\n> "))
    return found


def _sections(words: Words, view: DigestView, room: LineRoom) -> list[tuple[DigestSection, str]]:
    """The sections, each with its text."""
    return [
        (each, "\n".join([_heading(each), *lines_of(words, each, room)]))
        for each in sections.sections(words, view, room.lines)
    ]


def _heading(section: DigestSection) -> str:
    return f"### {section.heading}"


def _thanks(words: Words) -> str:
    return f"-# {words('digest.thanks')}"


def _shown(
    words: Words, view: DigestView, section: DigestSection, text: str, *, pictured: bool
) -> list[ui.Item[Card]]:
    """A section as it stands on the card, with the button or the picture that belongs to it."""
    people = section.kind is Section.PEOPLE and pictured
    items: list[ui.Item[Card]] = [said(_heading(section) if people else text)]
    if section.kind is Section.WAITING:
        style = discord.ButtonStyle.primary
        items.append(row(button(words("home.needs"), press_id("needs:1"), style, emoji="📌")))
    if people:  # the picture tells the votes
        items.append(picture(PICTURE, described(words, view.edition.people)))
    return items


def _state(words: Words, view: DigestView, shown: DigestShown) -> str:
    """When a digest goes out, or what became of it."""
    when = format_dt(view.ends_at, "f")
    if view.state is DigestState.SENT:
        return words("digest.state.quiet_here" if view.edition.quiet else "digest.state.sent",
                     when=when)  # fmt: skip
    if view.state is not None:
        return words(f"digest.state.{view.state}", when=when)
    if shown.due_at is None:
        return words("digest.state.never")
    due = {"when": format_dt(shown.due_at, "f"), "relative": format_dt(shown.due_at, "R")}
    return words("digest.state.nothing_yet" if view.edition.quiet else "digest.state.coming", **due)


def _actions(words: Words, view: DigestView, shown: DigestShown) -> ui.ActionRow[Card]:
    about = view.week.value, view.edition.track_id or FORUM_EDITION
    buttons = [button(words("digest.mail"), press_id("digestmail:1", *about), emoji="✉️")]
    if shown.sendable:
        buttons.append(button(words("digest.go"), press_id("digestgo:1"), emoji="📣"))
    return row(*buttons)


def _others(words: Words, view: DigestView) -> list[ui.Item[Card]]:
    """Ways to the other editions: a button each, or a list where they are many."""
    here, week = view.edition.track_id or FORUM_EDITION, view.week.value
    named = [
        (edition, clip(sections.name(words, name), _NAME_SHOWN))
        for edition, name in view.editions
        if edition != here
    ]
    if not named:
        return []
    if len(named) <= _MOST_BUTTONS:
        return [row(*(
            button(name, press_id("digestpreview:1", week, edition)) for edition, name in named
        ))]  # fmt: skip
    chooser: ui.Select[Card] = ui.Select(
        custom_id=press_id("digestpick:1", week), placeholder=words("digest.others")
    )
    for edition, name in named:
        chooser.add_option(label=name, value=str(edition))
    return [row(chooser)]
