"""How alike a factor and a draft are, by the words they share and how much those tell."""

from collections.abc import Iterable, Sequence
from typing import Any

from storage.search.stems import telling, terms
from storage.search.vocabulary import Vocabulary, WantedTerms

# The rarest of a draft's words say which factors are looked at.
_RARE = 6
_COMPOUNDS = 5
_GUESSES = 6
_MOST_WORDS = 40
# Letters that a word shares with its stems.
_SAME = 2


class DraftTerms:
    """A draft's words, and what they may mean among the factors of its programme."""

    def __init__(self, vocabulary: Vocabulary, title: str, how: str) -> None:
        self._vocabulary = vocabulary
        in_title = telling(title)
        rest = [word for word in telling(how) if word not in set(in_title)]
        wanted = vocabulary.look_up(
            [*in_title, *rest][:_MOST_WORDS], compounds=_COMPOUNDS, guesses=_GUESSES
        )
        self._title, self._how = wanted[: len(in_title)], wanted[len(in_title) :]
        self._near: dict[str, float] = {}
        self._worth: dict[str, float] = {}
        self._beginnings = {term[:_SAME] for word in wanted for term in word.terms}
        for word in wanted:
            for term, near in word.terms.items():
                self._near[term] = max(near, self._near.get(term, 0.0))
                self._worth[term] = max(near * word.weight, self._worth.get(term, 0.0))

    @property
    def in_title(self) -> list[list[str]]:
        """The terms of those words of its title that tell most, of those that any factor holds."""
        return _rarest(self._title)

    @property
    def rare(self) -> list[list[str]]:
        """The terms of those words of all its text that tell most."""
        return _rarest([*self._title, *self._how])

    def glance(self, title: Iterable[str]) -> float:
        """How much of what tells most the terms of a title hold: quick, and roughly right."""
        return sum(self._worth.get(term, 0.0) for term in title)

    def likeness(self, factors: Sequence[Any]) -> dict[int, float]:
        """From 0 to 1 for each factor (``id``, ``title``, and ``words``: all its terms).

        How much of each one's title the other says, and how much of the draft's HOW; words
        weigh what they tell.
        """
        titles = {row.id: telling(row.title) for row in factors}
        counts = self._vocabulary.counts({word for title in titles.values() for word in title})
        return {
            row.id: self._likeness(titles[row.id], counts, set(row.words.split()))
            for row in factors
        }

    def _likeness(self, title: Sequence[str], counts: dict[str, int], held: set[str]) -> float:
        theirs = [
            (self._said(word), self._vocabulary.weight(counts.get(word, 0))) for word in title
        ]
        mine = [(word.near(held), word.weight) for word in self._title]
        rest = [(word.near(held), word.weight) for word in self._how]
        return 0.4 * _share(mine) + 0.4 * _share(theirs) + 0.2 * _share(rest)

    def _said(self, word: str) -> float:
        """How near the draft comes to a word of a title."""
        if word[:_SAME] not in self._beginnings:  # spares most words their stems
            return 0.0
        return max(self._near.get(term, 0.0) for term in terms(word))


def _rarest(words: Sequence[WantedTerms]) -> list[list[str]]:
    held = sorted((word for word in words if word.factors), key=lambda word: word.factors)
    return [list(word.terms) for word in held[:_RARE]]


def _share(weighed: Sequence[tuple[float, float]]) -> float:
    total = sum(weight for _, weight in weighed)
    return sum(near * weight for near, weight in weighed) / total if total else 0.0
