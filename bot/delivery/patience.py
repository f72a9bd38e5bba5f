"""Asking Discord again when it was only busy."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import discord

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_BUSY: Final = 429
_BROKEN: Final = 500
# Seconds before each new try where Discord names none. discord.py has tried several times already
# when it lets an error through.
_PAUSES: Final = (1.0, 2.0, 4.0, 8.0)
_LONGEST: Final = 120.0

sleep = asyncio.sleep


async def patiently(request: Callable[[], Awaitable[_T]]) -> _T:
    """The answer to a request; while Discord is too busy for it, wait as told and ask again.

    Raises:
        discord.HTTPException: Discord refused, or was still busy after five tries.
    """
    for pause in _PAUSES:
        try:
            return await request()
        except (discord.HTTPException, discord.RateLimited) as trouble:
            if not _passing(trouble):
                raise
            wait = min(_told(trouble) or pause, _LONGEST)
            _log.info("Discord is busy (%s): asking again in %.1f s", trouble, wait)
            await sleep(wait)
    return await request()


def _passing(trouble: discord.HTTPException | discord.RateLimited) -> bool:
    return (
        isinstance(trouble, discord.RateLimited)
        or trouble.status == _BUSY
        or trouble.status >= _BROKEN
    )


def _told(trouble: discord.HTTPException | discord.RateLimited) -> float | None:
    """How many seconds Discord wants to be left alone, if it says so."""
    if isinstance(trouble, discord.RateLimited):
        return trouble.retry_after
    try:
        return float(trouble.response.headers["Retry-After"])
    except (KeyError, ValueError):
        return None
