"""What an edit changed: the words that were added and taken away."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A run of words in the difference of two texts: ``same``, ``added`` or ``removed``.

    Words are a space apart; how they were spaced in the texts is no difference.
    """

    kind: str
    words: str


@dataclass(frozen=True)
class TextChange:
    """What an edit did to one part of a text, ``title``, ``how``, ``context`` or ``evidence``."""

    part: str
    pieces: tuple[Piece, ...]


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[TextChange, ...]:
    """The parts that differ, each with what was added and taken away, word by word."""
    return tuple(
        TextChange(part, difference(before[part], after[part]))
        for part in before
        if before[part] != after[part]
    )


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """What was added and taken away, word by word: as few words as can be told apart well."""
    pieces = (
        Piece(kind, " ".join(words))
        for removed, added, same in _runs(before.split(), after.split())
        for kind, words in (("removed", removed), ("added", added), ("same", same))
        if words
    )
    return tuple(pieces)


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """What was taken away, what came in its place, and what both have after it."""
    from rapidfuzz.distance import Indel

    removed: list[str] = []
    added: list[str] = []
    for code in Indel.opcodes(old, new):
        before, after = old[code.src_start : code.src_end], new[code.dest_start : code.dest_end]
        # One word alone that stayed between others that did not is read more easily as changed.
        alone = len(before) == 1 and (removed or added) and code.src_end < len(old)
        if code.tag != "equal" or alone:
            removed += before
            added += after
            continue
        yield removed, added, before
        removed, added = [], []
    yield removed, added, []
