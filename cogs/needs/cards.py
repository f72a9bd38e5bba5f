"""What waits for one person, each with a button to see to it right here."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import discord
from discord import ui
from discord.utils import format_dt

from bot.domain.factors.edits import GRACE_DAYS
from bot.domain.factors.experiences import ExperienceView
from bot.domain.factors.views import FactorView
from bot.domain.membership.joining import RequestView
from bot.domain.needs.needs import Needs, Unanswered
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, beside, button, line, press_id, row, said
from bot.ui.text import clip, escape, linked
from cogs.meetings.said import answer_row

_Items: TypeAlias = list[ui.Item[Card]]

# Of the 40 parts and the 4 000 characters that a message holds.
_PARTS: Final = 39
_ROOM: Final = 3900


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
    sections = [each for each in _sections(words, needs) if each.each]
    while True:
        items = [*head, *(item for each in sections for item in each.items(words))]
        largest = max(sections, key=lambda each: each.shown, default=None)
        if _fits(items) or largest is None or largest.shown == 1:
            return Card(*items)
        largest.shown -= 1


def _sections(words: Words, needs: Needs) -> list[_Section]:
    requests = [_request(words, each) for each in needs.requests]
    told = [_experience(words, each) for each in needs.experiences]
    meetings = [_meeting(words, each) for each in needs.meetings]
    edited = [_edited(words, each) for each in needs.edited]
    factors = [_factor(words, each) for each in needs.factors]
    return [
        _section("", requests, needs.requests_total, "needs.more.requests"),
        _section("", told, needs.experiences_total, "needs.more.experiences"),
        _section(
            words("needs.meetings", n=needs.meetings_total),
            meetings, needs.meetings_total, "needs.more.meetings",
        ),
        _section(
            words("needs.edited", n=needs.edited_total, days=GRACE_DAYS),
            edited, needs.edited_total, "needs.more.edited",
        ),
        _section(
            words("needs.factors", n=needs.factors_total),
            factors, needs.factors_total, "needs.more.factors",
        ),
    ]  # fmt: skip


def _section(head: str, each: list[_Items], total: int, more: str) -> _Section:
    above: _Items = [line(), said(head)] if head else []
    return _Section(above, each, total, more, len(each))


def _draft(words: Words, needs: Needs) -> _Items:
    if needs.draft is None:
        return []
    title = escape(needs.draft.title) or words("draft.no_title")
    opened = button(words("needs.open"), press_id("draft:1", needs.draft.id))
    return [beside(words("needs.draft", title=title), opened)]


def _request(words: Words, request: RequestView) -> _Items:
    about = (request.programme_id, request.id)
    text = words(
        "request.wants",
        who=f"<@{request.member_id}>",
        organisation=escape(request.organisation),
    )
    approve = button(
        words("request.approve"),
        press_id("request:1", *about, "approve"),
        discord.ButtonStyle.success,
    )
    decline = button(words("request.decline"), press_id("request:1", *about, "decline"))
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
    return [beside(_titled(factor), changed)]


def _factor(words: Words, factor: FactorView) -> _Items:
    vote = button(words("needs.vote"), press_id("factor:1", factor.id), discord.ButtonStyle.primary)
    return [beside(_titled(factor), vote)]


def _titled(factor: FactorView) -> str:
    return f"{theme.KIND[factor.kind]} {clip(escape(factor.title), 150)}"


def _fits(items: _Items) -> bool:
    every = [part for item in items for part in (item, *_within(item))]
    texts = (part.content for part in every if isinstance(part, ui.TextDisplay))
    return len(every) <= _PARTS and sum(map(len, texts)) <= _ROOM


def _within(item: ui.Item[Card]) -> _Items:
    inside: _Items = []
    if isinstance(item, ui.Section | ui.ActionRow):
        inside = list(item.walk_children())
    return inside
