"""Words as people type them, and the terms of a programme's factors that they may mean."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, Final

from sqlalchemy import Connection, select, text
from sqlmodel import col

from storage.search.stems import terms
from storage.search.terms import Term, programme_term

# How near a term is to the word that it was found for, from 0 to 1.
ITSELF: Final = 1.0
_ALIKE: Final = 0.85
_COMPOUND: Final = 0.7

_SHORTEST_ALIKE = 4  # letters; shorter words are one another's misspellings
_SHORTEST_PART = 5  # that begins a compound word: "ord" begins far too many
_SHORTEST_END = 4  # that ends one, after three letters at least
_SHORTEST_STEM = 3  # whose forms may end one: "mot" ends too many, "möten" ends meetings
_ENDINGS = ("e", "en", "et", "ena", "ar", "arna", "er", "erna")
_LONG = 8  # from here on a word may hold two mistakes
_MOST = 15  # compound words that a word begins, and as many that it ends
_COMPARED = 3000  # terms that are compared with a misspelt one
_LAST = "\U0010ffff"

# Compared with the one index or the other; see _in_ranges.
_RANGE = (
    "SELECT {number} AS number, term FROM (SELECT term FROM term "
    "WHERE programme_id = :programme AND {column} >= :start{number} AND {column} < :end{number} "
    "AND length(term) BETWEEN :shortest{number} AND :longest{number} LIMIT :most) AS found{number}"
)


@dataclass(frozen=True)
class WantedTerms:
    """A word and the terms that stand for it, with how near each is."""

    word: str
    terms: dict[str, float]
    factors: int
    """How many factors hold it, at least; 0 if none does."""
    weight: float
    """How much it tells, from 0 for what every factor holds."""

    def near(self, held: Container[str]) -> float:
        """How near the nearest of these terms is, 0 if none stands for the word."""
        return max((near for term, near in self.terms.items() if term in held), default=0.0)

    def itself(self) -> list[str]:
        """The terms that are the word's own."""
        return [term for term, near in self.terms.items() if near == ITSELF]


@dataclass(frozen=True)
class _Range:
    """Terms that begin (or end) with a part, of so many letters."""

    part: str
    backwards: bool = False
    shortest: int = 1
    longest: int = 100


