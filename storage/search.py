"""Finding factors: by words, by what they have in common with a draft, by the start of a title."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import Session, col

from storage.enums import FactorStatus
from storage.factors import Factor
from storage.matching import Part, Within, newest
from storage.stems import fold, spans, telling, terms, words
from storage.terms import FactorTerms, drop, put, rebuild
from storage.vocabulary import Vocabulary, Wanted

__all__ = ["Found", "Hit", "Within", "drop", "find", "put", "rebuild", "similar", "titles"]

# A search knows of so many factors at most: the newest, those with the words in their title first.
MOST_FOUND = 500
_SEARCHED_WORDS = 12

# Of a draft, so many words (the rarest) say which factors are looked at, and so many of those.
_RARE_WORDS = 12
_COMPOUNDS = 6
_PER_WORD = 300
_LOOKED_AT = 40
_OPEN = (FactorStatus.OPEN, FactorStatus.ADOPTED)
# From this likeness on (0-1) a factor is offered as similar.
SIMILAR = 0.34


@dataclass(frozen=True)
class Hit:
    """A factor that was found, and where the words stand (start, end) that it was found by."""

    factor_id: int
    title: str
    how: str
    in_title: tuple[tuple[int, int], ...]
    in_how: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Found:
    """Some of what was found, and how many there are; ``more`` if there may be even more."""

    hits: tuple[Hit, ...]
    total: int
    more: bool


def find(session: Session, within: Within, said: str, *, offset: int, limit: int) -> Found:
    """Factors by words, best first; those with all words, or if there is none, with any.

    Args:
        session: the transaction.
        within: which factors.
        said: anything; it is not a language.
        offset: how many of the best to leave out.
        limit: at most so many.
    """
    connection = session.connection()
    vocabulary = Vocabulary(connection, within.programme_id)
    wanted = vocabulary.look_up(telling(said)[:_SEARCHED_WORDS], compounds=_SEARCHED_WORDS)
    if not wanted:
        return Found((), 0, more=False)
    groups = [list(word.terms) for word in wanted]
    ids = _newest(connection, groups, within)
    if not ids and len(groups) > 1:
        ids = _newest(connection, [[term for group in groups for term in group]], within)
    more = len(ids) > MOST_FOUND
    ranked = _ranked(connection, wanted, ids[:MOST_FOUND])
    shown = ranked[offset : offset + limit]
    nearness = _nearness(wanted)
    return Found(tuple(_hits(connection, shown, nearness)), len(ranked), more)


def similar(session: Session, within: Within, title: str, how: str, limit: int = 3) -> list[int]:
    """The factors that say much the same as a draft, most alike first; often there is none.

    Without statuses in ``within``, those that are open or adopted.
    """
    within = within if within.statuses else Within(within.programme_id, within.track_id, _OPEN)
    connection = session.connection()
    vocabulary = Vocabulary(connection, within.programme_id)
    draft = _Draft(vocabulary, title, how)
    ranked = []
    for candidate in _candidates(connection, draft, within):
        likeness = draft.likeness(candidate.title, frozenset(candidate.words.split()))
        if likeness >= SIMILAR:
            ranked.append((-likeness, -candidate.id, candidate.id))
    return [key for _, _, key in sorted(ranked)[:limit]]


class _Draft:
    """A draft's words, and how alike a factor is to it."""

    def __init__(self, vocabulary: Vocabulary, title: str, how: str) -> None:
        self._vocabulary = vocabulary
        in_title = telling(title)
        only_in_how = [word for word in telling(how) if word not in set(in_title)]
        wanted = vocabulary.look_up([*in_title, *only_in_how], compounds=_COMPOUNDS)
        self.title, self.how = wanted[: len(in_title)], wanted[len(in_title) :]
        self._nearness = _nearness(wanted)

    @property
    def rare(self) -> list[Wanted]:
        """The words that tell most, of those that any factor holds."""
        held = [word for word in (*self.title, *self.how) if word.factors]
        return sorted(held, key=lambda word: word.factors)[:_RARE_WORDS]

    def likeness(self, title: str, held: frozenset[str]) -> float:
        """From 0 to 1: how much of each one's title the other says, and of the draft's HOW."""
        theirs = [
            (max((self._nearness.get(term, 0) for term in terms(word)), default=0), word)
            for word in telling(title)
        ]
        counts = self._vocabulary.counts(term for _, word in theirs for term in terms(word))
        weighed = [
            (near, self._vocabulary.weight(max((counts.get(t, 0) for t in terms(word)), default=0)))
            for near, word in theirs
        ]
        mine = [(_near(word, held), word.weight) for word in self.title]
        rest = [(_near(word, held), word.weight) for word in self.how]
        return 0.4 * _share(mine) + 0.4 * _share(weighed) + 0.2 * _share(rest)


