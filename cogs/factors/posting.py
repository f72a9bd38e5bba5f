"""Posting a factor's card where everyone sees it, with a thread to talk about it."""

import logging
from datetime import timedelta
from typing import Final, Literal

import discord

from bot.delivery.crew import Crew
from bot.domain.factors import factors
from bot.domain.factors.views import FactorView
from bot.domain.programme import programmes, status
from bot.domain.tracks import places
from bot.patience import TROUBLES, patiently, post_once
from bot.ui.layout import Card, press_id
from bot.ui.text import clip
from bot.works import Works
from cogs.factors.cards import factor_card

_log = logging.getLogger(__name__)
_HAS_THREAD: Final = 160004  # a thread was made for this message before
_FRESH: Final = timedelta(seconds=30)
_LOOKED_AT: Final = 100  # of the newest messages: in this channel leda alone posts much
_A_WEEK: Literal[10080] = 10080  # minutes until a silent thread is folded away


async def ensure_posted(crew: Crew, factor: FactorView) -> FactorView:
    """Post the card if it never was, or if somebody deleted it; once, however many ask.

    It belongs in the track's factors channel (of all tracks: in the open forum), with a thread. A
    factor that cannot be posted now is kept; ``/factor show`` tries again.

    Returns:
        the factor, with where its card is, if it could be posted.
    """
    async with crew.turns.of(factor.id):  # no server has an id as small as a factor's
        now = await crew.works.visit(factor.programme_id).read(factors.show, factor.id)
        if not await _stands(crew.works, now):
            now = await _post(crew.works, now)
        return await _with_thread(crew.works, now)


async def post_missing(crew: Crew, programme_id: int) -> int:
    """Post the cards of factors that have none, oldest first, with the votes they have.

    Returns:
        how many were posted.
    """
    posted = 0
    for factor_id in await crew.works.visit(programme_id).read(status.cardless):
        factor = await crew.works.visit(programme_id).read(factors.show, factor_id)
        posted += (await ensure_posted(crew, factor)).message_id is not None
    return posted


def refresh(crew: Crew, factor: FactorView) -> None:
    """Bring the public card up to date, soon, and the private answers that show the factor."""
    crew.cards.changed(factor.id)
    if factor.channel_id is None or factor.message_id is None:
        return

    async def render() -> tuple[Card, int]:
        now = await crew.works.visit(factor.programme_id).read(factors.show, factor.id)
        return factor_card(crew.works.speech.in_(now.language, now.programme_id), now), now.revision

    crew.cards.refresh(factor.channel_id, factor.message_id, render)


async def _stands(works: Works, factor: FactorView) -> bool:
    if factor.channel_id is None or factor.message_id is None:
        return False
    channel = works.client.get_partial_messageable(factor.channel_id)
    try:
        await channel.fetch_message(factor.message_id)
    except discord.NotFound:
        return False
    except TROUBLES as refusal:
        _log.warning("factor %s could not be looked up: %s", factor.id, refusal)
    return True


async def _post(works: Works, factor: FactorView) -> FactorView:
    programme = await works.visit(factor.programme_id).read(programmes.view)
    slot = f"factors:{factor.track.id}" if factor.track else places.FORUM
    channel = works.client.get_channel(programme.discord_id(slot) or 0)
    if not isinstance(channel, discord.TextChannel | discord.ForumChannel):
        _log.warning("factor %s: the channel for %s is gone", factor.id, slot)
        return factor
    card = factor_card(works.speech.in_(factor.language, factor.programme_id), factor)
    thread = await _thread_of(works, factor)
    try:
        if isinstance(channel, discord.ForumChannel):
            message_id, thread = await _post_in_forum(works, channel, thread, factor, card)
        else:
            before = await _posted_before(works, channel, factor)
            message_id = before or await post_once(channel, card, f"f{factor.id}")
    except TROUBLES as refusal:
        _log.warning("factor %s could not be posted: %r", factor.id, refusal)
        return factor
    where = thread.id if thread and isinstance(channel, discord.ForumChannel) else channel.id
    return await _note(works, factor, where, message_id, thread.id if thread else None)


