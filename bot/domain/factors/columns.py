"""The columns of a file of factors: what they are called, and the words that stand in them.

A heading's text in the catalogue holds every name for it between ``|``; the first is written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.factors import keyareas, wording
from bot.domain.factors.wording import MainTexts, SideTexts
from bot.domain.kit import texts
from bot.domain.kit.headings import said_for
from bot.i18n.words import Words
from storage.enums import FactorKind, Language
from storage.kit.identity import exact
from storage.search import stems

Told = Mapping[str, Any]
"""A factor as :mod:`bot.domain.factors.exporting` tells it."""


@dataclass(frozen=True)
class FactorColumn:
    """A column of the file: ``write`` says what stands in it, else it is what is told by its name.

    An import takes those that can be ``read``, up to their ``limit``; those that are ``needed``
    must be there.
    """

    name: str
    write: Callable[[Words, Told], Any] | None = None
    read: Callable[[str], str] | None = None
    limit: int | None = None
    needed: bool = False

    def cell(self, words: Words, told: Told) -> Any:
        """What stands in it for a factor."""
        return self.write(words, told) if self.write else told[self.name]


def _text(part: str) -> FactorColumn:
    kept = wording.parts()[part]
    needed = part in wording.parts(MainTexts)
    return FactorColumn(part, read=kept.clean, limit=kept.limit, needed=needed)


def _inside(name: str, group: str, key: str) -> FactorColumn:
    """A column of something that is told in a group, if that group is told at all."""
    return FactorColumn(name, lambda _, told: (told[group] or {}).get(key))


def _standing(words: Words, told: Told) -> str:
    return words(f"standing.{told['standing']}")


def _standings(words: Words, told: Told) -> str:
    return " | ".join(f"{each['track']}: {_standing(words, each)}" for each in told["tracks"])


def _stances(words: Words, told: Told) -> str:
    found = [(each["organisation"], each["stance"]) for each in told["organisations"]]
    return " | ".join(f"{name}: {words(f'column.stance.{stance}')}" for name, stance in found)


def _counts(_: Words, told: Told) -> str:
    found = [(each["organisation"], each["votes"]) for each in told["organisations"]]
    return " | ".join(
        f"{name}: {votes['support']}/{votes['unsure']}/{votes['objections']}"
        for name, votes in found
        if votes
    )


def _objections(_: Words, told: Told) -> str:
    said = [(each["organisation"], each["reasons"]) for each in told["objections"]]
    return "\n\n".join(f"{name}: {reasons}" for name, reasons in said)


def _experiences(words: Words, told: Told) -> str:
    said = []
    for each in told["experiences"]:
        stance = words(f"experience.says.{told['kind']}.{each['stance']}")
        how = f". {each['how']}" if each["how"] else ""
        said.append(f"{each['organisation']}: {stance}{how}")
    return "\n\n".join(said)


COLUMNS: Final = (
    _text("title"),
    FactorColumn(
        "kind",
        lambda words, told: kind_word(words, FactorKind(told["kind"])),
        read=texts.clean_line,
        needed=True,
    ),
    _text("how"),
    FactorColumn("track", read=texts.clean_line),
    FactorColumn("organisation", read=texts.clean_line, needed=True),
    *map(_text, wording.parts(SideTexts)),
    FactorColumn("key_area", read=texts.clean_line, limit=keyareas.NAME_LIMIT),
    FactorColumn("id"),
    FactorColumn("status", lambda words, told: words(f"factor.status.{told['status']}")),
    *map(FactorColumn, ("reason", "decided_at", "merged_into", "created_at")),
    *map(FactorColumn, ("opens_at", "closes_at", "version", "on_behalf")),
    FactorColumn("standing", _standing),
    FactorColumn("standings", _standings),
    FactorColumn("score"),
    *(
        _inside(each, "stances", each)
        for each in ("supports", "unsure", "divided", "objects", "silent")
    ),
    FactorColumn("stances", _stances),
    FactorColumn("counts", _counts),
    _inside("support_votes", "votes", "support"),
    _inside("unsure_votes", "votes", "unsure"),
    _inside("objection_votes", "votes", "objections"),
    FactorColumn("objections", _objections),
    FactorColumn("experiences", _experiences),
    *map(FactorColumn, ("messages", "url", "thread_url", "source_url", "meeting")),
)
"""All columns, in the order in which they stand."""

TAKEN: Final = tuple(each.name for each in COLUMNS if each.read)
"""What an import takes; :data:`NEEDED` of it must be there."""

NEEDED: Final = tuple(each.name for each in COLUMNS if each.needed)

TOLD: Final = tuple(each.name for each in COLUMNS if not each.read)
"""What an export tells besides, and an import leaves out."""

LIMITS: Final = {each.name: each.limit for each in COLUMNS if each.limit}
"""How long at most is what an import takes, in characters."""

ALL_TRACKS: Final = "*"
"""What means all tracks in every language, even where a track is called *All*."""


def headings() -> dict[str, list[str]]:
    """What may head each column, in every language."""
    return {column: said_for(f"column.{column}") for column in (*TAKEN, *TOLD)}


def heading(words: Words, column: str) -> str:
    """What heads a column in a file of ours, or stands in one."""
    return _names(words, column)[0]


def kind_word(words: Words, kind: FactorKind) -> str:
    """What stands for a kind in a file of ours."""
    return words(f"column.kind.{kind}").split("|")[0]


def kinds() -> dict[str, FactorKind]:
    """What means which kind in any language, folded."""
    return {
        stems.fold(said): kind
        for words in map(Words, Language)
        for kind in FactorKind
        for said in words(f"column.kind.{kind}").split("|")
    }


def all_tracks_word(words: Words, taken: set[str]) -> str:
    """What means all tracks in a file of ours, where these exact names mean one track."""
    word = heading(words, "track.all")
    return ALL_TRACKS if exact(word) in taken else word


def all_tracks() -> set[str]:
    """What means all tracks in any language, by exact name."""
    said = [each for language in Language for each in _names(Words(language), "track.all")]
    return {ALL_TRACKS, *map(exact, said)}


def _names(words: Words, column: str) -> list[str]:
    return words(f"column.{column}").split("|")
