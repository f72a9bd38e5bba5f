"""Keeping the home card and the others where they belong, once each."""

from functools import partial

import discord

from bot.delivery.crew import Crew
from bot.domain.home import home
from bot.domain.programme import programmes
from bot.domain.programme.programmes import ProgrammeView
from bot.domain.tracks.places import FORUM, HOME, START
from bot.patience import new_nonce, patiently
from bot.ui.layout import Card
from bot.works import Works
from cogs.factors.posting import post_missing
from cogs.home.cards import home_card, moved_card
from cogs.kit.builder import BuildOutcome, Progress
from cogs.kit.works import bring_in_line

_LOOKED_AT, _ONLY_AT_HOME = 20, "'choices:1'"  # messages; a button of no other card


async def bring_all_in_line(crew: Crew, guild: discord.Guild, progress: Progress) -> BuildOutcome:
    """Bring a whole server in line, as :func:`bring_in_line`, and post the cards that are gone.

    Raises:
        NotSetUp: the server has no programme.
    """

    async def furnish(programme: ProgrammeView) -> tuple[bool, int]:
        posted = await ensure_home(crew.works, guild, programme)
        return posted, await post_missing(crew, guild.id)

    return await bring_in_line(crew, guild, progress, furnish=furnish)


async def ensure_home(works: Works, guild: discord.Guild, programme: ProgrammeView) -> bool:
    """See that the home card stands in its channel, once, and as it is now.

    One that an older leda pinned in the open forum becomes a line that leads to the new one. Each
    step can be done again: what was posted before a kill is found, and noted last.

    Whoever calls it has the server's turn (:class:`bot.delivery.queues.Turns`).

    Args:
        works: the bot.
        guild: the server.
        programme: as it stands now.

    Returns:
        whether it had to be posted; False too where there is no channel to post it in.

    Raises:
        discord.HTTPException: Discord refused.
    """
    words = works.speech.in_(programme.language, programme.id)
    card = home_card(words, await works.visit(guild.id).read(home.today))
    start, stands = start_of(guild, programme), await find_home(guild, programme)
    if stands is not None and (start is None or stands.channel == start):
        await patiently(partial(stands.edit, view=card))
        return False
    if start is None:
        return False
    message = await _left_over(start) or await _send(start, card)
    if stands is not None:
        await patiently(partial(stands.edit, view=moved_card(words, message.jump_url)))
    slot = next(slot for slot in programme.slots if slot.key == HOME)
    await works.visit(guild.id).write(programmes.fill, slot, message.id)
    return True


def start_of(guild: discord.Guild, programme: ProgrammeView) -> discord.TextChannel | None:
    """The channel that is there for the home card alone, if it stands."""
    found = guild.get_channel(programme.discord_id(START) or 0)
    return found if isinstance(found, discord.TextChannel) else None


async def find_home(guild: discord.Guild, programme: ProgrammeView) -> discord.Message | None:
    """The home card, if it still stands: in its channel, or where older ones put it.

    Raises:
        discord.HTTPException: Discord refused to look.
    """
    card = programme.discord_id(HOME)
    for key in (START, FORUM):
        channel = guild.get_channel(programme.discord_id(key) or 0)
        if card is None or not isinstance(channel, discord.TextChannel):
            continue
        try:
            return await patiently(partial(channel.fetch_message, card))
        except discord.NotFound:
            continue
    return None


async def _send(start: discord.TextChannel, card: Card) -> discord.Message:
    nonce = new_nonce()
    return await patiently(lambda: start.send(view=card, nonce=nonce))


async def _left_over(start: discord.TextChannel) -> discord.Message | None:
    """A home card that leda posted and could not note, before it was killed."""
    me = start.guild.me
    async for message in start.history(limit=_LOOKED_AT):
        ours = message.author.id == me.id
        if ours and _ONLY_AT_HOME in str([part.to_dict() for part in message.components]):
            return message
    return None
