"""What of a server is out of line with its programme, and noting that it is known."""

import discord

from bot.domain.programme import programmes, status
from bot.works import Works
from cogs.kit.health import Trouble, troubles


async def remember(works: Works, guild: discord.Guild) -> None:
    """Take what is wrong now as known: whoever asked for the work has seen it."""
    await note_troubles(works, guild, await lost(works, guild))


async def lost(works: Works, guild: discord.Guild) -> list[Trouble]:
    """What is wrong that was right once: what was never made is no news."""
    programme = await works.visit(guild.id).read(programmes.view)
    found = troubles(guild, programme.slots)
    return [t for t in found if t.slot is None or t.slot.discord_id is not None]


async def note_troubles(works: Works, guild: discord.Guild, found: list[Trouble]) -> None:
    """Note what is wrong as told, and what was told before and is right again as no more."""
    marks = [trouble.mark for trouble in found]
    await works.visit(guild.id).write(status.note_troubles, marks)
