"""Posting a factor's card where everyone sees it, with a thread to talk about it."""

import asyncio
import logging
from typing import Literal
from weakref import WeakValueDictionary

import discord

from bot.client import LedaBot
from bot.domain import factors, programmes
from bot.domain.factors import FactorView
from bot.ui.layout import Card
from bot.ui.text import clip
from cogs.factors.cards import factor_card

_log = logging.getLogger(__name__)
_A_WEEK: Literal[10080] = 10080  # minutes until a silent thread is folded away


class Posting:
    """Posts factors' cards, each once however many ask for it at the same time."""

    def __init__(self, bot: LedaBot) -> None:
        self._bot = bot
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def ensure(self, factor: FactorView) -> FactorView:
        """Post the card if it never was, or if somebody deleted it.

        It belongs in the track's factors channel (of all tracks: in the open forum). A factor
        that cannot be posted now is kept; ``/factor show`` tries again.

        Returns:
            the factor, with where its card is, if it could be posted.
        """
        async with self._locks.setdefault(factor.id, asyncio.Lock()):
            now = await self._bot.db.read(factors.show, factor.programme_id, factor.id)
            return now if await _stands(self._bot, now) else await _post(self._bot, now)


async def _stands(bot: LedaBot, factor: FactorView) -> bool:
    if factor.channel_id is None or factor.message_id is None:
        return False
    channel = bot.get_partial_messageable(factor.channel_id)
    try:
        await channel.fetch_message(factor.message_id)
    except discord.NotFound:
        return False
    except discord.HTTPException as refusal:
        _log.warning("factor %s could not be looked up: %s", factor.id, refusal)
    return True


async def _post(bot: LedaBot, factor: FactorView) -> FactorView:
    programme = await bot.db.read(programmes.view, factor.programme_id)
    slot = f"factors:{factor.track.id}" if factor.track else programmes.FORUM
    channel = bot.get_channel(programme.discord_id(slot) or 0)
    if not isinstance(channel, discord.TextChannel):
        _log.warning("factor %s: the channel for %s is gone", factor.id, slot)
        return factor
    try:
        message = await channel.send(
            view=factor_card(bot.words_in(factor.language, factor.programme_id), factor)
        )
    except discord.HTTPException as refusal:
        _log.warning("factor %s could not be posted: %s", factor.id, refusal)
        return factor
    thread_id = await _open_thread(message, factor)
    return await bot.db.write(
        factors.posted,
        factor.programme_id,
        factor.id,
        channel_id=channel.id,
        message_id=message.id,
        thread_id=thread_id,
    )


def refresh(bot: LedaBot, factor: FactorView) -> None:
    """Bring the public card up to date, soon."""
    if factor.channel_id is None or factor.message_id is None:
        return

    async def render() -> tuple[Card, int]:
        now = await bot.db.read(factors.show, factor.programme_id, factor.id)
        return factor_card(bot.words_in(now.language, now.programme_id), now), now.revision

    bot.cards.refresh(factor.channel_id, factor.message_id, render)


async def _open_thread(message: discord.Message, factor: FactorView) -> int | None:
    try:
        thread = await message.create_thread(
            name=clip(factor.title, 100), auto_archive_duration=_A_WEEK
        )
    except discord.HTTPException as refusal:
        _log.warning("factor %s has no thread: %s", factor.id, refusal)
        return None
    return thread.id
