"""Words as people type them, and the terms of a programme's factors that they may mean."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import ColumnElement, Connection, func, select
from sqlmodel import col

from storage.stems import terms
from storage.terms import Term, programme_term

# How near a term is to the word that it was found for, from 0 to 1.
ITSELF: Final = 1.0
_ALIKE: Final = 0.85
_COMPOUND: Final = 0.7

_SHORTEST_ALIKE = 4  # letters; shorter words are one another's misspellings
_SHORTEST_PART = 5  # of a compound word: "ord" begins and ends far too many
_LONG = 8  # from here on a word may hold two mistakes
_MOST = 40  # terms for a word
_RANGE = 4000  # terms that are compared with a misspelt one
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Wanted:
    """A word and the terms that stand for it, with how near each is."""

    word: str
    terms: dict[str, float]
    factors: int
    """How many factors hold it, at least; 0 if none does."""
    weight: float
    """How much it tells, from 0 for what every factor holds."""


class Vocabulary:
    """What a programme's factors say, as a search asks about it."""

    def __init__(self, connection: Connection, programme_id: int) -> None:
        self._connection = connection
        self._programme_id = programme_id
        own = programme_term(programme_id)
        self.size = self.counts([own]).get(own, 0)
        """How many factors can be found."""

    def counts(self, wanted: Iterable[str]) -> dict[str, int]:
        """How many factors hold each of these terms; those that none does are left out."""
        query = select(col(Term.term), col(Term.factors)).where(
            col(Term.programme_id) == self._programme_id, col(Term.term).in_(sorted(set(wanted)))
        )
        return {row.term: row.factors for row in self._connection.execute(query)}

    def weight(self, factors: int) -> float:
        """How much a word tells that so many factors hold: rare ones most, unknown ones too.

        It is the inverse document frequency of BM25, for at least 50 factors: among a handful,
        what is said once and what is said twice are equally rare.
        """
        size = max(self.size, 50)
        return log(1 + (size - factors + 0.5) / (factors + 0.5))

    def look_up(self, words: Sequence[str], *, compounds: int = 0) -> list[Wanted]:
        """The words with the terms that they may mean.

        A word that no factor holds is taken for a misspelling, or for one that is put together
        from others. The rarest of the others, as many as ``compounds`` says, also mean the words
        that they are put together in.
        """
        counts = self.counts(term for word in words for term in terms(word))
        known = {word: max(counts.get(term, 0) for term in terms(word)) for word in words}
        rare = set(sorted((w for w in words if known[w]), key=lambda w: known[w])[:compounds])
        return [self._wanted(word, known[word], extended=word in rare) for word in words]

    def _wanted(self, word: str, factors: int, *, extended: bool) -> Wanted:
        found = dict.fromkeys(terms(word), ITSELF)
        if not factors:
            found |= self._guesses(word)
            guessed = self.counts(found)
            factors = max(guessed.values(), default=0)
        elif extended:
            found = dict.fromkeys(self.holding(word), _COMPOUND) | found
        return Wanted(word, found, factors, self.weight(factors))

    def _guesses(self, word: str) -> dict[str, float]:
        return (
            dict.fromkeys(self.alike(word), _ALIKE)
            or dict.fromkeys(self.holding(word), _COMPOUND)
            or dict.fromkeys(self.parts(word), _COMPOUND)
        )

    def alike(self, word: str) -> list[str]:
        """The terms that a word may be a misspelling of, nearest first.

        Two letters that changed places are one mistake. A mistake is in one half of a word, so
        only terms that share the other half are compared; long words may hold two.
        """
        if len(word) < _SHORTEST_ALIKE:
            return []
        mistakes = 2 if len(word) >= _LONG else 1
        right = max(2, min((len(word) - 1) // 2, 5))
        near = func.length(col(Term.term)).between(len(word) - mistakes, len(word) + mistakes)
        choices = {
            *self._range(word[:right], near, limit=_RANGE),
            *self._range(word[-right:], near, limit=_RANGE, backwards=True),
        }
        found = process.extract(
            word, sorted(choices), scorer=OSA.distance, score_cutoff=mistakes, limit=5
        )
        return [term for term, _, _ in found]

    def begun(self, word: str) -> list[str]:
        """The terms that a word is a misspelling of, and beginnings (with an asterisk)."""
        if len(word) < _SHORTEST_ALIKE:
            return []
        begins = dict.fromkeys(
            term[:length]
            for term in self._range(word[:2], limit=_RANGE)
            for length in (len(word), len(word) + 1, len(word) - 1)
        )
        found = process.extract(word, list(begins), scorer=OSA.distance, score_cutoff=1, limit=5)
        return [*self.alike(word), *(f"{begin}*" for begin, _, _ in found)]

    def holding(self, word: str) -> list[str]:
        """The terms that begin or end with a word's stem, as compound words do."""
        stem = min(terms(word), key=len)
        if len(stem) < _SHORTEST_PART:
            return []
        return [*self._range(stem, limit=_MOST), *self._range(stem, limit=_MOST, backwards=True)]

    def parts(self, word: str) -> list[str]:
        """Two terms that a compound word is put together from, if there are such."""
        splits = [
            (_joined(word[:at]), terms(word[at:]))
            for at in range(_SHORTEST_PART - 1, len(word) - _SHORTEST_PART + 2)
        ]
        known = self.counts(term for split in splits for part in split for term in part)
        for first, second in splits:
            both = [[t for t in part if t in known] for part in (first, second)]
            if all(both):
                return both[0] + both[1]
        return []

    def _range(
        self, part: str, *where: ColumnElement[bool], limit: int, backwards: bool = False
    ) -> Iterator[str]:
        column = col(Term.backwards) if backwards else col(Term.term)
        start = part[::-1] if backwards else part
        query = select(col(Term.term)).where(
            col(Term.programme_id) == self._programme_id,
            column >= start,
            column < start + _LAST,
            *where,
        )
        return iter(self._connection.execute(query.limit(limit)).scalars())


def _joined(first: str) -> tuple[str, ...]:
    """The first part of a compound word may end with an s that is not its own."""
    return (*terms(first), *(terms(first[:-1]) if first.endswith("s") else ()))
