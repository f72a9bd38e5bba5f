"""What of a programme stands in its server, what is wrong with it, and what of that is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import discord

from bot.domain.programme import programmes, status
from bot.domain.tracks.places import HOME, START, Slot
from bot.permissions import missing
from bot.works import Works
from cogs.kit.access import OWN
from storage.enums import PlaceKind

Place = discord.Role | discord.abc.GuildChannel

# What a Discord server can hold.
_CHANNELS: Final = 500
_IN_CATEGORY: Final = 50
_ROLES: Final = 250


class TroubleKind(StrEnum):
    """What can be wrong."""

    PERMISSIONS = "permissions"  # leda lacks some
    ROLE_ABOVE = "role_above"  # a role of ours stands above leda's own
    MISSING = "missing"  # it was deleted, or never made
    NEW = "new"  # a newer leda has it, and this programme is older
    UNREACHABLE = "unreachable"  # it stands, but leda may not do there what it has to
    CHANNELS_FULL = "channels_full"
    CATEGORY_FULL = "category_full"
    ROLES_FULL = "roles_full"


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong.

    ``names`` are the permissions that are lacking. For a limit, ``there`` is what the server holds
    and ``wanted`` what would come.
    """

    kind: TroubleKind
    slot: Slot | None = None
    names: tuple[str, ...] = ()
    there: int = 0
    wanted: int = 0

    @property
    def mark(self) -> str:
        """What tells it from other troubles, the same for as long as it lasts."""
        return f"{self.kind}:{self.slot.key if self.slot else ''}:{','.join(self.names)}"

    @property
    def stops(self) -> bool:
        """Whether nothing can be made before somebody has seen to it."""
        return self.kind not in {
            TroubleKind.ROLE_ABOVE,
            TroubleKind.MISSING,
            TroubleKind.NEW,
            TroubleKind.UNREACHABLE,
        }


def standing(guild: discord.Guild, slot: Slot) -> Place | None:
    """What fills a slot now, under whatever name, or None if it was never made or is gone."""
    if slot.discord_id is None or slot.kind is PlaceKind.MESSAGE:
        return None
    if slot.kind is PlaceKind.ROLE:
        return guild.get_role(slot.discord_id)
    return guild.get_channel(slot.discord_id)


def to_make(guild: discord.Guild, slots: Iterable[Slot]) -> list[Slot]:
    """The roles, categories and channels that nothing fills."""
    return [
        slot
        for slot in slots
        if slot.kind is not PlaceKind.MESSAGE and standing(guild, slot) is None
    ]


def before_making(guild: discord.Guild, slots: Sequence[Slot]) -> list[Trouble]:
    """What stands in the way of making what is missing, and what will not work afterwards."""
    return [*_lacking(guild), *_limits(guild, slots), *_above(guild, slots)]


def troubles(guild: discord.Guild, slots: Sequence[Slot]) -> list[Trouble]:
    """All that is wrong now, as far as it can be seen without asking Discord."""
    found = [*_lacking(guild), *_above(guild, slots)]
    older = any(slot.key == HOME and slot.discord_id is not None for slot in slots)
    for slot in slots:
        place = standing(guild, slot)
        if slot.kind is PlaceKind.MESSAGE:
            continue
        if place is None:
            new = older and slot.key == START and slot.discord_id is None
            found.append(Trouble(TroubleKind.NEW if new else TroubleKind.MISSING, slot))
        elif not isinstance(place, discord.Role) and (names := lacks(place)):
            found.append(Trouble(TroubleKind.UNREACHABLE, slot, names))
    return found


def lacks(channel: discord.abc.GuildChannel) -> tuple[str, ...]:
    """What leda may do in the server, has to do in this channel, and may not do there."""
    me = channel.guild.me
    here, everywhere = channel.permissions_for(me), me.guild_permissions
    if everywhere.view_channel and not here.view_channel:
        return ("view_channel",)  # without it there is nothing else either
    needed = (
        ("manage_channels",)
        if isinstance(channel, discord.CategoryChannel)
        else (*OWN, "manage_channels", "manage_roles")
    )
    return tuple(name for name in needed if getattr(everywhere, name) and not getattr(here, name))


def is_above(role: discord.Role) -> bool:
    """Whether a role stands where leda cannot give it to anyone."""
    return role >= role.guild.me.top_role and role.guild.owner_id != role.guild.me.id


def _lacking(guild: discord.Guild) -> list[Trouble]:
    names = tuple(missing(guild.me.guild_permissions))
    return [Trouble(TroubleKind.PERMISSIONS, names=names)] if names else []


def _above(guild: discord.Guild, slots: Sequence[Slot]) -> list[Trouble]:
    return [
        Trouble(TroubleKind.ROLE_ABOVE, slot)
        for slot in slots
        if isinstance(place := standing(guild, slot), discord.Role) and is_above(place)
    ]


def _limits(guild: discord.Guild, slots: Sequence[Slot]) -> list[Trouble]:
    new = to_make(guild, slots)
    roles = sum(slot.kind is PlaceKind.ROLE for slot in new)
    channels = len(new) - roles
    found = []
    if roles and len(guild.roles) + roles > _ROLES:
        found.append(Trouble(TroubleKind.ROLES_FULL, there=len(guild.roles), wanted=roles))
    if channels and len(guild.channels) + channels > _CHANNELS:
        found.append(Trouble(TroubleKind.CHANNELS_FULL, there=len(guild.channels), wanted=channels))
    for slot in slots:
        place = standing(guild, slot)
        wanted = sum(child.parent == slot.key for child in new)
        if isinstance(place, discord.CategoryChannel) and wanted:
            there = len(place.channels)
            if there + wanted > _IN_CATEGORY:
                found.append(Trouble(TroubleKind.CATEGORY_FULL, slot, there=there, wanted=wanted))
    return found


async def remember(works: Works, guild: discord.Guild) -> None:
    """Take what is wrong now as known: whoever asked for the work has seen it."""
    await note_troubles(works, guild, await lost(works, guild))


async def lost(works: Works, guild: discord.Guild) -> list[Trouble]:
    """What is wrong that was right once, or is new; else, what was never made is no news."""
    programme = await works.visit(guild.id).read(programmes.view)
    found = troubles(guild, programme.slots)
    return [
        each
        for each in found
        if each.kind is TroubleKind.NEW or each.slot is None or each.slot.discord_id is not None
    ]


async def note_troubles(works: Works, guild: discord.Guild, found: list[Trouble]) -> None:
    """Note what is wrong as told, and what was told before and is right again as no more."""
    marks = [trouble.mark for trouble in found]
    await works.visit(guild.id).write(status.note_troubles, marks)
