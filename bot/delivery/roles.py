"""Track roles follow from memberships, at the pace that Discord allows."""

import logging
from functools import partial

import discord

from bot.delivery.queues import ServerQueue
from bot.domain.members import roles
from bot.domain.members.roles import RolesWanted
from bot.domain.membership import presence
from bot.patience import TROUBLES, is_passing, patiently
from bot.works import Works

_log = logging.getLogger(__name__)


class RoleQueue:
    """Brings members' track roles in line, one member at a time in each server.

    Whose turn it is stands in the database, written with what changed their tracks, so a
    restart forgets nobody; a use case says so, and :meth:`wake` is called after its commit. It
    stays there until the roles are as they should be. A member whose roles Discord refuses is left
    alone until something else is wanted for them, or until :meth:`retry`.
    """

    def __init__(self, works: Works) -> None:
        self._works = works
        self._queue = ServerQueue(self._work_off)
        self._refused: dict[tuple[int, int], RolesWanted] = {}

    def wake(self, guild_id: int) -> None:
        """Somebody's roles in this server are due."""
        self._queue.wake(guild_id)

    def stop(self) -> None:
        """Go no further; the next start does."""
        self._queue.stop()

    async def align(self, guild_id: int, member_id: int) -> bool:
        """Bring one member's track roles in line now; whether that could be done.

        For somebody who has just been erased: nothing in the database says that it is due. Whoever
        is not in the server holds no roles, so that is done too.
        """
        guild = self._works.client.get_guild(guild_id)
        if guild is None:
            return False
        wanted = await self._works.visit(guild_id).read(roles.roles_wanted, member_id)
        try:
            await _align(guild, member_id, wanted)
        except TROUBLES as refusal:
            _log.warning("roles of %s in %s: %s", member_id, guild_id, refusal)
            return False
        return True

    def retry(self) -> None:
        """Ask again for what Discord refused; to be called now and then, before :meth:`wake`."""
        self._refused.clear()

    async def _work_off(self, guild_id: int) -> None:
        """Once through all who are due: who cannot be helped now stays due."""
        guild, last = self._works.client.get_guild(guild_id), 0
        while guild and (due := await self._works.visit(guild_id).read(roles.roles_due, last)):
            for last in due:
                if not await self._bring_in_line(guild, last):
                    return

    async def _bring_in_line(self, guild: discord.Guild, member_id: int) -> bool:
        """Whether Discord can be asked for the next one."""
        wanted = await self._works.visit(guild.id).read(roles.roles_wanted, member_id)
        if self._refused.get((guild.id, member_id)) == wanted:
            return True
        try:
            present = await _align(guild, member_id, wanted)
        except TROUBLES as trouble:
            _log.warning("roles of %s in %s: %s", member_id, guild.id, trouble)
            if is_passing(trouble):
                return False
            self._refused[guild.id, member_id] = wanted
            return True
        self._refused.pop((guild.id, member_id), None)
        if present:
            await self._works.visit(guild.id).write(roles.roles_done, member_id, wanted)
        else:
            await self._works.visit(guild.id).write(presence.gone, [member_id])
        return True


async def _align(guild: discord.Guild, member_id: int, wanted: RolesWanted) -> bool:
    """Whether they are in the server; each request may be made twice."""
    try:
        member = await patiently(lambda: guild.fetch_member(member_id))
    except discord.NotFound:
        return False
    held = {role.id for role in member.roles}
    for role_id in wanted.hold - held:
        await patiently(partial(member.add_roles, discord.Object(role_id)))
    for role_id in wanted.lack & held:
        await patiently(partial(member.remove_roles, discord.Object(role_id)))
    return True
