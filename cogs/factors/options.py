"""Options of commands that name a factor or a key area."""

from typing import Annotated

from bot.ask import Ask
from bot.domain.factors import factors, keyareas
from bot.ui.commands import MOST_OFFERED, Offered
from storage.enums import FactorStatus


async def _all(ask: Ask, typed: str) -> list[tuple[str, str]]:
    return await _factors(ask, typed, set(FactorStatus))


async def _open(ask: Ask, typed: str) -> list[tuple[str, str]]:
    return await _factors(ask, typed, {FactorStatus.OPEN})


async def _merged(ask: Ask, typed: str) -> list[tuple[str, str]]:
    return await _factors(ask, typed, {FactorStatus.MERGED})


async def _decidable(ask: Ask, typed: str) -> list[tuple[str, str]]:
    """Those that can be given the outcome that is chosen already, or any."""
    out = {FactorStatus.MERGED, ask.chosen("outcome")}
    return await _factors(ask, typed, {each for each in FactorStatus if each not in out})


async def _factors(ask: Ask, typed: str, statuses: set[FactorStatus]) -> list[tuple[str, str]]:
    found = await ask.read(factors.suggest, typed, MOST_OFFERED, statuses=statuses)
    return [(title, str(key)) for key, title in found]


async def _key_areas(ask: Ask, typed: str) -> list[tuple[str, str]]:
    found = await ask.read(keyareas.suggest, typed, MOST_OFFERED)
    return [(name, str(key)) for key, name in found]


FactorSaid = Annotated[str, Offered(_all, "command.factor.show.factor")]
OpenFactorSaid = Annotated[str, Offered(_open, "command.factor.show.factor")]
MergedFactorSaid = Annotated[str, Offered(_merged)]
DecidableFactorSaid = Annotated[str, Offered(_decidable, "command.factor.show.factor")]
KeyAreaSaid = Annotated[str, Offered(_key_areas, "command.keyarea.keyarea")]
