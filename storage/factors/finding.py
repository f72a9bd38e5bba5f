"""Finding factors: by words, by what they have in common with a draft, by the start of a title."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection, select
from sqlmodel import col

from storage.desk import Desk
from storage.enums import FactorStatus
from storage.factors.factors import Factor
from storage.search.likeness import DraftTerms
from storage.search.matching import Groups, TextPart, Within, newest
from storage.search.stems import fold, spans, telling, terms, words
from storage.search.terms import FactorTerms
from storage.search.vocabulary import Vocabulary, WantedTerms

# A search knows of so many factors at most: the newest, those with the words in their title first.
MOST_FOUND: Final = 200
# From this likeness on (0-1) a factor is offered as similar.
SIMILAR: Final = 0.45

# What it is worth that a word stands somewhere as it was said, in another guise, in the title.
_EXACT, _WIDE, _IN_TITLE = 1.0, 0.7, 2.0
_SEARCHED_WORDS = 12
_COMPOUNDS = 4
_GUESSES = 4
_LOOKED_AT = 20
_OPEN = (FactorStatus.OPEN, FactorStatus.ADOPTED)


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


def find(desk: Desk, within: Within, said: str, *, offset: int, limit: int) -> Found:
    """Factors by words, best first; those with all words, or if there is none, with any.

    Args:
        within: which factors.
        said: anything; it is not a language.
        offset: how many of the best to leave out.
        limit: at most so many.
    """
    connection = desk.session.connection()
    said_words = telling(said)[:_SEARCHED_WORDS]
    wanted = Vocabulary(connection, within.programme_id).look_up(
        said_words, compounds=_COMPOUNDS, guesses=_GUESSES
    )
    if not wanted:
        return Found((), 0, more=False)
    scores = _scores(connection, wanted, within)
    ranked = sorted(scores, key=lambda key: (-scores[key], -key))[:MOST_FOUND]
    hits = _hits(connection, ranked[offset : offset + limit], wanted)
    return Found(tuple(hits), len(ranked), more=len(scores) > MOST_FOUND)


def similar(desk: Desk, within: Within, title: str, how: str, limit: int = 3) -> list[int]:
    """The factors that say much the same as a draft, most alike first; often there is none.

    Without statuses in ``within``, those that are open or adopted.
    """
    within = within if within.statuses else replace(within, statuses=_OPEN)
    connection = desk.session.connection()
    draft = DraftTerms(Vocabulary(connection, within.programme_id), title, how)
    likeness = draft.likeness(_candidates(connection, draft, within))
    alike = [key for key, like in likeness.items() if like >= SIMILAR]
    return sorted(alike, key=lambda key: (-likeness[key], -key))[:limit]


def titles(desk: Desk, within: Within, typed: str, limit: int) -> list[tuple[int, str]]:
    """Ids and titles of the factors that fit what was typed so far, best first, then newest.

    Each word may be the beginning of one in the title, or a misspelling.
    """
    connection = desk.session.connection()
    said = words(typed)[:_SEARCHED_WORDS]
    begun = [[f"{word}*", *terms(word)] for word in said]
    found = dict(newest(connection, TextPart.TITLE, [begun], within, 4 * limit))
    if len(found) < limit and said:
        guessed = _guessed(Vocabulary(connection, within.programme_id), said)
        for key, title in newest(connection, TextPart.TITLE, [guessed], within, 4 * limit).items():
            found.setdefault(key, title)
    query = select(col(Factor.id), col(Factor.title), col(Factor.folded)).where(
        col(Factor.id).in_(found)
    )
    rows = {row.id: row for row in connection.execute(query)}
    ranked = sorted(
        (rows[key] for key in found),
        # Python keeps what is equal in its order: exact before guessed, then newest first.
        key=lambda row: (not row.folded.startswith(fold(typed)), fold(typed) not in row.folded),
    )
    return [(row.id, row.title) for row in ranked[:limit]]


def _guessed(vocabulary: Vocabulary, said: Sequence[str]) -> list[list[str]]:
    begun = vocabulary.begun(said)
    wanted = vocabulary.look_up(said, compounds=_COMPOUNDS, guesses=_GUESSES)
    return [[f"{word.word}*", *word.terms, *begun.get(word.word, ())] for word in wanted]


def _scores(
    connection: Connection, wanted: Sequence[WantedTerms], within: Within
) -> dict[int, float]:
    """How well factors fit, the title counting most; more than are wanted, if there are more."""
    exact, wide = [word.itself() for word in wanted], [list(word.terms) for word in wanted]
    scores: dict[int, float] = {}
    for groups, worth in ((exact, _EXACT), (wide, _WIDE)):
        _score(connection, wanted, within, groups, worth, scores)
    if not scores and len(wanted) > 1:
        any_word = [[term for group in wide for term in group]]
        _score(connection, wanted, within, any_word, 0, scores)
    return scores


def _score(
    connection: Connection,
    wanted: Sequence[WantedTerms],
    within: Within,
    groups: Groups,
    worth: float,
    scores: dict[int, float],
) -> None:
    for part in TextPart:
        if len(scores) > MOST_FOUND:
            return
        for key, title in newest(connection, part, [groups], within, MOST_FOUND + 1).items():
            held = set(title.split())
            score = sum(word.weight * (worth + _IN_TITLE * word.near(held)) for word in wanted)
            scores.setdefault(key, score)


def _candidates(connection: Connection, draft: DraftTerms, within: Within) -> list[Any]:
    """Factors that hold two of the draft's telling words, or one of them in their title."""
    asked = (
        (TextPart.TITLE, _two_of(draft.in_title), 100),
        (TextPart.ALL, _two_of(draft.rare), 50),
        (TextPart.TITLE, [[group] for group in draft.in_title], 50),
    )
    found: dict[int, str] = {}
    for part, ways, limit in asked:
        if ways:
            found |= newest(connection, part, ways, within, limit)
    glance = {key: draft.glance(title.split()) for key, title in found.items()}
    best = sorted(glance, key=lambda key: (-glance[key], -key))[:_LOOKED_AT]
    query: Any = (
        select(col(Factor.id), col(Factor.title), col(FactorTerms.words))
        .join(FactorTerms, col(FactorTerms.factor_id) == col(Factor.id))
        .where(col(Factor.id).in_(best))
    )
    return list(connection.execute(query))


def _two_of(groups: Sequence[Sequence[str]]) -> list[Groups]:
    return [[one, [*chain(*groups[n:])]] for n, one in enumerate(groups[:-1], 1)]


def _hits(
    connection: Connection, keys: Sequence[int], wanted: Sequence[WantedTerms]
) -> Iterable[Hit]:
    query = select(col(Factor.id), col(Factor.title), col(Factor.how)).where(
        col(Factor.id).in_(keys)
    )
    rows = {row.id: row for row in connection.execute(query)}
    marked = {term for word in wanted for term in word.terms}
    for row in (rows[key] for key in keys):
        yield Hit(row.id, row.title, row.how, spans(row.title, marked), spans(row.how, marked))
