"""Factors: proposing, showing, listing, voting; and the key areas above them."""

from bot.delivery.crew import Host
from cogs.factors.cog import FactorCog
from cogs.factors.deciding import Deciding, Merging
from cogs.factors.details import FactorReading
from cogs.factors.editing import Editing
from cogs.factors.files import Files
from cogs.factors.finding import FactorFinding
from cogs.factors.keyareas import KeyAreaCog
from cogs.factors.proposing import Drafting, Proposing
from cogs.factors.telling import Telling
from cogs.factors.voting import FactorVoting

_COGS = (
    FactorCog,
    Proposing,
    Drafting,
    FactorVoting,
    FactorFinding,
    Telling,
    FactorReading,
    Editing,
    Deciding,
    Merging,
    Files,
    KeyAreaCog,
)


async def setup(bot: Host) -> None:
    """Add the cogs."""
    for cog in _COGS:
        await bot.add_cog(cog(bot.crew))
