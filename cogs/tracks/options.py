"""Options of commands that name a track."""

from typing import Annotated

from bot.ask import Ask
from bot.domain.members import seen_tracks
from bot.ui.commands import LABEL, MOST_OFFERED, Offered


async def _all(ask: Ask, typed: str) -> list[tuple[str, str]]:
    return await _tracks(ask, typed, archived=None)


async def _in_use(ask: Ask, typed: str) -> list[tuple[str, str]]:
    return await _tracks(ask, typed, archived=False)


async def _archived(ask: Ask, typed: str) -> list[tuple[str, str]]:
    return await _tracks(ask, typed, archived=True)


async def _tracks(ask: Ask, typed: str, *, archived: bool | None) -> list[tuple[str, str]]:
    found = await ask.read(seen_tracks.suggest, typed, MOST_OFFERED, archived=archived)
    return [(f"{track.emoji} {track.name}", str(track.id)) for track in found]


async def _several(ask: Ask, typed: str) -> list[tuple[str, str]]:
    found = await ask.read(seen_tracks.suggest_several, typed, MOST_OFFERED)
    return [(each, each) for each in found if len(each) <= LABEL]


TrackSaid = Annotated[str, Offered(_all, "command.factor.list.track")]
TrackInUseSaid = Annotated[str, Offered(_in_use)]
ArchivedTrackSaid = Annotated[str, Offered(_archived)]
TracksSaid = Annotated[str, Offered(_several)]
