"""The walk: one thing that waits, with the buttons that see to it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

import discord
from discord import ui
from discord.utils import format_dt

from bot.domain.factors.edits import Since
from bot.domain.factors.experiences import ExperienceView
from bot.domain.factors.views import FactorView
from bot.domain.membership.joining import RequestView
from bot.domain.needs import walk
from bot.domain.needs.needs import Unanswered
from bot.domain.needs.walk import Step
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, beside, button, line, press_id, row, said
from bot.ui.text import clip, escape, linked
from cogs.factors.cards import where
from cogs.factors.edit_cards import change_lines
from storage.enums import Choice, Need

_Items: TypeAlias = list[ui.Item[Card]]
_TITLE_SHOWN: Final = 140
_HOW_SHOWN: Final = 300
_CHANGES_SHOWN: Final = 900
_TOLD: Final = ("votes", "answers", "requests", "statements", "skipped")


class Deed(StrEnum):
    """What somebody does about a thing that waits."""

    SUPPORT = "support"
    UNSURE = "unsure"
    OBJECT = "object"
    STILL = "still"
    GOING = "going"
    MAYBE = "maybe"
    CANT = "cant"
    APPROVE = "approve"
    DECLINE = "decline"
    CONFIRM = "confirm"
    TELL = "tell"
    SKIP = "skip"
    NEVER = "never"


CHOICES: Final = {
    Deed.SUPPORT: Choice.SUPPORT,
    Deed.UNSURE: Choice.UNSURE,
    Deed.OBJECT: Choice.OBJECT,
}


@dataclass(frozen=True)
class Last:
    """What was done just now, in words, and the press that takes it back, if one can."""

    text: str
    undo: str | None = None


def walk_card(words: Words, now: Step, last: Last | None = None, *, direct: bool = False) -> Card:
    """The thing that waits, below what was done just now; or the end of the sitting.

    Args:
        words: how to say it.
        now: where the walk has come to.
        last: what was done just now.
        direct: it is shown in a direct message, where nothing of a server can be opened.
    """
    items = _last(words, last)
    if now.errand is None:
        return Card(*items, *_end(words, now), accent=theme.DONE)
    shown = _SHOWS[now.errand.kind](words, now, now.shown)
    opened = None if direct else _opened(words, now)
    place = words("walk.place", number=now.sitting.done + 1, most=walk.MOST, days=walk.RESTS_DAYS)
    return Card(
        *items, *shown, row(*_later(words, now), *filter(None, [opened])), said(f"-# {place}")
    )


def _last(words: Words, last: Last | None) -> _Items:
    if last is None:
        return []
    if last.undo is None:
        return [said(last.text), line()]
    return [beside(last.text, button(words("walk.undo"), last.undo)), line()]


def _end(words: Words, now: Step) -> _Items:
    left = now.with_day + now.without_day
    lines = [words("walk.done" if left or now.sitting.done else "needs.nothing")]
    lines += [
        words(f"walk.did.{name}", n=number)
        for name in _TOLD
        if (number := getattr(now.sitting, name))
    ]
    counts = {"walk.left.day": now.with_day, "walk.left": now.without_day}
    lines += [f"-# {words(key, n=number)}" for key, number in counts.items() if number]
    items: _Items = [said("\n".join(lines))]
    if left:
        go_on = button(words("walk.go_on"), press_id("walk:1", now.programme_id))
        items.append(row(go_on))
    return items


def _later(words: Words, now: Step) -> list[ui.Button[Card]]:
    buttons = [_press(words("walk.skip"), now, Deed.SKIP)]
    if now.errand and now.errand.kind in walk.JUDGED:
        buttons.append(_press(words("walk.never"), now, Deed.NEVER))
    return buttons


def _opened(words: Words, now: Step) -> ui.Button[Card] | None:
    """The way to all there is about the thing, beside the walk."""
    if now.errand is None:
        return None
    if now.errand.kind is Need.DRAFT:
        return button(words("needs.open"), press_id("draft:1", now.errand.subject_id))
    if now.errand.kind in {Need.FACTOR, Need.EDITED, Need.STATEMENT}:
        return button(words("factor.more"), press_id("more:1", now.errand.subject_id))
    return None


def _press(
    label: str,
    now: Step,
    deed: Deed,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    emoji: str | None = None,
) -> ui.Button[Card]:
    errand = now.errand
    if errand is None:
        raise ValueError(deed)
    about = (now.programme_id, errand.kind, errand.subject_id, deed, now.sitting)
    return button(label, press_id("walkdo:1", *about), style, emoji=emoji)


def _request(words: Words, now: Step, request: RequestView) -> _Items:
    organisation = escape(request.organisation)
    text = words("request.wants", who=f"<@{request.member_id}>", organisation=organisation)
    approve = _press(words("request.approve"), now, Deed.APPROVE)
    return [said(text), row(approve, _press(words("request.decline"), now, Deed.DECLINE))]


def _draft(words: Words, _: Step, draft: Any) -> _Items:
    title = escape(draft.title) or words("draft.no_title")
    return [said(words("needs.draft", title=title))]


def _meeting(words: Words, now: Step, meeting: Unanswered) -> _Items:
    title = linked(clip(escape(meeting.time.title), _TITLE_SHOWN), meeting.url)
    starts = meeting.time.starts_at
    when = f"{format_dt(starts, 'F')} · {format_dt(starts, 'R')}"
    answers = [
        _press(words(f"meeting.answer.{deed}"), now, deed)
        for deed in (Deed.GOING, Deed.MAYBE, Deed.CANT)
    ]
    return [said(f"### {theme.MEETING[meeting.kind]} {title}\n{when}"), row(*answers)]


def _votes(words: Words, now: Step) -> list[ui.Button[Card]]:
    return [
        _press(words(f"choice.{choice}"), now, deed, emoji=theme.CHOICE[choice])
        for deed, choice in CHOICES.items()
    ]


def _factor(words: Words, now: Step, factor: FactorView) -> _Items:
    asked = f"**{words('factor.question')}**"
    return [said(f"{_text(words, factor)}\n{asked}"), row(*_votes(words, now))]


def _edited(words: Words, now: Step, found: Since) -> _Items:
    title = clip(escape(found.factor.title), _TITLE_SHOWN)
    head = f"### {theme.KIND[found.factor.kind]} {title}\n-# {where(words, found.factor)}"
    text = f"{head}\n{words('walk.edited')}"
    changes = change_lines(words, found.changes, _CHANGES_SHOWN) if found.changes else ""
    objects = found.ballot.choice is Choice.OBJECT
    still = _press(words("walk.still.objection" if objects else "walk.still"), now, Deed.STILL)
    return [said(f"{text}\n{changes}"), row(still), row(*_votes(words, now))]


def _confirm(words: Words, now: Step, told: ExperienceView) -> _Items:
    how = escape(told.how.replace("\n", " "))
    stance = words(f"experience.says.{told.kind}.{told.stance}")
    text = words("needs.experience", title=escape(told.factor), stance=stance, how=how)
    return [said(clip(text, 700)), row(_press(words("needs.confirm"), now, Deed.CONFIRM))]


def _statement(words: Words, now: Step, factor: FactorView) -> _Items:
    asked = f"**{words('walk.statement')}**"
    tell = _press(words("factor.experience"), now, Deed.TELL, emoji="🧭")
    return [said(f"{_text(words, factor)}\n{asked}"), row(tell)]


def _text(words: Words, factor: FactorView) -> str:
    title = clip(escape(factor.title), _TITLE_SHOWN)
    how = clip(escape(factor.how), _HOW_SHOWN)
    return f"### {theme.KIND[factor.kind]} {title}\n-# {where(words, factor)}\n{how}"


_SHOWS: Final[dict[Need, Callable[[Words, Step, Any], _Items]]] = {
    Need.REQUEST: _request,
    Need.DRAFT: _draft,
    Need.MEETING: _meeting,
    Need.EDITED: _edited,
    Need.CONFIRM: _confirm,
    Need.FACTOR: _factor,
    Need.STATEMENT: _statement,
}
