"""Cards about factors: pure functions of a view and the words to say it in."""

from collections.abc import Sequence

import discord

from bot.domain.drafts import DraftView
from bot.domain.factors import FactorPage, FactorView, Tally
from bot.domain.votes import Objection
from bot.i18n import Words
from bot.ui import theme
from bot.ui.layout import Card, button, line, press_id, row, said
from bot.ui.text import clip, escape
from storage.enums import Choice, FactorStatus

_MOST_CHARACTERS = 4000  # over all texts of a message, as Discord counts
OBJECTIONS_SHOWN = 3
_OBJECTION_LIMIT = 280
_STYLE = {
    Choice.SUPPORT: discord.ButtonStyle.primary,
    Choice.UNSURE: discord.ButtonStyle.secondary,
    Choice.OBJECT: discord.ButtonStyle.secondary,
}


def factor_card(words: Words, factor: FactorView, objections: Sequence[Objection] = ()) -> Card:
    """A factor with its question, how it stands, why some object, and the buttons to vote."""
    head = f"### {theme.KIND[factor.kind]} {escape(factor.title)}\n-# {_where(words, factor)}"
    proposed = f"-# {_from(words, factor)}"
    is_open = factor.status is FactorStatus.OPEN
    asked = words("factor.question" if is_open else f"factor.status.{factor.status}")
    standing = f"**{asked}**\n{_standing(words, factor.tally)}"
    against = _objections(words, objections)
    how = _how(words, factor, beside=(head, proposed, standing, against))
    parts = [said(head), said(how), said(proposed), line(), said(standing)]
    if against:
        parts.append(said(against))
    if is_open:
        buttons = [
            button(
                words(f"choice.{choice}"),
                press_id("vote:1", factor.id, choice),
                _STYLE[choice],
                emoji=theme.CHOICE[choice],
            )
            for choice in Choice
        ]
        return Card(*parts, row(*buttons), accent=theme.STATUS[factor.status])
    return Card(*parts, accent=theme.STATUS[factor.status])


def preview_card(words: Words, draft: DraftView) -> Card:
    """What a person submitted, for them alone: publish it, change it, or keep it for later."""
    title = escape(draft.title) or words("draft.no_title")
    kind = words(f"kind.{draft.kind}")
    track = f"{draft.track.emoji} {escape(draft.track.name)}" if draft.track else words("track.all")
    notes = [words("draft.head"), *([words("draft.masked")] if draft.masked else [])]
    before = "\n".join([*notes, *(words(problem) for problem in draft.problems)])
    head = f"### {theme.KIND[draft.kind]} {title}\n-# {kind} · {track}"
    proposed = ""
    if draft.organisation:
        proposed = f"-# {words('draft.from', organisation=escape(draft.organisation))}"
    how = _how(words, draft, beside=(before, head, proposed))
    parts = [said(before), line(), said(head), said(how), *([said(proposed)] if proposed else [])]
    return Card(
        *parts,
        line(),
        row(
            button(
                words("draft.publish"),
                press_id("publish:1", draft.id),
                discord.ButtonStyle.success,
                disabled=bool(draft.problems),
            ),
            button(words("draft.change"), press_id("change:1", draft.id)),
            button(words("draft.later"), press_id("later:1", draft.id)),
        ),
        accent=theme.TROUBLE if draft.problems else theme.CALM,
    )


def waiting_card(words: Words, draft: DraftView) -> Card:
    """The person has a draft: go on with it, or write something new."""
    title = escape(draft.title) or words("draft.no_title")
    return Card(
        said(words("draft.waiting", title=title)),
        row(
            button(
                words("draft.continue"),
                press_id("draft:1", draft.id),
                discord.ButtonStyle.primary,
            ),
            button(words("draft.new"), press_id("new:1")),
        ),
    )


