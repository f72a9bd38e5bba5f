"""Cards on the way to a factor: the preview, what waits, and the thanks."""

from collections.abc import Sequence
from enum import StrEnum

import discord

from bot.domain.factors import wording
from bot.domain.factors.draft_views import DraftView
from bot.domain.factors.similar import Similar
from bot.domain.factors.views import FactorView
from bot.domain.factors.wording import SideTexts
from bot.i18n import dates
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, beside, button, line, press_id, row, said
from bot.ui.text import clip, escape, linked

_REST_SHOWN = {"context": 450, "evidence": 250}
_TITLE_SHOWN = 140
_HOW_SHOWN = 120  # of a similar factor
_NAME_SHOWN = 60


class Naming(StrEnum):
    """Whether a factor names the meeting that it may have come from."""

    ON = "on"
    OFF = "off"


_MOST_CHARACTERS = 4000  # over all texts of a message, as Discord counts


def preview_card(words: Words, draft: DraftView, similar: Sequence[Similar] = ()) -> Card:
    """What a person submitted, for them alone: publish it, change it, add to it, or keep it."""
    notes = [words("draft.head"), *([words("hidden")] if draft.masked else [])]
    before = "\n".join([*notes, *(words(problem) for problem in draft.problems)])
    head, after, meeting = _head(words, draft), _after(words, draft), _meeting(words, draft)
    alike = [_similar_text(words, each.factor) for each in similar]
    found = words("similar.head") if similar else ""
    question = words(f"draft.gentle.{draft.kind}") if draft.question else ""
    how = _how(words, draft, beside=(before, head, after, meeting, found, *alike, question))
    parts = [said(before), line(), said(head), said(how), *([said(after)] if after else [])]
    parts += [*([beside(meeting, _meeting_button(words, draft))] if meeting else []), line()]
    if similar:
        parts += [said(found), *_offers(words, draft, similar, alike), line()]
    if question:
        parts.append(said(question))
    accent = theme.TROUBLE if draft.problems else theme.CALM
    return Card(*parts, _preview_row(words, draft), accent=accent)


def _how(words: Words, draft: DraftView, beside: Sequence[str]) -> str:
    """The HOW with its question, cut where a message could not hold it beside its other texts."""
    asked = f"**{words(f'how.{draft.kind}')}**\n"
    left = _MOST_CHARACTERS - len(asked) - sum(len(text) for text in beside)
    return asked + (clip(escape(draft.how), left) or words("draft.no_how"))


def waiting_card(words: Words, draft: DraftView) -> Card:
    """The person has a draft: go on with it, or write something new."""
    title = escape(draft.title) or words("draft.no_title")
    text, anew = words("draft.waiting", title=title), press_id("new:1")
    if draft.on_behalf:
        organisation = escape(draft.organisation)
        text = words("draft.waiting.behalf", title=title, organisation=organisation)
        anew = press_id("newfor:1", draft.organisation_id)
    go_on = press_id("draft:1", draft.id)
    return Card(
        said(text),
        row(
            button(words("draft.continue"), go_on, discord.ButtonStyle.primary),
            button(words("draft.new"), anew),
        ),
    )


def published_card(words: Words, factor: FactorView) -> Card:
    """Thanks, and where the card is."""
    key = "factor.published" if factor.url else "factor.published.unposted"
    return Card(
        said(words(key, title=escape(factor.title), url=factor.url or "")), accent=theme.DONE
    )


def supported_card(words: Words, factor: FactorView, draft_id: int) -> Card:
    """Thanks for the support of a similar factor, and what to do with one's own draft."""
    return Card(
        said(words("similar.thanks", factor=_linked(factor))),
        row(
            button(words("similar.publish"), press_id("publish:1", draft_id)),
            button(words("similar.discard"), press_id("discard:1", draft_id)),
        ),
        accent=theme.DONE,
    )


def _head(words: Words, draft: DraftView) -> str:
    title = escape(draft.title) or words("draft.no_title")
    track = f"{draft.track.emoji} {escape(draft.track.name)}" if draft.track else words("track.all")
    parts = [words(f"kind.{draft.kind}"), track]
    if draft.key_area:
        parts.append(f"🗂️ {escape(draft.key_area)}")
    return f"### {theme.KIND[draft.kind]} {title}\n-# {' · '.join(parts)}"


def _after(words: Words, draft: DraftView) -> str:
    """The details, for whom it is said, and what it began with."""
    lines = [
        f"**{words(f'details.field.{part}')}**\n{clip(escape(text), _REST_SHOWN[part])}"
        for part, text in wording.columns(draft, SideTexts).items()
        if text
    ]
    if draft.organisation:
        key = "draft.from.discreet" if draft.discreet else "draft.from"
        key = "draft.from.behalf" if draft.on_behalf else key
        lines.append(f"-# {words(key, organisation=escape(draft.organisation))}")
    if draft.source_url:
        lines.append(f"-# {words('draft.source', url=draft.source_url)}")
    return "\n".join(lines)


def _meeting(words: Words, draft: DraftView) -> str:
    """Whether the factor will name the meeting that was on where it was submitted."""
    if draft.meeting is None:
        return ""
    title = f"**{clip(escape(draft.meeting.title), _TITLE_SHOWN)}**"
    day = dates.day(words.language, draft.meeting.day)
    return words("draft.without_meeting" if draft.apart else "factor.meeting", title=title, day=day)


def _meeting_button(words: Words, draft: DraftView) -> discord.ui.Button[Card]:
    """The other choice than the one that stands."""
    other = Naming.ON if draft.apart else Naming.OFF
    return button(words(f"draft.meeting.{other}"), press_id("draftmeeting:1", draft.id, other))


def _preview_row(words: Words, draft: DraftView) -> discord.ui.ActionRow[Card]:
    return row(
        button(
            words("draft.publish"),
            press_id("publish:1", draft.id),
            discord.ButtonStyle.success,
            disabled=bool(draft.problems),
        ),
        button(words("draft.change"), press_id("change:1", draft.id)),
        button(words("draft.details"), press_id("adddetails:1", draft.id)),
        button(words("draft.later"), press_id("later:1", draft.id)),
    )


def _offers(
    words: Words, draft: DraftView, similar: Sequence[Similar], said_of: Sequence[str]
) -> list[discord.ui.Item[Card]]:
    """Each similar factor, with a button for whoever may support it."""
    parts: list[discord.ui.Item[Card]] = []
    for each, text in zip(similar, said_of, strict=True):
        press = button(words("similar.support"), press_id("instead:1", draft.id, each.factor.id))
        parts.append(beside(text, press) if each.may_support else said(text))
    return parts


def _similar_text(words: Words, factor: FactorView) -> str:
    how = clip(escape(factor.how.replace("\n", " ")), _HOW_SHOWN)
    organisation = clip(escape(factor.organisation), _NAME_SHOWN)
    about = f"{words(f'kind.short.{factor.kind}')} · {organisation}"
    return f"{theme.KIND[factor.kind]} **{_linked(factor)}**\n{how}\n-# {about}"


def _linked(factor: FactorView) -> str:
    title = clip(escape(factor.title), _TITLE_SHOWN)
    return linked(title, factor.url)
