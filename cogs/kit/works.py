"""Bringing a server in line with its programme: the one way in which places are made and mended."""

import discord

from bot.client import LedaBot
from bot.delivery.patience import TROUBLES, in_short
from bot.domain import programmes
from bot.domain.places import Slot
from bot.domain.programmes import ProgrammeView
from cogs.factors.posting import post_missing
from cogs.programme.builder import Builder, Progress
from cogs.programme.drift import remember
from cogs.programme.health import before_making, troubles
from cogs.programme.home import ensure_home
from cogs.programme.outcome import Outcome


async def bring_in_line(
    bot: LedaBot, guild: discord.Guild, progress: Progress, *, track_id: int | None = None
) -> Outcome:
    """Make what is missing, open what is closed to leda, and post the cards that are gone.

    One at a time in each server; whoever comes second finds nothing left to do. Where the
    server's limits or leda's permissions do not allow all of it, nothing is made.

    Args:
        bot: the bot.
        guild: the server.
        progress: called now and then with what tells whether a slot stands.
        track_id: make only what belongs to this track, and mend nothing.

    Raises:
        NotSetUp: the server has no programme.
    """
    async with bot.turns.of(guild.id):
        programme = await bot.db.read(programmes.view, guild.id)
        ours = [slot for slot in programme.slots if track_id in {None, slot.track_id}]
        stopping = [trouble for trouble in before_making(guild, ours) if trouble.stops]
        if stopping:
            return Outcome(programme, troubles=tuple(stopping))
        outcome = await _work(bot, guild, programme, progress, track_id)
        await remember(bot, guild)
    bot.follow_up(guild.id)
    return outcome


async def _work(
    bot: LedaBot,
    guild: discord.Guild,
    programme: ProgrammeView,
    progress: Progress,
    track_id: int | None,
) -> Outcome:
    async def keep(slot: Slot, discord_id: int) -> None:
        await bot.db.write(programmes.fill, guild.id, slot, discord_id)

    builder = Builder(guild, programme.slots, keep)
    home, cards, refusal = False, 0, None
    try:
        await builder.build(progress, track_id)
        if track_id is None:
            await builder.mend()
            programme = await bot.db.read(programmes.view, guild.id)
            home = await ensure_home(bot, guild, programme)
            cards = await post_missing(bot, guild.id)
    except TROUBLES as refused:
        refusal = in_short(refused)
    programme = await bot.db.read(programmes.view, guild.id)
    wrong = tuple(troubles(guild, programme.slots))
    made, opened = tuple(builder.made), tuple(builder.opened)
    return Outcome(programme, made, opened, home, cards, refusal, wrong)
