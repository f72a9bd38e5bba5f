"""Track roles follow from memberships, at the pace that Discord allows."""

import logging
from typing import TYPE_CHECKING

import discord

from bot.delivery.queues import ServerQueue
from bot.domain import members

if TYPE_CHECKING:
    from bot.client import LedaBot

_log = logging.getLogger(__name__)


class RoleQueue:
    """Brings members' track roles in line, one member at a time in each server.

    Whose turn it is stands in the database, written with what changed their tracks, so a
    restart forgets nobody; a use case says so, and :meth:`wake` is called after its commit.
    """

    def __init__(self, bot: "LedaBot") -> None:
        self._bot = bot
        self._queue = ServerQueue(self._work_off)

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
        guild = self._bot.get_guild(guild_id)
        if guild is None:
            return False
        try:
            await self._align(guild, member_id)
        except discord.NotFound:
            return True
        except discord.HTTPException as refusal:
            _log.warning("roles of %s in %s: %s", member_id, guild_id, refusal)
            return False
        return True

    async def _work_off(self, guild_id: int) -> None:
        guild = self._bot.get_guild(guild_id)
        while guild and (due := await self._bot.db.read(members.roles_due, guild_id)):
            for member_id in due:
                # Said to be done before it is: what changes meanwhile makes it due again.
                await self._bot.db.write(members.roles_done, guild_id, member_id)
                try:
                    await self._align(guild, member_id)
                except discord.NotFound:
                    await self._bot.db.write(
                        members.gone, guild_id, [member_id], now=self._bot.now()
                    )
                except discord.HTTPException as refusal:
                    _log.warning("roles of %s in %s: %s", member_id, guild_id, refusal)

    async def _align(self, guild: discord.Guild, member_id: int) -> None:
        wanted = await self._bot.db.read(members.roles_wanted, guild.id, member_id)
        member = await guild.fetch_member(member_id)
        held = {role.id for role in member.roles}
        for role_id in wanted.hold - held:
            await member.add_roles(discord.Object(role_id))
        for role_id in wanted.lack & held:
            await member.remove_roles(discord.Object(role_id))
