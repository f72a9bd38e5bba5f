"""What waits for one person, each with a button to see to it right here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeAlias, TypeVar

import discord
from discord import ui
from discord.utils import format_dt

from bot.domain.factors.edits import GRACE_DAYS
from bot.domain.factors.experiences import ExperienceView
from bot.domain.factors.views import FactorView
from bot.domain.membership.joining import RequestView
from bot.domain.needs.needs import Needs, Unanswered, Waiting
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, beside, button, line, press_id, row, said
from bot.ui.text import clip, escape, linked
from cogs.meetings.said import answer_row
from cogs.members.cards import RequestAnswer

_Items: TypeAlias = list[ui.Item[Card]]
_Thing = TypeVar("_Thing")

# Of the 40 parts and the 4 000 characters that a message holds.
_PARTS: Final = 39
_ROOM: Final = 3900


@dataclass(frozen=True)
class _Kind(Generic[_Thing]):
    """How things of one kind are shown; ``head`` and ``more`` say above and below how many."""

    of: Callable[[Needs], Waiting[_Thing]]
    show: Callable[[Words, _Thing], _Items]
    more: str
    head: str = ""


@dataclass
class _Section:
    """Things of one kind, each in some parts of the card; as many are shown as there is room for.

    ``more`` says how many others there are, and where.
    """

    head: _Items
    each: list[_Items]
    total: int
    more: str
    shown: int

    def items(self, words: Words) -> _Items:
        found = [*self.head, *(item for items in self.each[: self.shown] for item in items)]
        if self.total > self.shown:
            found.append(said(f"-# {words(self.more, n=self.total - self.shown)}"))
        return found


def needs_card(words: Words, needs: Needs) -> Card:
    """What waits for one person: as much of it as a message holds, and how much more there is."""
    if needs.nothing:
        return Card(said(words("needs.nothing")), accent=theme.DONE)
    head: _Items = [said(words("needs.head")), *_draft(words, needs)]
    waiting = [(kind, kind.of(needs)) for kind in _KINDS]
    sections = [_section(words, kind, found) for kind, found in waiting if found]
    while True:
        items = [*head, *(item for each in sections for item in each.items(words))]
        largest = max(sections, key=lambda each: each.shown, default=None)
        if _fits(items) or largest is None or largest.shown == 1:
            return Card(*items)
        largest.shown -= 1


def _section(words: Words, kind: _Kind[_Thing], waiting: Waiting[_Thing]) -> _Section:
    each = [kind.show(words, thing) for thing in waiting.shown]
    head: _Items = []
    if kind.head:
        head = [line(), said(words(kind.head, n=waiting.total, days=GRACE_DAYS))]
    return _Section(head, each, waiting.total, kind.more, len(each))


def _draft(words: Words, needs: Needs) -> _Items:
    if needs.draft is None:
        return []
    title = escape(needs.draft.title) or words("draft.no_title")
    opened = button(words("needs.open"), press_id("draft:1", needs.draft.id))
    return [beside(words("needs.draft", title=title), opened)]


def _request(words: Words, request: RequestView) -> _Items:
    about = (request.programme_id, request.id)
    text = words(
        "request.wants", who=f"<@{request.member_id}>", organisation=escape(request.organisation)
    )
    approve = button(
        words("request.approve"),
        press_id("request:1", *about, RequestAnswer.APPROVE),
        discord.ButtonStyle.success,
    )
    decline = button(words("request.decline"), press_id("request:1", *about, RequestAnswer.DECLINE))
    return [said(text), row(approve, decline)]


def _experience(words: Words, told: ExperienceView) -> _Items:
    how = escape(told.how.replace("\n", " "))
    stance = words(f"experience.says.{told.kind}.{told.stance}")
    text = words("needs.experience", title=escape(told.factor), stance=stance, how=how)
    confirm = button(words("needs.confirm"), press_id("confirm:1", told.id))
    return [beside(clip(text, 400), confirm)]


def _meeting(words: Words, meeting: Unanswered) -> _Items:
    title = linked(clip(escape(meeting.time.title), 150), meeting.url)
    starts = meeting.time.starts_at
    when = f"{format_dt(starts, 'F')} · {format_dt(starts, 'R')}"
    text = f"{theme.MEETING[meeting.kind]} {title}\n{when}"
    return [said(text), answer_row(words, meeting.programme_id, meeting.time.id)]


def _edited(words: Words, factor: FactorView) -> _Items:
    changed = button(words("more.changed"), press_id("changed:1", factor.id))
    return [beside(_titled(words, factor), changed)]


def _factor(words: Words, factor: FactorView) -> _Items:
    vote = button(words("needs.vote"), press_id("factor:1", factor.id), discord.ButtonStyle.primary)
    return [beside(_titled(words, factor), vote)]


def _titled(words: Words, factor: FactorView) -> str:
    kind = words(f"kind.short.{factor.kind}")
    return f"{theme.KIND[factor.kind]} {clip(escape(factor.title), 150)} · {kind}"


def _fits(items: _Items) -> bool:
    every = [part for item in items for part in (item, *_within(item))]
    texts = (part.content for part in every if isinstance(part, ui.TextDisplay))
    return len(every) <= _PARTS and sum(map(len, texts)) <= _ROOM


def _within(item: ui.Item[Card]) -> _Items:
    inside: _Items = []
    if isinstance(item, ui.Section | ui.ActionRow):
        inside = list(item.walk_children())
    return inside


_KINDS: Final[tuple[_Kind[Any], ...]] = (
    _Kind(lambda needs: needs.requests, _request, "needs.more.requests"),
    _Kind(lambda needs: needs.experiences, _experience, "needs.more.experiences"),
    _Kind(lambda needs: needs.meetings, _meeting, "needs.more.meetings", "needs.meetings"),
    _Kind(lambda needs: needs.edited, _edited, "needs.more.edited", "needs.edited"),
    _Kind(lambda needs: needs.factors, _factor, "needs.more.factors", "needs.factors"),
)
"""What waits beside a draft, in the order in which it stands."""