async def _posted_before(
    works: Works, channel: discord.TextChannel, factor: FactorView
) -> int | None:
    """The card that leda posted and could not note: it was killed, or an older file put in place.

    Of a factor that was just published there is none yet.
    """
    if works.now() - factor.created_at < _FRESH or factor.thread_id is not None:
        return None
    async for message in channel.history(limit=_LOOKED_AT):
        if message.author.id == channel.guild.me.id and _is_card(works, message, factor):
            return message.id
    return None


async def _note(
    works: Works, factor: FactorView, channel_id: int, message_id: int, thread_id: int | None
) -> FactorView:
    works.client.dispatch("programme_news", factor.programme_id)
    return await works.visit(factor.programme_id).write(
        factors.posted, factor.id, channel_id=channel_id, message_id=message_id, thread_id=thread_id
    )


async def _with_thread(works: Works, factor: FactorView) -> FactorView:
    """The card is noted before, so that whatever happens here it is not posted twice."""
    if factor.channel_id is None or factor.message_id is None or factor.thread_id is not None:
        return factor
    channel = works.client.get_channel(factor.channel_id)
    if not isinstance(channel, discord.TextChannel):
        return factor
    message = channel.get_partial_message(factor.message_id)
    thread_id = message.id  # what Discord gives a message's thread
    try:
        thread = await patiently(
            lambda: message.create_thread(
                name=clip(factor.title, 100), auto_archive_duration=_A_WEEK
            )
        )
    except TROUBLES as refusal:
        if not isinstance(refusal, discord.HTTPException) or refusal.code != _HAS_THREAD:
            _log.warning("factor %s has no thread: %r", factor.id, refusal)
            return factor
    else:
        thread_id = thread.id
    return await _note(works, factor, channel.id, message.id, thread_id)


async def _thread_of(works: Works, factor: FactorView) -> discord.Thread | None:
    """What was said about a factor so far; it outlives a card that was deleted by hand."""
    if factor.thread_id is None:
        return None
    try:
        found = await works.client.fetch_channel(factor.thread_id)
    except TROUBLES:
        return None
    return found if isinstance(found, discord.Thread) else None


async def _post_in_forum(
    works: Works,
    forum: discord.ForumChannel,
    thread: discord.Thread | None,
    factor: FactorView,
    card: Card,
) -> tuple[int, discord.Thread]:
    """A post of its own, or where that stands without its first message, the card in it."""
    if thread is not None and thread.parent_id == forum.id:
        return await post_once(thread, card, f"f{factor.id}"), thread
    return await patiently(lambda: _forum_post(works, forum, factor, card))


async def _forum_post(
    works: Works, forum: discord.ForumChannel, factor: FactorView, card: Card
) -> tuple[int, discord.Thread]:
    """The post, made now, or just before leda was stopped or the line broke: it takes no nonce."""
    name = clip(factor.title, 100)
    for thread in forum.threads:
        ours = thread.owner_id == forum.guild.me.id and thread.name == name
        if ours and await _holds_card(works, thread, factor):
            return thread.id, thread  # as Discord numbers a post's first message
    new = await forum.create_thread(name=name, view=card, auto_archive_duration=_A_WEEK)
    return new.message.id, new.thread


async def _holds_card(works: Works, thread: discord.Thread, factor: FactorView) -> bool:
    try:
        message = await thread.fetch_message(thread.id)
    except discord.NotFound:
        return False
    return _is_card(works, message, factor)


def _is_card(works: Works, message: discord.Message, factor: FactorView) -> bool:
    """After an older file was put in place, there are cards of others that had its number."""
    if message.created_at < works.clock.theirs(factor.created_at):
        return False
    shown = discord.ui.LayoutView.from_message(message).walk_children()
    # What has been decided takes no votes: *More* is on every card.
    more = press_id("more:1", factor.id)
    return any(getattr(part, "custom_id", None) == more for part in shown)
