"""Tracks: beginning, changing, archiving them."""

from bot.client import LedaBot
from cogs.tracks.cog import TrackCog


async def setup(bot: LedaBot) -> None:
    """Add the cog."""
    await bot.add_cog(TrackCog(bot))
