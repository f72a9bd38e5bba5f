"""Letting a track's role, category and channels follow what was decided about it."""

import asyncio
from collections.abc import Sequence
from functools import partial

import discord

from bot.delivery.crew import Crew
from bot.domain.kit.people import COORDINATORS_ROLE
from bot.domain.membership.track_changes import EditedTrack
from bot.domain.programme import programmes
from bot.domain.programme.programmes import ProgrammeView
from bot.domain.tracks.places import Slot, track_slots
from bot.patience import TROUBLES, in_short, patiently
from bot.works import Works
from cogs.kit.access import Cast, reshape, wanted
from cogs.kit.health import Place, standing

# Discord lets a channel be renamed twice in ten minutes: nobody waits for that.
_SOON = 8.0

_Pair = tuple[Place, Slot, Slot]


async def follow(crew: Crew, guild: discord.Guild, edited: EditedTrack) -> str | None:
    """Take a track's places from how they were to how they should be.

    Returns:
        what Discord said if it refused, else None. What was done until then stays, and doing it
        again is harmless. Names may follow later.
    """
    try:
        async with crew.turns.of(guild.id):
            programme = await crew.works.visit(guild.id).read(programmes.view)
            pairs = _pairs(crew.works, guild, programme, edited)
            for place, before, after in pairs:
                if not isinstance(place, discord.Role):
                    cast = _cast(guild, programme, after)
                    await reshape(place, wanted(before, cast), wanted(after, cast))
        renaming = asyncio.create_task(_rename(pairs))
        await asyncio.wait([renaming], timeout=_SOON)
        if renaming.done():
            renaming.result()
    except TROUBLES as refusal:
        return in_short(refusal)
    return None


def _pairs(
    works: Works, guild: discord.Guild, programme: ProgrammeView, edited: EditedTrack
) -> list[_Pair]:
    """What stands of the track, each with its slot before and after."""
    words = works.speech.in_(programme.language, programme.id)
    were = {slot.key: slot for slot in track_slots(words, edited.before)}
    found = []
    # As they are by now: somebody may have decided anew while this waited for its turn.
    for after in programme.slots:
        place = standing(guild, after)
        if after.key in were and place is not None:
            found.append((place, were[after.key], after))
    return found


def _cast(guild: discord.Guild, programme: ProgrammeView, slot: Slot) -> Cast:
    return Cast(
        guild,
        guild.get_role(programme.discord_id(COORDINATORS_ROLE) or 0),
        guild.get_role(programme.discord_id(f"role:{slot.track_id}") or 0),
    )


_CHANNELS = discord.TextChannel | discord.ForumChannel


async def _rename(pairs: Sequence[_Pair]) -> None:
    """Rename what still bears the name it had; a name given by hand stays."""
    for place, before, after in pairs:
        assert isinstance(place, discord.Role | discord.CategoryChannel | _CHANNELS)
        if before.name != after.name and place.name == before.name:
            await patiently(partial(place.edit, name=after.name))
        if isinstance(place, _CHANNELS) and place.topic == before.topic != after.topic:
            await patiently(partial(place.edit, topic=after.topic))
