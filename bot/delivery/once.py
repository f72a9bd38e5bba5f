"""Posting something that must stand there once, also when leda is killed or the line breaks."""

from datetime import timedelta
from typing import Final

import discord

from bot.delivery.patience import new_nonce, patiently
from bot.ui.layout import Card

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