def published_card(words: Words, factor: FactorView) -> Card:
    """Thanks, and where the card is."""
    key = "factor.published" if factor.url else "factor.published.unposted"
    return Card(
        said(words(key, title=escape(factor.title), url=factor.url or "")), accent=theme.DONE
    )


def list_card(words: Words, found: FactorPage) -> Card:
    """A page of a list of factors."""
    track = found.track
    scope = f"{track.emoji} {escape(track.name)}" if track else words("track.all")
    status = words(f"factor.status.{found.status}")
    if not found.total:
        return Card(said(words("factor.list.empty", status=status, scope=scope)))
    head = words("factor.list.head", n=found.total, status=status, scope=scope)
    parts = [said(head), line(), *(said(_item(words, factor)) for factor in found.factors)]
    if found.pages == 1:
        return Card(*parts)
    about = (track.id if track else 0, found.status)
    turns = row(
        button(
            words("list.previous"),
            press_id("factors:1", found.page - 1, *about, "b"),
            disabled=found.page == 0,
        ),
        button(
            words("list.next"),
            press_id("factors:1", found.page + 1, *about, "f"),
            disabled=found.page == found.pages - 1,
        ),
    )
    where = said(words("list.page", page=found.page + 1, pages=found.pages))
    return Card(*parts, where, turns)


def _item(words: Words, factor: FactorView) -> str:
    title = clip(escape(factor.title), 140)
    linked = f"[{title}]({factor.url})" if factor.url else title
    tally = factor.tally
    heard = words("tally.organisations", n=tally.organisations_heard, total=tally.organisations)
    counts = f"👍 {tally.support} · 🤔 {tally.unsure} · ✋ {tally.objections}"
    return f"{theme.KIND[factor.kind]} **{linked}**\n-# {counts} · {heard}"


def _objections(words: Words, objections: Sequence[Objection]) -> str:
    if not objections:
        return ""
    lines = [f"**{words('objection.head')}**"]
    for each in objections:
        reason = escape(each.reason.replace("\n", " "))
        lines.append(clip(f"✋ **{escape(each.organisation)}**: {reason}", _OBJECTION_LIMIT))
    return "\n".join(lines)


def _from(words: Words, factor: FactorView) -> str:
    organisation = escape(factor.organisation)
    if factor.proposer_id <= 0:  # they were erased
        return words("factor.from.organisation", organisation=organisation)
    return words("factor.from", who=f"<@{factor.proposer_id}>", organisation=organisation)


def _where(words: Words, factor: FactorView) -> str:
    kind = words(f"kind.{factor.kind}")
    track = factor.track
    return f"{kind} · " + (f"{track.emoji} {escape(track.name)}" if track else words("track.all"))


def _how(words: Words, factor: FactorView | DraftView, beside: Sequence[str]) -> str:
    """The HOW, cut where a message could not hold it beside its other texts."""
    asked = f"**{words(f'how.{factor.kind}')}**\n"
    left = _MOST_CHARACTERS - len(asked) - sum(len(text) for text in beside)
    return asked + (clip(escape(factor.how), left) or words("draft.no_how"))


def _standing(words: Words, tally: Tally) -> str:
    if not tally.voters:
        return words("tally.nobody", n=tally.organisations)
    shares = {
        Choice.SUPPORT: tally.support,
        Choice.UNSURE: tally.unsure,
        Choice.OBJECT: tally.objections,
    }
    said_counts = [
        words("tally.support", n=tally.support),
        words("tally.unsure", n=tally.unsure),
        words("tally.objections", n=tally.objections),
    ]
    heard = [
        words("tally.participants", n=tally.voters),
        words("tally.organisations", n=tally.organisations_heard, total=tally.organisations),
    ]
    if tally.tracks > 1:
        heard.append(words("tally.tracks", n=tally.tracks_heard, total=tally.tracks))
    return "\n".join([theme.bar(shares), " · ".join(said_counts), f"-# {' · '.join(heard)}"])
