"""``/factor``, put together from its parts."""

from discord.ext import commands

from bot.domain.factor_views import FactorView
from bot.i18n import described, named
from cogs.factors.deciding import Deciding
from cogs.factors.finding import Finding
from cogs.factors.merging import Merging
from cogs.factors.posting import refresh
from cogs.factors.proposing import Proposing
from cogs.factors.telling import Telling
from cogs.factors.voting import Voting


class FactorCog(
    Proposing,
    Voting,
    Finding,
    Telling,
    Deciding,
    Merging,
    commands.GroupCog,
    group_name=named("factor"),
    group_description=described("command.factor"),
):
    """Factors: everything that can be done with them."""

    @commands.Cog.listener()
    async def on_factor_changed(self, factor: FactorView) -> None:
        """Show on the card what has changed around a factor."""
        refresh(self.bot, factor)
