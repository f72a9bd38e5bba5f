"""Time zones by their IANA names, as people look for them."""

from functools import cache
from zoneinfo import available_timezones

from bot.domain.kit import names
from bot.domain.kit.errors import TimezoneUnknown
from storage.enums import Language
from storage.search import stems

# What a programme in this language most likely wants, first first.
_LIKELY = {
    Language.SV: ("Europe/Stockholm", "Europe/Helsinki"),
    Language.EN: ("Europe/London", "Europe/Stockholm", "UTC"),
}


def need(said: str) -> str:
    """The IANA name of a time zone, from that name or its city, however it was written.

    Raises:
        TimezoneUnknown: there is none of this name, or several cities have it; ``like`` holds
            the names that come close.
    """
    plain = _plain(said)
    exact = [zone for zone, name in _zones().items() if name == plain]
    found = exact or [zone for zone in _zones() if _plain(zone.rpartition("/")[2]) == plain]
    if len(found) != 1:
        like = ", ".join(suggest(said, Language.SV, 3)) or _LIKELY[Language.SV][0]
        raise TimezoneUnknown(timezone=said, like=like)
    return found[0]


def suggest(typed: str, language: Language, limit: int) -> list[str]:
    """Time zones that fit what was typed; the likeliest for the language when nothing was."""
    plain = _plain(typed)
    if plain:
        return names.closest(plain, _zones(), limit)
    likely = _LIKELY[language]
    return [*likely, *(zone for zone in _zones() if zone not in likely)][:limit]


@cache
def _zones() -> dict[str, str]:
    """Every zone and how people write it: ``America/New_York`` as ``america new york``.

    Places and UTC, without the old names of zones that are no place (``EST``, ``localtime``).
    Kept, because finding them means looking through hundreds of files.
    """
    there = (zone for zone in sorted(available_timezones()) if "/" in zone or zone == "UTC")
    return {zone: _plain(zone) for zone in there}


def _plain(said: str) -> str:
    return stems.fold(said.replace("_", " ").replace("/", " "))
