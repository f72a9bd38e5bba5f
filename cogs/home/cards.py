"""The home card, and what it answers with."""

import discord

from bot.domain.edits import GRACE_DAYS
from bot.domain.experiences import ExperienceView
from bot.domain.factor_views import FactorView
from bot.domain.needs import SHOWN, Needs
from bot.domain.requests import RequestView
from bot.i18n import Words
from bot.ui import theme
from bot.ui.layout import Card, beside, button, line, press_id, row, said
from bot.ui.text import clip, escape


def home_card(words: Words) -> Card:
    """The card that is pinned in the open forum: whoever finds it needs nothing else."""
    first = row(
        button(words("home.join"), press_id("join:1"), discord.ButtonStyle.success, emoji="👋"),
        button(words("home.propose"), press_id("begin:1"), discord.ButtonStyle.primary, emoji="💡"),
        button(words("home.needs"), press_id("needs:1"), discord.ButtonStyle.primary, emoji="📌"),
    )
    second = row(
        button(words("home.meetings"), press_id("meetings:1"), emoji="📅"),
        button(words("home.choices"), press_id("choices:1"), emoji="⚙️"),
    )
    return Card(said(words("home.text")), line(), first, second)


def needs_card(words: Words, needs: Needs) -> Card:
    """What waits for one person, each with a button to see to it right here."""
    if needs.nothing:
        return Card(said(words("needs.nothing")), accent=theme.DONE)
    parts: list[discord.ui.Item[Card]] = [said(words("needs.head"))]
    if needs.draft is not None:
        title = escape(needs.draft.title) or words("draft.no_title")
        parts.append(
            beside(
                words("needs.draft", title=title),
                button(words("needs.open"), press_id("draft:1", needs.draft.id)),
            )
        )
    # A message holds forty parts: the more kinds of things wait, the fewer are shown of each.
    kinds = (needs.requests, needs.experiences, needs.edited, needs.factors)
    shown = SHOWN - max(0, sum(map(bool, kinds)) - 2)
    for request in needs.requests[:shown]:
        parts += _request(words, request)
    for told in needs.experiences[:shown]:
        confirm = button(words("needs.confirm"), press_id("confirm:1", told.id))
        parts.append(beside(_experience(words, told), confirm))
    if needs.edited:
        head = words("needs.edited", n=needs.edited_total, days=GRACE_DAYS)
        parts += [line(), said(head)]
    for factor in needs.edited[:shown]:
        changed = button(words("more.changed"), press_id("changed:1", factor.id))
        parts.append(beside(_titled(factor), changed))
    if needs.factors:
        parts += [line(), said(words("needs.factors", n=needs.factors_total))]
    for factor in needs.factors[:shown]:
        vote = button(
            words("needs.vote"), press_id("factor:1", factor.id), discord.ButtonStyle.primary
        )
        parts.append(beside(_titled(factor), vote))
    return Card(*parts)


def _request(words: Words, request: RequestView) -> list[discord.ui.Item[Card]]:
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


def _experience(words: Words, told: ExperienceView) -> str:
    how = escape(told.how.replace("\n", " "))
    stance = words(f"experience.says.{told.kind}.{told.stance}")
    text = words("needs.experience", title=escape(told.factor), stance=stance, how=how)
    return clip(text, 400)


def _titled(factor: FactorView) -> str:
    return f"{theme.KIND[factor.kind]} {clip(escape(factor.title), 150)}"
