"""Making in Discord what a programme consists of, and only what is missing."""

from collections.abc import Awaitable, Callable, Sequence

import discord

from bot.domain.people import COORDINATORS_ROLE
from bot.domain.programmes import Access, ProgrammeView, Slot
from storage.enums import PlaceKind

_Made = discord.Role | discord.abc.GuildChannel
# What leda allows itself where others may not write; it holds all of it (bot/permissions.py).
_OWN = discord.PermissionOverwrite(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
_QUIET = discord.PermissionOverwrite(send_messages=False, create_public_threads=False)
_COORDINATING = discord.PermissionOverwrite(view_channel=True, send_messages=True)
_FOR_COORDINATORS = {Access.COORDINATORS, Access.ANNOUNCEMENTS}


def standing(guild: discord.Guild, slot: Slot) -> _Made | None:
    """What fills a slot now, under whatever name, or None if it was never made or is gone."""
    if slot.discord_id is None:
        return None
    if slot.kind is PlaceKind.ROLE:
        return guild.get_role(slot.discord_id)
    return guild.get_channel(slot.discord_id)


async def build(
    guild: discord.Guild,
    programme: ProgrammeView,
    keep: Callable[[Slot, int], Awaitable[None]],
    progress: Callable[[int], Awaitable[None]],
) -> list[Slot]:
    """Make every slot that nothing fills, in order.

    Args:
        guild: the server.
        programme: what it is meant to have.
        keep: called with each slot and the id of what was made for it, at once.
        progress: called with the number of slots that stand, whenever a category is complete.

    Returns:
        The slots that something was made for.

    Raises:
        discord.HTTPException: Discord refused; what was made until then is kept.
    """
    found = {slot.key: standing(guild, slot) for slot in programme.slots}
    made: list[Slot] = []
    for number, slot in enumerate(programme.slots):
        if found[slot.key] is not None:
            continue
        if slot.kind is PlaceKind.CATEGORY:
            await progress(number)
        found[slot.key] = new = await _make(guild, slot, found)
        await keep(slot, new.id)
        made.append(slot)
    if COORDINATORS_ROLE in {slot.key for slot in made}:
        stood = [slot for slot in programme.slots if slot not in made]
        await _let_in(found[COORDINATORS_ROLE], stood, found)
    return made


async def _let_in(
    role: _Made | None, stood: Sequence[Slot], found: dict[str, _Made | None]
) -> None:
    """Give a coordinators' role that was made anew its rights in the channels that stood before."""
    for slot in stood:
        channel = found[slot.key]
        if slot.access in _FOR_COORDINATORS and isinstance(channel, discord.TextChannel):
            assert isinstance(role, discord.Role)
            await channel.set_permissions(role, overwrite=_COORDINATING)


async def _make(guild: discord.Guild, slot: Slot, found: dict[str, _Made | None]) -> _Made:
    if slot.kind is PlaceKind.ROLE:
        return await guild.create_role(name=slot.name, permissions=discord.Permissions.none())
    if slot.kind is PlaceKind.CATEGORY:
        return await guild.create_category(slot.name)
    category = found.get(slot.parent or "")
    return await guild.create_text_channel(
        slot.name,
        category=category if isinstance(category, discord.CategoryChannel) else None,
        topic=slot.topic,
        overwrites=_overwrites(guild, slot.access, found.get(COORDINATORS_ROLE)),
    )


def _overwrites(
    guild: discord.Guild, access: Access, coordinators: _Made | None
) -> dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite]:
    overwrites: dict[
        discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite
    ] = {}
    if access is Access.OPEN:
        return overwrites
    overwrites[guild.me] = _OWN
    if access is Access.COORDINATORS:
        overwrites[guild.default_role] = discord.PermissionOverwrite(view_channel=False)
    else:
        overwrites[guild.default_role] = _QUIET
    if isinstance(coordinators, discord.Role) and access in _FOR_COORDINATORS:
        overwrites[coordinators] = _COORDINATING
    return overwrites
