"""Asking Discord again when it was only busy."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final, TypeAlias, TypeVar

import aiohttp
import discord

from bot.ui.layout import Card

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_BUSY: Final = 429
_BROKEN: Final = 500
# Seconds before each new try where Discord names none. discord.py has tried several times already
# when it lets an error through.
_PAUSES: Final = (1.0, 2.0, 4.0, 8.0)
_LONGEST: Final = 120.0

# What a request fails with when Discord refuses it or cannot be reached: discord.py lets a lost
# connection through as it is, and of a request that was lost nobody knows whether it was heard.
Trouble: TypeAlias = discord.HTTPException | discord.RateLimited | aiohttp.ClientError | OSError
TROUBLES: Final = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
LOST: Final = (aiohttp.ClientError, OSError)

sleep = asyncio.sleep


async def patiently(request: Callable[[], Awaitable[_T]]) -> _T:
    """The answer to a request; while Discord is away or too busy for it, wait and ask again.

    It may have been heard each time: a post carries a nonce that is the same in all tries.

    Raises:
        discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError: Discord refused,
            or was still away or busy after five tries.
    """
    for pause in _PAUSES:
        try:
            return await request()
        except TROUBLES as trouble:
            if not is_passing(trouble):
                raise
            wait = min(_told(trouble) or pause, _LONGEST)
            _log.info("Discord is away or busy (%r): asking again in %.1f s", trouble, wait)
            await sleep(wait)
    return await request()


def is_passing(trouble: Trouble) -> bool:
    """Whether the same request may do better later."""
    if isinstance(trouble, discord.HTTPException):
        return trouble.status == _BUSY or trouble.status >= _BROKEN
    return True


def in_short(trouble: Trouble) -> str:
    """What Discord says of it, in its own words."""
    if isinstance(trouble, discord.HTTPException):
        return trouble.text or str(trouble.status)
    return str(trouble) or type(trouble).__name__


def new_nonce() -> str:
    """For one post: Discord takes it once, however often it is sent within minutes."""
    return secrets.token_hex(12)


def _told(trouble: Trouble) -> float | None:
    """How many seconds Discord wants to be left alone, if it says so."""
    if isinstance(trouble, discord.RateLimited):
        return trouble.retry_after
    if not isinstance(trouble, discord.HTTPException):
        return None
    try:
        return float(trouble.response.headers["Retry-After"])
    except (KeyError, ValueError):
        return None


_JUST_NOW: Final = timedelta(seconds=5)


async def post_once(channel: discord.TextChannel | discord.Thread, card: Card, nonce: str) -> int:
    """Post a card, unless that was done within the last minutes and nobody could note it.

    Args:
        channel: where.
        card: what.
        nonce: of this card and no other, at most 25 characters. Discord gives the message that it
            took with it before, for some minutes.

    Returns:
        the message's Discord id.

    Raises:
        discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError: as ``patiently``.
    """
    began = discord.utils.utcnow()
    message = await patiently(lambda: channel.send(view=card, nonce=nonce))
    if message.created_at > began - _JUST_NOW:
        return message.id
    try:  # it may say something else by now, or have been deleted
        await patiently(lambda: message.edit(view=card))
    except discord.NotFound:
        other = new_nonce()
        message = await patiently(lambda: channel.send(view=card, nonce=other))
    return message.id
