"""Hears that something is said, and when something may not have been heard."""

import discord
from discord.abc import GuildChannel
from discord.ext import commands

from bot.delivery.crew import Crew
from bot.domain.talk import messages


class TalkCog(commands.Cog):
    """Lets messages be counted. What they say does not reach leda; whose they are is not kept."""

    def __init__(self, crew: Crew) -> None:
        self.crew, self.works = crew, crew.works

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Count it."""
        self.crew.talk.hear(message)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """Name it in no digest."""
        await self.works.visit(event.guild_id).write(messages.forget, event.thread_id)

    @commands.Cog.listener()
    async def on_shard_connect(self, shard_id: int) -> None:
        """Discord begins a new session: what was said between the two is not told."""
        for guild in self.works.client.guilds:
            if guild.shard_id == shard_id:
                self.crew.talk.doubt(guild.id)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Count what was said meanwhile."""
        for guild in self.works.client.guilds:
            self.crew.talk.wake(guild.id)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Discord had lost it for a while."""
        self.crew.talk.doubt(guild.id)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """It may take leda back one day."""
        self.crew.talk.doubt(guild.id)

    @commands.Cog.listener()
    async def on_guild_channel_update(self, before: GuildChannel, after: GuildChannel) -> None:
        """What leda may hear there may have changed."""
        if before.overwrites != after.overwrites:
            self.crew.talk.doubt(after.guild.id)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """What leda may hear anywhere may have changed."""
        if before.permissions != after.permissions:
            self.crew.talk.doubt(after.guild.id)