class Vocabulary:
    """What a programme's factors say, as a search asks about it.

    Everything is asked for all words at once: a press should not wait for dozens of queries.
    """

    def __init__(self, connection: Connection, programme_id: int) -> None:
        self._connection = connection
        self._programme_id = programme_id
        self._size = 0

    def counts(self, wanted: Iterable[str]) -> dict[str, int]:
        """How many factors hold each of these terms; those that none does are left out."""
        own = programme_term(self._programme_id)
        query = select(col(Term.term), col(Term.factors)).where(
            col(Term.programme_id) == self._programme_id, col(Term.term).in_(sorted({own, *wanted}))
        )
        found = {row[0]: row[1] for row in self._connection.execute(query).all()}
        self._size = found.pop(own, 0)
        return found

    def weight(self, factors: int) -> float:
        """How much a word tells that so many factors hold: rare ones most, unknown ones too.

        It is the inverse document frequency of BM25, for at least 50 factors: among a handful,
        what is said once and what is said twice are equally rare.
        """
        return log(1 + (max(self._size, 50) - factors + 0.5) / (factors + 0.5))

    def look_up(self, words: Sequence[str], *, compounds: int, guesses: int) -> list[WantedTerms]:
        """The words with the terms that they may mean.

        Args:
            words: folded; those that come first are guessed at first.
            compounds: for so many of the rarest, words that they are put together in count too.
            guesses: so many of those that no factor holds are taken for a misspelling, or for
                one that others are part of, or that is put together from others.
        """
        counts = self.counts(term for word in words for term in terms(word))
        known = {word: max(counts.get(term, 0) for term in terms(word)) for word in words}
        rare = sorted((word for word in words if known[word]), key=lambda word: known[word])
        meant = self._guesses([word for word in words if not known[word]][:guesses])
        meant |= self._holding(rare[:compounds])
        return [self._wanted(word, known[word], meant.get(word, {})) for word in words]

    def begun(self, words: Sequence[str]) -> dict[str, list[str]]:
        """The beginnings (with an asterisk) that words may be a misspelling of."""
        wanted = [word for word in words if len(word) >= _SHORTEST_ALIKE]
        found = self._in_ranges([_Range(word[:2]) for word in wanted], _COMPARED)
        return {
            word: [f"{begin}*" for begin in _nearest(word, _beginnings(choices, len(word)), 1)]
            for word, choices in zip(wanted, found, strict=True)
        }

    def _wanted(self, word: str, factors: int, meant: dict[str, float]) -> WantedTerms:
        found = meant | dict.fromkeys(terms(word), ITSELF)
        factors = factors or min(len(meant), 1)
        return WantedTerms(word, found, factors, self.weight(factors))

    def _guesses(self, words: Sequence[str]) -> dict[str, dict[str, float]]:
        alike, found = self._alike(words), self._holding(words)
        found = {
            word: alike.get(word, {}) | found.get(word, {})
            for word in words
            if word in alike or word in found
        }
        return found | self._parts([word for word in words if word not in found])

    def _alike(self, words: Sequence[str]) -> dict[str, dict[str, float]]:
        """The terms that words may be misspellings of.

        Two letters that changed places are one mistake. A mistake is in one half of a word, so
        only terms that share the other half are compared; long words may hold two.
        """
        wanted = [word for word in words if len(word) >= _SHORTEST_ALIKE and word.isalpha()]
        ranges = [around for word in wanted for around in _halves(word)]
        found = iter(self._in_ranges(ranges, _COMPARED))
        alike = {
            word: _nearest(word, next(found) + next(found), _mistakes(word)) for word in wanted
        }
        return {word: dict.fromkeys(near, _ALIKE) for word, near in alike.items() if near}

    def _holding(self, words: Sequence[str]) -> dict[str, dict[str, float]]:
        """The terms that begin or end with the stems of words, as compound words do."""
        ranges = [(word, around) for word in words for around in _around(word)]
        holding: dict[str, dict[str, float]] = {}
        found = self._in_ranges([around for _, around in ranges], _MOST)
        for (word, _), terms_there in zip(ranges, found, strict=True):
            if terms_there:
                holding.setdefault(word, {}).update(dict.fromkeys(terms_there, _COMPOUND))
        return holding

    def _parts(self, words: Sequence[str]) -> dict[str, dict[str, float]]:
        """The two terms that compound words are put together from."""
        splits = {word: _splits(word) for word in words}
        every = {
            term for two in splits.values() for parts in two for part in parts for term in part
        }
        known = self.counts(every) if every else {}
        found = {}
        for word, two in splits.items():
            for first, second in two:
                if any(term in known for term in first) and any(term in known for term in second):
                    held = [term for term in (*first, *second) if term in known]
                    found[word] = dict.fromkeys(held, _COMPOUND)
                    break
        return found

    def _in_ranges(self, ranges: Sequence[_Range], most: int) -> list[list[str]]:
        """The terms of each range, all in one statement."""
        found: list[list[str]] = [[] for _ in ranges]
        if not ranges:
            return found
        values: dict[str, Any] = {"programme": self._programme_id, "most": most}
        for number, one in enumerate(ranges):
            start = one.part[::-1] if one.backwards else one.part
            values |= {
                f"start{number}": start,
                f"end{number}": start + _LAST,
                f"shortest{number}": one.shortest,
                f"longest{number}": one.longest,
            }
        statement = " UNION ALL ".join(
            _RANGE.format(number=number, column="backwards" if one.backwards else "term")
            for number, one in enumerate(ranges)
        )
        for number, term in self._connection.execute(text(statement), values).all():
            if term.isalnum():  # a programme's own is none that people mean
                found[number].append(term)
        return found


def _around(word: str) -> list[_Range]:
    """Where the compound words are that a word begins or ends, in any of its forms."""
    stem = min(terms(word), key=len)
    bare = min(terms(stem), key=len)  # "mötena" is "möten" first, and then "möt"
    ends = [stem]
    if len(bare) < _SHORTEST_END:
        forms = [bare + ending for ending in _ENDINGS] if len(bare) >= _SHORTEST_STEM else []
        ends = [form for form in dict.fromkeys([word, *forms]) if len(form) >= _SHORTEST_END]
    begun = [_Range(stem)] if len(stem) >= _SHORTEST_PART else []
    return begun + [_Range(end, backwards=True, shortest=len(end) + 3) for end in ends]


def _mistakes(word: str) -> int:
    return 2 if len(word) >= _LONG else 1


def _halves(word: str) -> tuple[_Range, _Range]:
    right = max(2, min((len(word) - 1) // 2, 5))
    shortest, longest = len(word) - _mistakes(word), len(word) + _mistakes(word)
    return (
        _Range(word[:right], backwards=False, shortest=shortest, longest=longest),
        _Range(word[-right:], backwards=True, shortest=shortest, longest=longest),
    )


def _nearest(word: str, choices: Iterable[str], mistakes: int) -> list[str]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(
        word, sorted(set(choices)), scorer=OSA.distance, score_cutoff=mistakes, limit=5
    )
    return [term for term, _, _ in found]


def _beginnings(choices: Iterable[str], length: int) -> set[str]:
    return {term[:end] for term in choices for end in (length - 1, length, length + 1)}


def _splits(word: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The ways to take a word apart in two; the first may end with an s that is not its own."""
    found = []
    for at in range(_SHORTEST_PART - 1, len(word) - _SHORTEST_PART + 2):
        first, second = word[:at], word[at:]
        bare = terms(first[:-1]) if first.endswith("s") else ()
        found.append(((*terms(first), *bare), terms(second)))
    return found
