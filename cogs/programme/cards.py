"""Cards about the programme itself: setting it up, how it is, what happened to it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord.utils import format_dt

from bot.delivery.notices import again_button, posts_text
from bot.domain.digest_settings import Outline
from bot.domain.ledger import Overview
from bot.domain.people import COORDINATORS_ROLE
from bot.domain.places import COORDINATORS, FORUM, Slot
from bot.domain.status import StatusView
from bot.i18n import Words
from bot.ui import theme
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import clip, escape
from cogs.programme.health import Kind, Trouble
from cogs.programme.history import history_button
from cogs.programme.outcome import Outcome
from storage.enums import PlaceKind

_DONE, _TODO, _LOST = "✅", "▫️", "❌"
# What a list may take of a card's 4000 characters.
_ROOM = 1500
_NAME = 60
_NEXT_POSTS, _TROUBLED_POSTS, _POSTS_ROOM = 10, 8, 2000


@dataclass(frozen=True)
class Report:
    """How a programme is: what it holds, what is wrong, and whether its home card stands."""

    status: StatusView
    troubles: Sequence[Trouble]
    home: bool
    posts: Overview
    digest: Outline

    @property
    def well(self) -> bool:
        """Whether there is nothing to repair."""
        return not self.troubles and self.home and not self.status.cardless


def progress_card(words: Words, slots: Sequence[Slot], stands: Callable[[Slot], bool]) -> Card:
    """What stands already and what is made now, and how far that has come."""
    places = [slot for slot in slots if slot.kind is not PlaceKind.MESSAGE]
    done = sum(stands(slot) for slot in places)
    head = words("setup.working", done=done, total=len(places))
    return Card(said(f"{head}\n{words('setup.marks')}"), line(), said(_plan(places, stands)))


def blocked_card(
    words: Words, slots: Sequence[Slot], stands: Callable[[Slot], bool], wrong: Sequence[Trouble]
) -> Card:
    """Nothing was made: why, what to do, and what would have been made."""
    places = [slot for slot in slots if slot.kind is not PlaceKind.MESSAGE]
    return Card(
        said(words("setup.blocked")),
        said(troubles_text(words, wrong)),
        line(),
        said(f"{words('setup.would_make')}\n{_plan(places, stands)}"),
        accent=theme.TROUBLE,
    )


def finished_card(words: Words, outcome: Outcome) -> Card:
    """What stands now, what was made just now, what still needs a person, and what to do next."""
    made, programme = len(outcome.made), outcome.programme
    head = words("setup.done", n=made) if made else words("setup.nothing_missing")
    forum = programme.discord_id(FORUM)
    coordinators = programme.discord_id(COORDINATORS)
    after = words("setup.next", forum=f"<#{forum}>", coordinators=f"<#{coordinators}>")
    parts = [said(head), line(), said(_standing(programme.slots))]
    if outcome.troubles:
        parts += [line(), said(troubles_text(words, outcome.troubles))]
    accent = theme.TROUBLE if outcome.troubles else theme.DONE
    return Card(*parts, line(), said(after), accent=accent)


def stopped_card(words: Words, slots: Sequence[Slot], head: str) -> Card:
    """Discord refused in the middle: how to go on, what stands, and what is missing."""
    parts = [said(head)]
    made = [slot for slot in slots if slot.discord_id is not None]
    if made:
        parts.append(said(_standing(made)))
    lacking = [
        slot for slot in slots if slot.discord_id is None and slot.kind is not PlaceKind.MESSAGE
    ]
    if lacking:
        parts.append(said(f"{words('setup.missing')}\n{_plan(lacking, lambda _: False)}"))
    return Card(*parts, accent=theme.TROUBLE)


def status_card(words: Words, report: Report) -> Card:
    """How the programme is, for coordinators: what stands, what is wrong, what to do."""
    status = report.status
    wrong = {trouble.slot.key for trouble in report.troubles if trouble.slot}
    fine = [slot for slot in status.programme.slots if slot.key not in wrong]
    parts: list[discord.ui.Item[Any]] = [
        said(words("status.well" if report.well else "status.unwell")),
        line(),
        said(_standing(fine) or words("status.nothing_stands")),
    ]
    if not report.well:
        parts += [line(), said(_fitted(words, _wrong(words, report)))]
    parts += [line(), said("\n".join(_numbers(words, status)))]
    parts += [line(), said(_digests(words, report.digest))]
    parts += [line(), said(_posts(words, report.posts))]
    buttons = [_repair(words, status.programme.id, quiet=report.well), history_button(words)]
    if report.posts.failed:
        buttons.append(again_button(words, status.programme.id))
    return Card(
        *parts,
        row(*buttons),
        accent=theme.DONE if report.well else theme.TROUBLE,
    )


def _digests(words: Words, digest: Outline) -> str:
    """What became of the last weekly digest, and when the next one comes."""
    due = {"when": format_dt(digest.next_at, "F"), "relative": format_dt(digest.next_at, "R")}
    lines = [words("digest.settings.next", week=digest.next_week.number, **due)]
    if digest.last_week and digest.last_state and digest.last_at:
        when, week = format_dt(digest.last_at, "f"), digest.last_week.number
        lines.insert(0, words(f"digest.last.{digest.last_state}", week=week, when=when))
    return "\n".join([words("digest.settings.head"), *lines])


def _posts(words: Words, posts: Overview) -> str:
    """What goes out next, and what of late did not go as it should."""
    coming = posts_text(words, posts.upcoming, _NEXT_POSTS) or words("delivery.next.none")
    lines = [words("delivery.next"), coming]
    if posts.troubles:
        lines += ["", words("delivery.amiss"), posts_text(words, posts.troubles, _TROUBLED_POSTS)]
    return clip("\n".join(lines), _POSTS_ROOM)


def drift_card(programme_id: int, news: Sequence[Trouble], words: Words) -> Card:
    """For coordinators: something was deleted or closed by hand, and can be repaired."""
    return Card(
        said(words("drift.head", n=len(news))),
        said(troubles_text(words, news)),
        said(words("drift.repair")),
        row(_repair(words, programme_id)),
        accent=theme.TROUBLE,
    )


def repairing_card(words: Words, who: int) -> Card:
    """Somebody (a Discord id) has pressed **Repair**."""
    return Card(said(words("repair.working", who=f"<@{who}>")))


def repaired_card(words: Words, outcome: Outcome) -> Card:
    """What a repair has done, and what it could not do."""
    done = _repaired(words, outcome)
    head = words("repair.done" if done else "repair.nothing")
    if outcome.troubles and not done:
        head = words("repair.not_done")
    parts = [said(_fitted(words, [head, *done]))]
    if outcome.troubles:
        parts.append(said(troubles_text(words, outcome.troubles)))
    elif outcome.refusal is None:
        return Card(*parts, accent=theme.DONE)
    return Card(*parts, row(_repair(words, outcome.programme.id)), accent=theme.TROUBLE)


def troubles_text(words: Words, wrong: Iterable[Trouble]) -> str:
    """What is wrong and what to do about it, a line each."""
    return _fitted(words, [_trouble(words, trouble) for trouble in wrong])


def place(slot: Slot) -> str:
    """What a place is called, or where it is."""
    if slot.discord_id is None or slot.kind is PlaceKind.CATEGORY:
        return _name(slot)
    return f"<@&{slot.discord_id}>" if slot.kind is PlaceKind.ROLE else f"<#{slot.discord_id}>"


def _wrong(words: Words, report: Report) -> list[str]:
    lines = [_trouble(words, trouble) for trouble in report.troubles]
    if not report.home:
        lines.append(f"{_LOST} {words('trouble.home')}")
    if report.status.cardless:
        lines.append(f"{_LOST} {words('trouble.cardless', n=report.status.cardless)}")
    return lines


def _numbers(words: Words, status: StatusView) -> list[str]:
    lines = [
        words("status.organisations", n=status.organisations),
        words("status.participants", n=status.participants),
    ]
    if status.empty:
        lines.append(words("status.empty", n=status.empty))
    return lines


def _repaired(words: Words, outcome: Outcome) -> list[str]:
    """What a repair has done, one line each."""
    lines = [f"{_DONE} {words('repair.made', what=place(slot))}" for slot in outcome.made]
    lines += [f"{_DONE} {words('repair.opened', what=place(slot))}" for slot in outcome.opened]
    if outcome.home:
        lines.append(f"{_DONE} {words('repair.home')}")
    if outcome.cards:
        lines.append(f"{_DONE} {words('repair.cards', n=outcome.cards)}")
    if any(slot.key == COORDINATORS_ROLE for slot in outcome.made):
        lines.append(words("repair.role"))
    if outcome.refusal is not None:
        lines.append(f"{_LOST} {words('repair.stopped', why=clip(escape(outcome.refusal), 300))}")
    return lines


def _repair(words: Words, programme_id: int, *, quiet: bool = False) -> discord.ui.Button[Card]:
    style = discord.ButtonStyle.secondary if quiet else discord.ButtonStyle.primary
    return button(words("repair.button"), press_id("repair:1", programme_id), style, emoji="🛠️")


def _trouble(words: Words, trouble: Trouble) -> str:
    """What is wrong and what to do about it."""
    names = ", ".join(words(f"permission.{name}") for name in trouble.names)
    what = ""
    if trouble.slot is not None:
        gone = trouble.kind is Kind.MISSING
        what = _name(trouble.slot) if gone else place(trouble.slot)
    text = words(
        f"trouble.{trouble.kind}",
        what=what,
        names=f"**{names}**",
        there=trouble.there,
        wanted=trouble.wanted,
    )
    return f"{_LOST} {text}"


def _fitted(words: Words, lines: Sequence[str]) -> str:
    """As many lines as there is room for."""
    shown: list[str] = []
    for number, text in enumerate(lines):
        if sum(map(len, shown)) + len(text) > _ROOM:
            return "\n".join([*shown, words("trouble.more", n=len(lines) - number)])
        shown.append(text)
    return "\n".join(shown)


def _plan(slots: Sequence[Slot], stands: Callable[[Slot], bool]) -> str:
    """The places, marked by whether they stand; where there are many, one line a category."""
    full = "\n".join(f"{_mark(stands(slot))} {_name(slot)}" for slot in slots)
    if len(full) <= _ROOM:
        return full
    lines = []
    for slot in slots:
        if slot.kind is PlaceKind.CATEGORY:
            inside = [slot, *(child for child in slots if child.parent == slot.key)]
            done = sum(map(stands, inside))
            lines.append(f"{_mark(done == len(inside))} {_name(slot)} {done}/{len(inside)}")
    return "\n".join(lines)


def _standing(slots: Sequence[Slot]) -> str:
    """What stands, one line for each track and one for what is common to all."""
    groups: dict[int | None, list[str]] = {}
    for slot in slots:
        if slot.discord_id is not None and slot.kind in {PlaceKind.ROLE, PlaceKind.TEXT}:
            groups.setdefault(slot.track_id, []).append(place(slot))
    return "\n".join(f"{_DONE} {' '.join(places)}" for places in groups.values())


def _mark(stands: object) -> str:
    return _DONE if stands else _TODO


def _name(slot: Slot) -> str:
    name = clip(escape(slot.name), _NAME)
    if slot.kind is PlaceKind.ROLE:
        return f"@{name}"
    return f"**{name}**" if slot.kind is PlaceKind.CATEGORY else f"#{name}"
