"""Telling the coordinators what needs them."""

import logging
from collections.abc import Callable

import discord

from bot.domain.kit.people import COORDINATORS_ROLE
from bot.domain.programme import programmes
from bot.domain.tracks import places
from bot.i18n.words import Words
from bot.patience import TROUBLES
from bot.ui.layout import Card
from bot.works import Works

_log = logging.getLogger(__name__)


async def tell_coordinators(
    works: Works, programme_id: int, card: Callable[[Words], Card]
) -> discord.Message | None:
    """Post a card in the coordinators' channel, in the programme's language.

    If that is gone or closed to leda, or the role that opens it to coordinators is gone: as a
    direct message to whoever ran setup, then to the server's owner.

    Returns:
        the message, or None where nobody could be told (which is logged).
    """
    programme = await works.visit(programme_id).read(programmes.view)
    said = card(works.speech.in_(programme.language, programme_id))
    guild = works.client.get_guild(programme_id)
    channel = works.client.get_channel(programme.discord_id(places.COORDINATORS) or 0)
    role = guild.get_role(programme.discord_id(COORDINATORS_ROLE) or 0) if guild else None
    if isinstance(channel, discord.TextChannel) and role is not None:
        try:
            return await channel.send(view=said)
        except TROUBLES as refusal:
            _log.warning("programme %s: coordinators' channel: %s", programme_id, refusal)
    for member_id in (programme.started_by, guild.owner_id if guild else None):
        message = await send_direct(works, member_id, said) if member_id else None
        if message is not None:
            return message
    return None


async def send_direct(works: Works, member_id: int, card: Card) -> discord.Message | None:
    """Send a direct message.

    Returns:
        the message, or None where the person lets none through.
    """
    try:
        user = works.client.get_user(member_id) or await works.client.fetch_user(member_id)
        return await user.send(view=card)
    except TROUBLES as refusal:
        _log.info("member %s cannot be reached directly: %s", member_id, refusal)
        return None
