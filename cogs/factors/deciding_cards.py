"""Cards about what becomes of a factor: pure functions of a view and the words to say it in."""

from datetime import datetime

import discord
from discord import ui

from bot.domain.factors.edits import Rights
from bot.domain.factors.merging import Merged, MergeQuestion
from bot.domain.factors.views import FactorView, Voting
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import clip, escape, linked
from storage.enums import FactorStatus

_TITLE_SHOWN = 210  # a title whole, though every character were escaped
_REASON_SHOWN = 1000


def managing_buttons(words: Words, factor: FactorView, rights: Rights) -> list[ui.Button[Card]]:
    """What somebody may do with a factor beside editing it: at most five buttons."""
    found = []
    is_open = factor.status is FactorStatus.OPEN
    merged = factor.status is FactorStatus.MERGED
    if rights.edits and is_open:
        found.append(button(words("deciding.withdraw"), press_id("withdraw:1", factor.id)))
    if rights.decides and merged:
        found.append(button(words("deciding.unmerge"), press_id("unmerge:1", factor.id)))
    if rights.decides and not merged:
        found.append(button(words("deciding.decide"), press_id("decide:1", factor.id)))
    if rights.decides and is_open:
        found.append(button(words("deciding.days"), press_id("days:1", factor.id)))
        found.append(button(words("deciding.merge"), press_id("mergewith:1", factor.id)))
    if rights.decides:
        found.append(button(words("deciding.area"), press_id("area:1", factor.id)))
    return found


def decided_card(words: Words, factor: FactorView) -> Card:
    """For whoever decided: what became of it, and that those concerned are told."""
    lines = [words(f"decided.{factor.status}", title=_linked(factor))]
    if factor.status is FactorStatus.OPEN and factor.voting is not Voting.OPEN:
        lines.append(words("decided.no_votes"))
    lines.append(f"-# {words('decided.telling')}")
    return Card(said("\n".join(lines)), accent=theme.DONE)


def decided_meanwhile_card(words: Words, factor_id: int, why: str, reason: str) -> Card:
    """What somebody else decided first, with the reason that was written handed back."""
    return Card(
        said(f"{why}\n{words('decided.yours')}\n{_quoted(reason)}"),
        row(button(words("decided.anew"), press_id("decide:1", factor_id))),
        accent=theme.TROUBLE,
    )


def merge_question_card(words: Words, question: MergeQuestion) -> Card:
    """What a merge would do, before it is done."""
    head = words("merge.ask", title=_linked(question.merged), into=_linked(question.into))
    lines = [words("merge.ask.people", n=question.people)]
    if question.both:
        lines.append(words("merge.ask.both", n=question.both))
    if question.outside:
        lines.append(words("merge.ask.outside", n=question.outside))
    lines.append(words("merge.ask.kept"))
    return Card(
        said(f"{head}\n{_quoted(question.reason)}"),
        line(),
        said("\n".join(f"- {each}" for each in lines)),
        row(
            button(
                words("merge.confirm"),
                press_id("mergenow:1", question.id),
                discord.ButtonStyle.primary,
            ),
            button(words("merge.cancel"), press_id("mergenot:1", question.id)),
        ),
    )


def merged_card(words: Words, done: Merged) -> Card:
    """For whoever merged: that it is done, and how many people's votes moved."""
    head = words("merge.done", title=_linked(done.merged), into=_linked(done.into))
    moved = words("merge.moved", n=done.moved)
    return Card(said(f"{head} {moved}\n-# {words('merge.undo')}"), accent=theme.DONE)


def unmerged_card(words: Words, done: Merged) -> Card:
    """For whoever undid a merge."""
    head = words("unmerge.done", title=_linked(done.merged), into=_linked(done.into))
    moved = words("unmerge.moved", n=done.moved)
    return Card(said(f"{head} {moved}\n-# {words('decided.telling')}"), accent=theme.DONE)


def days_card(words: Words, factor: FactorView) -> Card:
    """When a factor takes votes from now on."""
    parts = []
    if factor.opens_at is not None:
        parts.append(words("factor.opens", when=_moment(factor.opens_at)))
    if factor.closes_at is not None:
        over = factor.voting is Voting.OVER
        key = "factor.closed" if over else "factor.closes"
        parts.append(words(key, when=_moment(factor.closes_at)))
    head = words("deciding.days.done", title=_linked(factor))
    when = " · ".join(parts) or words("deciding.days.always")
    return Card(said(f"{head}\n🗓️ {when}"), accent=theme.DONE)


def area_card(words: Words, factor: FactorView) -> Card:
    """Under which key area a factor stands from now on."""
    title = _linked(factor)
    if factor.key_area is None:
        return Card(said(words("deciding.area.none", title=title)), accent=theme.DONE)
    text = words("deciding.area.done", title=title, area=escape(factor.key_area))
    return Card(said(text), accent=theme.DONE)


def outcome_text(words: Words, factor: FactorView) -> str:
    """For everyone: what became of a factor, and why."""
    return f"**{words(f'told.{factor.status}')}**\n{_quoted(factor.reason)}"


def merged_text(words: Words, done: Merged) -> str:
    """For those of a factor that was merged: where its votes count, and where to talk."""
    told = _may_be_named(done.into, beside=done.merged)
    into = _linked(done.into) if told else words("factor.elsewhere")
    head = words("told.merged", into=into, n=done.moved)
    thread = _thread(words, "told.go_on", done.into) if told else []
    lines = [head, _quoted(done.merged.reason), *thread]
    return "\n".join(lines)


def received_text(words: Words, done: Merged) -> str:
    """For those of the factor that another was merged into."""
    told = _may_be_named(done.merged, beside=done.into)
    title = _linked(done.merged) if told else words("factor.elsewhere").capitalize()
    head = words("told.received", title=title, n=done.moved)
    thread = _thread(words, "told.talked", done.merged) if told else []
    lines = [head, _quoted(done.merged.reason), *thread]
    return "\n".join(lines)


def parted_text(words: Words, done: Merged) -> str:
    """For those of a factor that is merged no more."""
    told = _may_be_named(done.into, beside=done.merged)
    into = _linked(done.into) if told else words("factor.elsewhere")
    return words("told.parted", into=into, n=done.moved)


def left_text(words: Words, done: Merged) -> str:
    """For those of the factor that another was merged into, and is no more."""
    told = _may_be_named(done.merged, beside=done.into)
    title = _linked(done.merged) if told else words("factor.elsewhere").capitalize()
    return words("told.left", title=title, n=done.moved)


def _may_be_named(factor: FactorView, *, beside: FactorView) -> bool:
    """Whether those who read what is said of another factor may all read of this one."""
    track = factor.track
    return track is None or not track.closed or track == beside.track


def _thread(words: Words, key: str, factor: FactorView) -> list[str]:
    return [words(key, thread=f"<#{factor.thread_id}>")] if factor.thread_id else []


def _linked(factor: FactorView) -> str:
    title = clip(escape(factor.title), _TITLE_SHOWN)
    return f"**{linked(title, factor.url)}**"


def _quoted(reason: str) -> str:
    line = escape(" ".join(reason.split()))
    return f"> {clip(line, _REASON_SHOWN)}"


def _moment(when: datetime) -> str:
    stamp = int(when.timestamp())
    return f"<t:{stamp}:f> (<t:{stamp}:R>)"
