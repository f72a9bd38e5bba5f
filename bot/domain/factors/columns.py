"""The columns of a file of factors: what they are called, and the words that stand in them.

A heading's text in the catalogue holds every name for it between ``|``; the first is written.
"""

from typing import Final

from bot.i18n.words import Words
from storage.enums import FactorKind, Language
from storage.search import stems

TAKEN: Final = (
    "title",
    "kind",
    "how",
    "track",
    "organisation",
    "context",
    "evidence",
    "key_area",
)
"""What an import takes; :data:`NEEDED` of it must be there."""

NEEDED: Final = ("title", "kind", "how", "organisation")

TOLD: Final = (
    "id",
    "status",
    "reason",
    "decided_at",
    "merged_into",
    "created_at",
    "opens_at",
    "closes_at",
    "version",
    "on_behalf",
    "standing",
    "standings",
    "score",
    "supports",
    "unsure",
    "divided",
    "objects",
    "silent",
    "stances",
    "counts",
    "support_votes",
    "unsure_votes",
    "objection_votes",
    "objections",
    "experiences",
    "messages",
    "url",
    "thread_url",
    "source_url",
    "meeting",
)
"""What an export tells besides, and an import leaves out."""

ALL_TRACKS: Final = "*"
"""What means all tracks in every language, even where a track is called *All*."""


def headings() -> dict[str, list[str]]:
    """What may head each column, in every language."""
    return {
        column: [each for language in Language for each in _names(Words(language), column)]
        for column in (*TAKEN, *TOLD)
    }


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
    """What means all tracks in a file of ours, where these folded names mean one track."""
    word = heading(words, "track.all")
    return ALL_TRACKS if stems.fold(word) in taken else word


def all_tracks() -> set[str]:
    """What means all tracks in any language, folded."""
    said = [each for language in Language for each in _names(Words(language), "track.all")]
    return {ALL_TRACKS, *map(stems.fold, said)}


def _names(words: Words, column: str) -> list[str]:
    return words(f"column.{column}").split("|")
