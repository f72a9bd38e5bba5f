"""Setting a programme up."""

from bot.client import LedaBot
from cogs.programme.cog import ProgrammeCog


async def setup(bot: LedaBot) -> None:
    """Add the cog."""
    await bot.add_cog(ProgrammeCog(bot))
