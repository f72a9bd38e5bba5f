"""How much is said where."""

from bot.delivery.crew import Host
from cogs.talk.cog import TalkCog


async def setup(bot: Host) -> None:
    """Add the cog."""
    await bot.add_cog(TalkCog(bot.crew))
