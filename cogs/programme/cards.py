"""Cards about the programme itself."""

from collections.abc import Sequence

from bot.domain.programmes import COORDINATORS, FORUM, ProgrammeView, Slot
from bot.i18n import Words
from bot.ui import theme
from bot.ui.layout import Card, line, said
from bot.ui.text import escape
from storage.enums import PlaceKind

_DONE, _TODO = "✅", "▫️"


def progress_card(words: Words, programme: ProgrammeView, done: int) -> Card:
    """What will be made, and how far that has come."""
    lines = [
        f"{_DONE if number < done else _TODO} {_label(slot)}"
        for number, slot in enumerate(programme.slots)
    ]
    total = len(programme.slots)
    return Card(
        said(words("setup.working", done=done, total=total)), line(), said("\n".join(lines))
    )


def finished_card(words: Words, programme: ProgrammeView, made: Sequence[Slot]) -> Card:
    """What stands now, what was made just now, and what to do next."""
    head = words("setup.done", n=len(made)) if made else words("setup.nothing_missing")
    lines = [_line(slot) for slot in programme.slots if slot.kind is not PlaceKind.CATEGORY]
    forum = programme.discord_id(FORUM)
    coordinators = programme.discord_id(COORDINATORS)
    after = words("setup.next", forum=f"<#{forum}>", coordinators=f"<#{coordinators}>")
    return Card(
        said(head),
        line(),
        said("\n".join(lines)),
        line(),
        said(after),
        accent=theme.DONE,
    )


def stopped_card(words: Words, programme: ProgrammeView, why: str) -> Card:
    """Discord refused in the middle: what stands, and how to go on."""
    standing = [_line(slot) for slot in programme.slots if slot.discord_id is not None]
    parts = [said(words("setup.stopped", why=escape(why)))]
    if standing:
        parts.append(said("\n".join(standing)))
    return Card(*parts, accent=theme.TROUBLE)


def _label(slot: Slot) -> str:
    name = escape(slot.name)
    if slot.kind is PlaceKind.ROLE:
        return f"@{name}"
    if slot.kind is PlaceKind.CATEGORY:
        return f"**{name}**"
    return f"#{name}"


def _line(slot: Slot) -> str:
    if slot.kind is PlaceKind.ROLE:
        return f"{_DONE} <@&{slot.discord_id}>"
    return f"{_DONE} <#{slot.discord_id}>"
