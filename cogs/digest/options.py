"""Options of commands that name a week."""

from typing import Annotated

from bot.ask import Ask
from bot.domain.digest import weeks
from bot.ui.commands import Offered


async def _weeks(ask: Ask, typed: str) -> list[tuple[str, str]]:
    """Those that there are digests of, the coming one first."""
    found = await ask.read(weeks.weeks_named, typed)
    return [
        (ask.words("digest.named", week=each.number, year=each.year), str(each)) for each in found
    ]


WeekSaid = Annotated[str, Offered(_weeks)]
