"""Options of commands that name an organisation."""

from typing import Annotated

from bot.ask import Ask
from bot.domain.organisations import organisations
from bot.ui.commands import MOST_OFFERED, Offered


async def _organisations(ask: Ask, typed: str) -> list[tuple[str, str]]:
    found = await ask.read(organisations.suggest, typed, MOST_OFFERED)
    return [(name, str(key)) for key, name in found]


OrganisationSaid = Annotated[str, Offered(_organisations)]
