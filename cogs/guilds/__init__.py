"""Servers: being let in, turned away, removed, taken back."""

from bot.client import LedaBot
from cogs.guilds.cog import GuildCog


async def setup(bot: LedaBot) -> None:
    """Add the cog."""
    await bot.add_cog(GuildCog(bot))
