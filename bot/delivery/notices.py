"""What people are told without having asked: cards of one paragraph each."""

from collections.abc import Sequence

import discord

from bot.domain.membership.presence import Vacancies
from bot.domain.posts.ledger import PostView
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.layout import Card, button, press_id, row, said
from bot.ui.text import clip, escape
from storage.enums import DeliveryState, Way

_NAMES_LIMIT = 1500
_TITLE_LIMIT = 210
_POST_LIMIT = 70
_POSTS_LIMIT = 10


def vacancies_card(words: Words, found: Vacancies) -> Card:
    """Organisations that nobody takes part for any more, and those without a contact person."""
    parts = []
    if found.nobody:
        names = _names(found.nobody)
        parts.append(said(words("notice.nobody", n=len(found.nobody), names=names)))
    if found.no_contact:
        names = _names(found.no_contact)
        parts.append(said(words("notice.no_contact", n=len(found.no_contact), names=names)))
    if found.left_out:
        names = _names(found.left_out)
        parts.append(said(words("notice.left_out", n=len(found.left_out), names=names)))
    return Card(*parts, accent=theme.TROUBLE)


def failed_card(programme_id: int, failed: Sequence[PostView], words: Words) -> Card:
    """Posts did not get out, after many tries: which and why, and **Try again**."""
    number = sum(each.number for each in failed)
    return Card(
        said(words("delivery.failed", n=number)),
        said(posts_text(words, failed, _POSTS_LIMIT)),
        row(again_button(words, programme_id)),
        accent=theme.TROUBLE,
    )


def clear_card(words: Words) -> Card:
    """Posts go out again."""
    return Card(said(words("delivery.clear")), accent=theme.DONE)


def detour_card(slot: str, message: discord.Message, words: Words) -> Card:
    """A post went elsewhere, since its place is gone or closed to leda."""
    place = words(f"place.{slot.partition(':')[0]}", track="")
    where = f"<#{message.channel.id}>"
    told = words("delivery.detour", place=place, where=where, url=message.jump_url)
    return Card(said(told), accent=theme.TROUBLE)


def again_button(words: Words, programme_id: int) -> discord.ui.Button[Card]:
    """Tries what has failed in a programme again."""
    return button(words("delivery.again"), press_id("deliveries:1", programme_id), emoji="🔁")


def posts_text(words: Words, posts: Sequence[PostView], most: int) -> str:
    """Planned posts, a line each, at most so many."""
    lines = [_post(words, each) for each in posts[:most]]
    if len(posts) > most:
        lines.append(words("delivery.more", n=len(posts) - most))
    return "\n".join(lines)


def _post(words: Words, each: PostView) -> str:
    """``Thursday 13:00 · Reminder: Kick-off · failed: Discord did not answer``."""
    name = words(f"delivery.kind.{each.kind}")
    about = f"{name}: {clip(escape(each.title), _POST_LIMIT)}" if each.title else name
    if each.way in {Way.DIRECT, Way.MENTION}:
        about += f" {words('delivery.to.people', n=each.number)}"
    line = f"<t:{int(each.due_at.timestamp())}:f> · {about}"
    if each.state is not DeliveryState.PLANNED:
        line += f" · {words(f'delivery.state.{each.state}')}"
    return f"{line}: {words(f'delivery.why.{each.note}')}" if each.note else line


def _names(names: Sequence[str]) -> str:
    return clip(", ".join(f"**{escape(name)}**" for name in names), _NAMES_LIMIT)
