"""Track roles follow from memberships, at the pace that Discord allows."""

import asyncio
import logging

import discord

from bot.client import LedaBot
from bot.domain import participants

_log = logging.getLogger(__name__)


class RoleQueue:
    """Brings members' track roles in line, one member at a time in each server.

    What is wanted is looked up when a member's turn comes, so asking twice costs little and
    the last state wins.
    """

    def __init__(self, bot: LedaBot) -> None:
        self._bot = bot
        self._waiting: dict[int, dict[int, discord.Member]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def add(self, member: discord.Member) -> None:
        """Bring a member's roles in line soon."""
        waiting = self._waiting.get(member.guild.id)
        if waiting is not None:
            waiting[member.id] = member
            return
        self._waiting[member.guild.id] = {member.id: member}
        task = asyncio.create_task(self._drain(member.guild.id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self, guild_id: int) -> None:
        waiting = self._waiting[guild_id]
        try:
            while waiting:
                member = waiting.pop(next(iter(waiting)))
                try:
                    await self._align(member)
                except discord.HTTPException as refusal:
                    _log.warning("roles of %s in %s: %s", member.id, guild_id, refusal)
        finally:
            del self._waiting[guild_id]

    async def _align(self, member: discord.Member) -> None:
        wanted = await self._bot.db.read(participants.roles_wanted, member.guild.id, member.id)
        held = {role.id for role in member.roles}
        for role_id in wanted.hold - held:
            await member.add_roles(discord.Object(role_id))
        for role_id in wanted.lack & held:
            await member.remove_roles(discord.Object(role_id))
