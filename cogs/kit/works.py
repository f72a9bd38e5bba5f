"""Bringing a server in line with its programme: the one way in which places are made and mended."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

import discord

from bot.delivery.crew import Crew
from bot.domain.programme import programmes
from bot.domain.programme.programmes import ProgrammeView
from bot.domain.tracks.places import Slot
from bot.patience import TROUBLES, in_short
from bot.works import Works
from cogs.kit.builder import Builder, BuildOutcome, Progress
from cogs.kit.health import before_making, remember, troubles

# Whether the home card had to be posted, and how many others.
Furnish: TypeAlias = Callable[[ProgrammeView], Awaitable[tuple[bool, int]]]


async def bring_in_line(
    crew: Crew,
    guild: discord.Guild,
    progress: Progress,
    *,
    track_id: int | None = None,
    furnish: Furnish | None = None,
) -> BuildOutcome:
    """Make what is missing, and open what is closed to leda.

    One at a time in each server; whoever comes second finds nothing left to do. Where the
    server's limits or leda's permissions do not allow all of it, nothing is made.

    Args:
        crew: the bot.
        guild: the server.
        progress: called now and then with what tells whether a slot stands.
        track_id: make only what belongs to this track, and mend nothing.
        furnish: posts the cards that are gone, once everything stands; the home card and others.

    Raises:
        NotSetUp: the server has no programme.
    """
    async with crew.turns.of(guild.id):
        programme = await crew.works.visit(guild.id).read(programmes.view)
        ours = [slot for slot in programme.slots if track_id in {None, slot.track_id}]
        stopping = [trouble for trouble in before_making(guild, ours) if trouble.stops]
        if stopping:
            return BuildOutcome(programme, troubles=tuple(stopping))
        outcome = await _work(crew.works, guild, programme, progress, track_id, furnish)
        await remember(crew.works, guild)
    crew.follow_up(guild.id)
    return outcome


async def _work(
    works: Works,
    guild: discord.Guild,
    programme: ProgrammeView,
    progress: Progress,
    track_id: int | None,
    furnish: Furnish | None,
) -> BuildOutcome:
    async def keep(slot: Slot, discord_id: int) -> None:
        await works.visit(guild.id).write(programmes.fill, slot, discord_id)

    builder = Builder(guild, programme.slots, keep)
    home, cards, refusal = False, 0, None
    try:
        await builder.build(progress, track_id)
        if track_id is None:
            await builder.mend()
            programme = await works.visit(guild.id).read(programmes.view)
            if furnish is not None:
                home, cards = await furnish(programme)
    except TROUBLES as refused:
        refusal = in_short(refused)
    programme = await works.visit(guild.id).read(programmes.view)
    wrong = tuple(troubles(guild, programme.slots))
    made, opened = tuple(builder.made), tuple(builder.opened)
    return BuildOutcome(programme, made, opened, home, cards, refusal, wrong)
