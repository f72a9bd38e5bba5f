"""Setting a programme up, changing it, and noticing what happens to it."""

from bot.client import LedaBot
from cogs.programme.cog import ProgrammeCog
from cogs.programme.drift import DriftWatch
from cogs.programme.settings_cog import SettingsCog


async def setup(bot: LedaBot) -> None:
    """Add the cogs."""
    await bot.add_cog(ProgrammeCog(bot))
    await bot.add_cog(SettingsCog(bot))
    await bot.add_cog(DriftWatch(bot))