def _share(weighed: Sequence[tuple[float, float]]) -> float:
    total = sum(weight for _, weight in weighed)
    return sum(near * weight for near, weight in weighed) / total if total else 0.0


def _candidates(connection: Connection, draft: _Draft, within: Within) -> Sequence[Any]:
    scores: dict[int, float] = {}
    for word in draft.rare:
        factor = 2.0 if word in draft.title else 1.0
        for key in newest(connection, Part.ALL, [list(word.terms)], within, _PER_WORD):
            scores[key] = scores.get(key, 0.0) + factor * word.weight
    best = sorted(scores, key=lambda key: (-scores[key], -key))[:_LOOKED_AT]
    query: Any = (
        select(col(Factor.id).label("id"), col(Factor.title).label("title"), col(FactorTerms.words))
        .join(FactorTerms, col(FactorTerms.factor_id) == col(Factor.id))
        .where(col(Factor.id).in_(best))
    )
    return connection.execute(query).all()


def titles(session: Session, programme_id: int, typed: str, limit: int) -> list[tuple[int, str]]:
    """Ids and titles of the factors that fit what was typed so far, best first, then newest.

    Each word may be the beginning of one in the title, or a misspelling.
    """
    connection = session.connection()
    within = Within(programme_id)
    said = words(typed)[:_SEARCHED_WORDS]
    begun = [[f"{word}*", *terms(word)] for word in said]
    keys = newest(connection, Part.TITLE, begun, within, 4 * limit)
    if len(keys) < limit and said:
        guessed = _guessed(Vocabulary(connection, programme_id), said)
        keys += [
            k for k in newest(connection, Part.TITLE, guessed, within, 4 * limit) if k not in keys
        ]
    query = select(col(Factor.id), col(Factor.title), col(Factor.folded)).where(
        col(Factor.id).in_(keys)
    )
    wanted = fold(typed)
    place = {key: number for number, key in enumerate(keys)}
    found = sorted(
        connection.execute(query).all(),
        key=lambda row: (
            not row.folded.startswith(wanted),
            wanted not in row.folded,
            place[row.id],
        ),
    )
    return [(row.id, row.title) for row in found[:limit]]


def _guessed(vocabulary: Vocabulary, said: Sequence[str]) -> list[list[str]]:
    return [
        [f"{word}*", *terms(word), *vocabulary.holding(word), *vocabulary.begun(word)]
        for word in said
    ]


def _newest(connection: Connection, groups: list[list[str]], within: Within) -> list[int]:
    first = newest(connection, Part.TITLE, groups, within, MOST_FOUND + 1)
    if len(first) > MOST_FOUND:
        return first
    rest = newest(connection, Part.ALL, groups, within, MOST_FOUND + 1)
    return list(dict.fromkeys([*first, *rest]))


def _ranked(connection: Connection, wanted: Sequence[Wanted], keys: Sequence[int]) -> list[int]:
    query = select(
        col(FactorTerms.factor_id), col(FactorTerms.title), col(FactorTerms.words)
    ).where(col(FactorTerms.factor_id).in_(keys))
    scored = []
    for key, title, all_words in connection.execute(query):
        in_title, held = set(title.split()), set(all_words.split())
        score = sum(
            word.weight * (2 * _near(word, in_title) + _near(word, held)) for word in wanted
        )
        scored.append((-score, -key, key))
    return [key for _, _, key in sorted(scored)]


def _hits(
    connection: Connection, keys: Sequence[int], nearness: Mapping[str, float]
) -> Iterable[Hit]:
    query = select(col(Factor.id), col(Factor.title), col(Factor.how)).where(
        col(Factor.id).in_(keys)
    )
    rows = {row.id: row for row in connection.execute(query)}
    for row in (rows[key] for key in keys):
        yield Hit(row.id, row.title, row.how, spans(row.title, nearness), spans(row.how, nearness))


def _near(word: Wanted, held: frozenset[str] | set[str]) -> float:
    return max((near for term, near in word.terms.items() if term in held), default=0.0)


def _nearness(wanted: Sequence[Wanted]) -> dict[str, float]:
    found: dict[str, float] = {}
    for word in wanted:
        for term, near in word.terms.items():
            found[term] = max(near, found.get(term, 0.0))
    return found
