"""Options of ``/programme``."""

from typing import Annotated

from bot.ask import Ask
from bot.domain.kit import zones
from bot.ui.commands import MOST_OFFERED, Offered


async def _zones(ask: Ask, typed: str) -> list[tuple[str, str]]:
    """IANA time zones."""
    return [(zone, zone) for zone in zones.suggest(typed, ask.language, MOST_OFFERED)]


TimezoneSaid = Annotated[str, Offered(_zones)]
