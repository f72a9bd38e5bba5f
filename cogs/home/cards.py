"""The home card, and what it answers with."""

import discord

from bot.domain.needs import Needs
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
    for request in needs.requests:
        about = (request.programme_id, request.id)
        text = words(
            "request.wants",
            who=f"<@{request.member_id}>",
            organisation=escape(request.organisation),
        )
        parts += [
            said(text),
            row(
                button(
                    words("request.approve"),
                    press_id("request:1", *about, "approve"),
                    discord.ButtonStyle.success,
                ),
                button(words("request.decline"), press_id("request:1", *about, "decline")),
            ),
        ]
    for told in needs.experiences:
        how = escape(told.how.replace("\n", " "))
        stance = words(f"experience.says.{told.kind}.{told.stance}")
        text = words("needs.experience", title=escape(told.factor), stance=stance, how=how)
        parts.append(
            beside(clip(text, 400), button(words("needs.confirm"), press_id("confirm:1", told.id)))
        )
    if needs.factors:
        parts += [line(), said(words("needs.factors", n=needs.factors_total))]
    for factor in needs.factors:
        parts.append(
            beside(
                f"{theme.KIND[factor.kind]} {clip(escape(factor.title), 150)}",
                button(
                    words("needs.vote"),
                    press_id("factor:1", factor.id),
                    discord.ButtonStyle.primary,
                ),
            )
        )
    return Card(*parts)
