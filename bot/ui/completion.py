"""What autocompletes offer while a person types: organisations, tracks, factors and so on."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, TypeAlias

import discord
from discord.app_commands import Choice

from bot.domain.digest import names
from bot.domain.factors import factors, keyareas
from bot.domain.kit import zones
from bot.domain.meetings import meetings
from bot.domain.organisations import organisations
from bot.domain.programme import programmes
from bot.domain.tracks import tracks
from bot.domain.when.ideas import ideas
from bot.i18n import dates
from bot.i18n.words import language_of
from bot.ui.answers import answer_error
from bot.ui.text import clip
from storage.enums import FactorStatus

_Interaction: TypeAlias = discord.Interaction[Any]
_Completer = Callable[[discord.Interaction[Any], str], Coroutine[Any, Any, list[Choice[str]]]]
_LIMIT = 25
_LABEL = 100  # as Discord counts


def _offering(
    find: Callable[[_Interaction, int, str], Awaitable[list[tuple[str, str]]]],
) -> _Completer:
    """Make choices of names and values; an error empties the list instead of hanging it."""

    @wraps(find)
    async def offer(interaction: _Interaction, typed: str) -> list[Choice[str]]:
        try:
            pairs = await find(interaction, interaction.guild_id or 0, typed[:100])
        except Exception as error:  # noqa: BLE001 - discord.py would leave it unanswered
            await answer_error(interaction, error)
            return []
        return [Choice(name=clip(name, _LABEL), value=value) for name, value in pairs[:_LIMIT]]

    # discord.py reads the signature, and must not follow it to the function wrapped here.
    del offer.__wrapped__
    return offer


@_offering
async def organisation(interaction: _Interaction, guild: int, typed: str) -> list[Any]:
    """The programme's organisations."""
    found = await interaction.client.works.db.read(organisations.suggest, guild, typed, _LIMIT)
    return [(name, str(key)) for key, name in found]


@_offering
async def track(interaction: _Interaction, guild: int, typed: str) -> list[Any]:
    """The programme's tracks."""
    found = await interaction.client.works.db.read(tracks.suggest, guild, typed, _LIMIT)
    return [(f"{track.emoji} {track.name}", str(track.id)) for track in found]


@_offering
async def track_in_use(interaction: _Interaction, guild: int, typed: str) -> list[Any]:
    """The tracks that are not archived."""
    read = interaction.client.works.db.read
    found = await read(tracks.suggest, guild, typed, _LIMIT, archived=False)
    return [(f"{track.emoji} {track.name}", str(track.id)) for track in found]


@_offering
async def archived_track(interaction: _Interaction, guild: int, typed: str) -> list[Any]:
    """The tracks that are archived."""
    read = interaction.client.works.db.read
    found = await read(tracks.suggest, guild, typed, _LIMIT, archived=True)
    return [(f"{track.emoji} {track.name}", str(track.id)) for track in found]


@_offering
async def several_tracks(interaction: _Interaction, guild: int, typed: str) -> list[Any]:
    """Tracks in use, for a list with commas: completes the last, keeps what stands before it."""
    before, _, last = typed.rpartition(",")
    start = f"{before.strip()}, " if before.strip() else ""
    read = interaction.client.works.db.read
    found = await read(tracks.suggest, guild, last.strip(), _LIMIT, archived=False)
    pairs = [(f"{start}{track.name}", f"{start}{track.name}") for track in found]
    return [(name, value) for name, value in pairs if len(value) <= 100]  # noqa: PLR2004


@_offering
async def factor(interaction: _Interaction, guild: int, typed: str) -> list[Any]:
    """The programme's factors."""
    found = await interaction.client.works.db.read(factors.suggest, guild, typed, _LIMIT)
    return [(title, str(key)) for key, title in found]


@_offering
async def open_factor(interaction: _Interaction, guild: int, typed: str) -> list[Any]:
    """The factors that are open."""
    return await _factors(interaction, guild, typed, {FactorStatus.OPEN})


@_offering
async def merged_factor(interaction: _Interaction, guild: int, typed: str) -> list[Any]:
    """The factors that are merged into others."""
    return await _factors(interaction, guild, typed, {FactorStatus.MERGED})


@_offering
async def decidable_factor(interaction: _Interaction, guild: int, typed: str) -> list[Any]:
    """The factors that can be given the outcome that is chosen already, or any."""
    chosen = getattr(interaction.namespace, "outcome", "")
    statuses: set[FactorStatus] = {
        each for each in FactorStatus if each not in {FactorStatus.MERGED, chosen}
    }
    return await _factors(interaction, guild, typed, statuses)


@_offering
async def key_area(interaction: _Interaction, guild: int, typed: str) -> list[Any]:
    """The programme's key areas."""
    found = await interaction.client.works.db.read(keyareas.suggest, guild, typed, _LIMIT)
    return [(name, str(key)) for key, name in found]


async def _factors(
    interaction: _Interaction, guild: int, typed: str, statuses: set[FactorStatus]
) -> list[tuple[str, str]]:
    read = interaction.client.works.db.read
    found = await read(factors.suggest, guild, typed, _LIMIT, statuses=statuses)
    return [(title, str(key)) for key, title in found]


@_offering
async def timezone(interaction: _Interaction, guild: int, typed: str) -> list[Any]:  # noqa: ARG001
    """IANA time zones."""
    language = language_of(interaction.locale)
    return [(zone, zone) for zone in zones.suggest(typed, language, _LIMIT)]


@_offering
async def meeting(interaction: _Interaction, guild: int, typed: str) -> list[Any]:
    """The programme's meetings, by title and date."""
    client = interaction.client
    found = await client.works.db.read(meetings.named, guild, typed, now=client.works.now())
    language = language_of(interaction.locale)
    return [
        (_with(dates.moment(language, each.starts_at, each.zone), each.title), str(each.id))
        for each in found
    ]


@_offering
async def week(interaction: _Interaction, guild: int, typed: str) -> list[Any]:
    """The weeks that there are digests of, the coming one first."""
    client, words = (
        interaction.client,
        interaction.client.works.speech.to(interaction.locale, interaction.guild_id or 0),
    )
    found = await client.works.db.read(names.weeks_named, guild, typed, now=client.works.now())
    return [(words("digest.named", week=each.number, year=each.year), str(each)) for each in found]


@_offering
async def when(interaction: _Interaction, guild: int, typed: str) -> list[Any]:
    """How a time is understood so far, in words."""
    client, language = interaction.client, language_of(interaction.locale)
    zone = (await client.works.db.read(programmes.view, guild)).timezone
    found = ideas(typed, language, zone, client.works.now())
    return [(start.told(language), f"{start.wall:%Y-%m-%d %H:%M}") for start in found]


def _with(moment: str, title: str) -> str:
    """A title with its date, which stays whole."""
    return f"{clip(title, _LABEL - len(moment) - 3)} · {moment}"
