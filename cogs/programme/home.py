"""Keeping the home card and the others where they belong, once each."""

from functools import partial

import discord

from bot.delivery.crew import Crew
from bot.domain.programme import programmes
from bot.domain.programme.programmes import ProgrammeView
from bot.domain.tracks.places import FORUM, HOME
from bot.patience import new_nonce, patiently
from bot.ui.layout import Card
from bot.works import Works
from cogs.factors.posting import post_missing
from cogs.home.cards import home_card
from cogs.kit.builder import BuildOutcome, Progress
from cogs.kit.works import bring_in_line

_LOOKED_AT, _ONLY_AT_HOME = 20, "'choices:1'"  # messages; a button of no other card


async def bring_all_in_line(crew: Crew, guild: discord.Guild, progress: Progress) -> BuildOutcome:
    """Bring a whole server in line, as :func:`bring_in_line`, and post the cards that are gone.

    Raises:
        NotSetUp: the server has no programme.
    """

    async def furnish(programme: ProgrammeView) -> tuple[bool, int]:
        home = await ensure_home(crew.works, guild, programme)
        return home, await post_missing(crew, guild.id)

    return await bring_in_line(crew, guild, progress, furnish=furnish)


async def ensure_home(works: Works, guild: discord.Guild, programme: ProgrammeView) -> bool:
    """See that the home card stands in the open forum, once, as it is now, and pinned.

    Whoever calls it has the server's turn (:class:`bot.delivery.queues.Turns`).

    Args:
        works: the bot.
        guild: the server.
        programme: as it stands now.

    Returns:
        whether it had to be posted; False too where there is no forum to post it in.

    Raises:
        discord.HTTPException: Discord refused.
    """
    forum = guild.get_channel(programme.discord_id(FORUM) or 0)
    if not isinstance(forum, discord.TextChannel):
        return False
    card = home_card(works.speech.in_(programme.language, programme.id))
    standing = await find_home(guild, programme)
    if standing is not None:
        await patiently(partial(standing.edit, view=card))
        message = standing
    else:
        message = await _left_over(forum) or await _send(forum, card)
        slot = next(slot for slot in programme.slots if slot.key == HOME)
        await works.visit(guild.id).write(programmes.fill, slot, message.id)
    if not message.pinned:
        await patiently(message.pin)
    return standing is None


async def _send(forum: discord.TextChannel, card: Card) -> discord.Message:
    nonce = new_nonce()
    return await patiently(lambda: forum.send(view=card, nonce=nonce))


async def _left_over(forum: discord.TextChannel) -> discord.Message | None:
    """A home card that leda posted and could not note, before it was killed."""
    me = forum.guild.me
    async for message in forum.history(limit=_LOOKED_AT):
        ours = message.author.id == me.id
        if ours and _ONLY_AT_HOME in str([part.to_dict() for part in message.components]):
            return message
    return None


async def find_home(guild: discord.Guild, programme: ProgrammeView) -> discord.Message | None:
    """The home card, if it still stands in the open forum.

    Raises:
        discord.HTTPException: Discord refused to look.
    """
    forum = guild.get_channel(programme.discord_id(FORUM) or 0)
    home = programme.discord_id(HOME)
    if not isinstance(forum, discord.TextChannel) or home is None:
        return None
    try:
        return await patiently(lambda: forum.fetch_message(home))
    except discord.NotFound:
        return None
