"""Cards about making what belongs to a programme: how far it is, and what stops it."""

from collections.abc import Callable, Iterable, Sequence

from bot.domain.tracks.places import Slot
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, line, said
from bot.ui.text import clip, escape
from cogs.kit.health import Trouble, TroubleKind
from storage.enums import PlaceKind

DONE, _TODO, LOST = "✅", "▫️", "❌"
# What a list may take of a card's 4000 characters.
_ROOM = 1500
_NAME = 60


def progress_card(words: Words, slots: Sequence[Slot], stands: Callable[[Slot], bool]) -> Card:
    """What stands already and what is made now, and how far that has come."""
    places = [slot for slot in slots if slot.kind is not PlaceKind.MESSAGE]
    done = sum(stands(slot) for slot in places)
    head = words("setup.working", done=done, total=len(places))
    return Card(said(f"{head}\n{words('setup.marks')}"), line(), said(plan_lines(places, stands)))


def blocked_card(
    words: Words, slots: Sequence[Slot], stands: Callable[[Slot], bool], wrong: Sequence[Trouble]
) -> Card:
    """Nothing was made: why, what to do, and what would have been made."""
    places = [slot for slot in slots if slot.kind is not PlaceKind.MESSAGE]
    return Card(
        said(words("setup.blocked")),
        said(troubles_text(words, wrong)),
        line(),
        said(f"{words('setup.would_make')}\n{plan_lines(places, stands)}"),
        accent=theme.TROUBLE,
    )


def stopped_card(words: Words, slots: Sequence[Slot], head: str) -> Card:
    """Discord refused in the middle: how to go on, what stands, and what is missing."""
    parts = [said(head)]
    made = [slot for slot in slots if slot.discord_id is not None]
    if made:
        parts.append(said(standing_lines(made)))
    lacking = [
        slot for slot in slots if slot.discord_id is None and slot.kind is not PlaceKind.MESSAGE
    ]
    if lacking:
        parts.append(said(f"{words('setup.missing')}\n{plan_lines(lacking, lambda _: False)}"))
    return Card(*parts, accent=theme.TROUBLE)


def troubles_text(words: Words, wrong: Iterable[Trouble]) -> str:
    """What is wrong and what to do about it, a line each."""
    return fitted(words, [trouble_text(words, trouble) for trouble in wrong])


def place(slot: Slot) -> str:
    """What a place is called, or where it is."""
    if slot.discord_id is None or slot.kind is PlaceKind.CATEGORY:
        return slot_name(slot)
    return f"<@&{slot.discord_id}>" if slot.kind is PlaceKind.ROLE else f"<#{slot.discord_id}>"


def trouble_text(words: Words, trouble: Trouble) -> str:
    """What is wrong and what to do about it."""
    names = ", ".join(words(f"permission.{name}") for name in trouble.names)
    what = ""
    if trouble.slot is not None:
        gone = trouble.kind is TroubleKind.MISSING
        what = slot_name(trouble.slot) if gone else place(trouble.slot)
    text = words(
        f"trouble.{trouble.kind}",
        what=what,
        names=f"**{names}**",
        there=trouble.there,
        wanted=trouble.wanted,
    )
    return text if trouble.kind is TroubleKind.NEW else f"{LOST} {text}"


def fitted(words: Words, lines: Sequence[str]) -> str:
    """As many lines as there is room for."""
    shown: list[str] = []
    for number, text in enumerate(lines):
        if sum(map(len, shown)) + len(text) > _ROOM:
            return "\n".join([*shown, words("trouble.more", n=len(lines) - number)])
        shown.append(text)
    return "\n".join(shown)


def plan_lines(slots: Sequence[Slot], stands: Callable[[Slot], bool]) -> str:
    """The places, marked by whether they stand; where there are many, one line a category."""
    full = "\n".join(f"{_mark(stands(slot))} {slot_name(slot)}" for slot in slots)
    if len(full) <= _ROOM:
        return full
    lines = []
    for slot in slots:
        if slot.kind is PlaceKind.CATEGORY:
            inside = [slot, *(child for child in slots if child.parent == slot.key)]
            done = sum(map(stands, inside))
            lines.append(f"{_mark(done == len(inside))} {slot_name(slot)} {done}/{len(inside)}")
    return "\n".join(lines)


def standing_lines(slots: Sequence[Slot]) -> str:
    """What stands, one line for each track and one for what is common to all."""
    groups: dict[int | None, list[str]] = {}
    for slot in slots:
        if slot.discord_id is not None and slot.kind in {PlaceKind.ROLE, PlaceKind.TEXT}:
            groups.setdefault(slot.track_id, []).append(place(slot))
    return "\n".join(f"{DONE} {' '.join(places)}" for places in groups.values())


def _mark(stands: object) -> str:
    return DONE if stands else _TODO


def slot_name(slot: Slot) -> str:
    """What a slot is called, marked for what it is, where it does not stand to be linked."""
    name = clip(escape(slot.name), _NAME)
    if slot.kind is PlaceKind.ROLE:
        return f"@{name}"
    return f"**{name}**" if slot.kind is PlaceKind.CATEGORY else f"#{name}"
