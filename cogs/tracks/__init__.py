"""Tracks: beginning, changing, archiving them."""

from bot.delivery.crew import Host
from cogs.tracks.cog import TrackCog


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(TrackCog(bot.crew))
