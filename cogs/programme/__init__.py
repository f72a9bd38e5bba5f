"""Setting a programme up, changing it, what happens to it; servers, and what is kept of people."""

from bot.delivery.crew import Host
from cogs.programme.cog import ProgrammeCog
from cogs.programme.drift import DriftWatch
from cogs.programme.privacy import PrivacyCog
from cogs.programme.servers import GuildCog
from cogs.programme.settings_cog import SettingsCog


async def setup(bot: Host) -> None:
    """Add the cogs."""
    await bot.add_cog(ProgrammeCog(bot.crew))
    await bot.add_cog(DriftWatch(bot.crew))
    await bot.add_cog(PrivacyCog(bot.crew))
    await bot.add_cog(GuildCog(bot.crew, bot.settings.allows))
    await bot.add_cog(SettingsCog(bot.crew))
