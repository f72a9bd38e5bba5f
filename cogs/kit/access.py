"""Who may do what in a place, as Discord's overwrites say it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import discord

from bot.domain.tracks.places import Access, Slot
from bot.patience import patiently

Target = discord.Role | discord.Member
Overwrites = dict[Target, discord.PermissionOverwrite]

# What leda allows itself where others may not write; it holds all of it (bot/permissions.py).
OWN = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "create_public_threads",
    "embed_links",
    "attach_files",
    "read_message_history",
)
_QUIET = ("send_messages", "create_public_threads")
_WRITING = (*_QUIET, "send_messages_in_threads", "create_private_threads")


@dataclass(frozen=True)
class Cast:
    """Whom a place's overwrites speak of: roles that stand, or None."""

    guild: discord.Guild
    coordinators: discord.Role | None
    track: discord.Role | None


def wanted(slot: Slot, cast: Cast) -> Overwrites:
    """A place's overwrites, as the programme means them."""
    everyone, inside, coordinators = _rules(slot)
    rules: dict[Target | None, dict[str, bool]] = {
        cast.guild.default_role: everyone,
        cast.track: inside,
        cast.coordinators: coordinators,
    }
    if everyone:
        rules[cast.guild.me] = dict.fromkeys(OWN, True)
    # Overwrites may hold only what leda itself holds.
    held = cast.guild.me.guild_permissions
    return {
        target: discord.PermissionOverwrite(
            **{name: value for name, value in rule.items() if getattr(held, name)}
        )
        for target, rule in rules.items()
        if target is not None and rule
    }


def _rules(slot: Slot) -> tuple[dict[str, bool], dict[str, bool], dict[str, bool]]:
    """What everyone, the track's participants and coordinators may and may not."""
    everyone: dict[str, bool] = {}
    inside: dict[str, bool] = {}
    coordinators: dict[str, bool] = {}
    if slot.access is Access.COORDINATORS:
        everyone["view_channel"] = False
    if slot.access is Access.START:
        everyone.update(dict.fromkeys(_WRITING, False))
    if slot.access in {Access.ANNOUNCEMENTS, Access.FACTORS}:
        everyone.update(dict.fromkeys(_QUIET, False))
    if slot.access in {Access.ANNOUNCEMENTS, Access.COORDINATORS}:
        coordinators.update(view_channel=True, send_messages=True)
    if slot.closed:
        everyone["view_channel"] = False
        inside["view_channel"] = coordinators["view_channel"] = True
    if slot.archived:
        for rule in (everyone, inside, coordinators):
            rule.update(dict.fromkeys(_WRITING, False))
    return everyone, inside, coordinators


async def reshape(channel: discord.abc.GuildChannel, before: Overwrites, after: Overwrites) -> None:
    """Take a channel from one set of overwrites to another.

    Only what differs between the two is touched, so what was set by hand beside it stays; but
    what is taken from everyone is taken from those who were let in by hand too. leda is let in
    first and keeps what it allowed itself, so that it never shuts itself out.

    Raises:
        discord.HTTPException: Discord refused; what was changed until then stays.
    """
    guild = channel.guild
    everyone = guild.default_role
    named = [target for target in {*before, *after} if target != everyone]
    for target in sorted(named, key=lambda one: one != guild.me):
        if target in after or target != guild.me:
            changes = _changes(before.get(target), after.get(target))
            await _change(channel, target, channel.overwrites_for(target), changes)
    changes = _changes(before.get(everyone), after.get(everyone))
    taken = [name for name, may in changes.items() if may is False]
    await _withdraw(channel, taken, {everyone.id, *(target.id for target in named)})
    # Last, so that where this is done, all is.
    await _change(channel, everyone, channel.overwrites_for(everyone), changes)


def is_shaped(channel: discord.abc.GuildChannel, after: Overwrites) -> bool:
    """Whether :func:`reshape` has come to its end with these overwrites."""
    everyone = channel.guild.default_role
    now = dict(channel.overwrites_for(everyone))
    return all(now[name] == may for name, may in _changes(None, after.get(everyone)).items())


async def let_myself_in(channel: discord.abc.GuildChannel) -> None:
    """Let leda do in a channel what it has to.

    Raises:
        discord.Forbidden: only somebody else can.
    """
    me = channel.guild.me
    now = channel.overwrites_for(me)
    needed = ("view_channel",) if isinstance(channel, discord.CategoryChannel) else OWN
    held = me.guild_permissions
    await _change(channel, me, now, {name: True for name in needed if getattr(held, name)})


async def _withdraw(
    channel: discord.abc.GuildChannel, names: Sequence[str], but: Collection[int]
) -> None:
    """Take permissions from all who were given them in this channel, but for some (Discord ids)."""
    for other, now in channel.overwrites.items():
        taken = {name: None for name in names if getattr(now, name) is True}
        if taken and other.id not in but and (known := await _known(channel.guild, other)):
            await _change(channel, known, now, taken)


def _changes(
    before: discord.PermissionOverwrite | None, after: discord.PermissionOverwrite | None
) -> dict[str, bool | None]:
    was = dict(before or discord.PermissionOverwrite())
    will = dict(after or discord.PermissionOverwrite())
    return {name: value for name, value in will.items() if value != was[name]}


async def _known(
    guild: discord.Guild, target: discord.Role | discord.Member | discord.Object
) -> Target | None:
    """Whom an overwrite is for; members are not remembered, so they may have to be looked up."""
    if isinstance(target, discord.Role | discord.Member):
        return target
    try:
        return await guild.fetch_member(target.id)
    except discord.NotFound:
        return None


async def _change(
    channel: discord.abc.GuildChannel,
    target: Target,
    now: discord.PermissionOverwrite,
    changes: Mapping[str, bool | None],
) -> None:
    then = discord.PermissionOverwrite(**dict(now))
    then.update(**changes)
    if then != now:
        given = None if then.is_empty() else then
        await patiently(lambda: channel.set_permissions(target, overwrite=given))
