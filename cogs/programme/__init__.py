"""Setting a programme up, changing it, what happens to it; servers, and what is kept of people."""

from bot.client import LedaBot
from cogs.programme.cog import ProgrammeCog
from cogs.programme.drift import DriftWatch
from cogs.programme.privacy import PrivacyCog
from cogs.programme.servers import GuildCog
from cogs.programme.settings_cog import SettingsCog


async def setup(bot: LedaBot) -> None:
    """Add the cogs."""
    await bot.add_cog(ProgrammeCog(bot))
    await bot.add_cog(DriftWatch(bot))
    await bot.add_cog(PrivacyCog(bot))
    await bot.add_cog(GuildCog(bot))
    await bot.add_cog(SettingsCog(bot))
