"""Texts as the terms that a search compares: words without case, diacritics and endings.

A programme may write Swedish and English side by side, and a word does not say which it is. So
each word is kept as it stands, and as its stem in both languages: ``mötena`` is ``motena`` and
``mot``, ``leaders`` is ``leaders`` and ``leader``.
"""

import re
import threading
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

# Longer words are cut, and what comes after so many words is not searched for.
LONGEST: Final = 40
MOST_WORDS: Final = 600

# Letters that decomposition leaves whole.
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l"})
# Letters and digits with the marks that stand on them, where those are characters of their own.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
# About 5 MB when full. Stemming a word takes 0.1 ms, and most words are common ones.
_REMEMBERED = 8192

# Words that say nothing about what a text is about, folded, in both languages.
_EMPTY: Final = frozenset(Path(__file__).with_name("empty_words.txt").read_text("utf-8").split())


def fold(name: str) -> str:
    """A text without case, diacritics and extra spaces: ``Västerås  stad`` → ``vasteras stad``.

    What cannot be seen is left out too: PostgreSQL would refuse some of it in a query.
    """
    if name.isascii() and name.isprintable():  # most names of zones, and much of what is typed
        return " ".join(name.casefold().split())
    # Twice, for some capitals (black-letter H) have their case only once they are decomposed.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c) and _can_be_seen(c))
    return " ".join(bare.casefold().translate(_PLAIN).split())


def words(text: str) -> list[str]:
    """The words of a text in its order, folded: letters and digits only."""
    return [word for word, _, _ in _spelled(text)]


def telling(text: str) -> list[str]:
    """The words of a text that say what it is about, each once; all if none of them does."""
    found = dict.fromkeys(words(text))
    return [word for word in found if len(word) > 1 and word not in _EMPTY] or list(found)


@lru_cache(maxsize=_REMEMBERED)
def terms(word: str) -> tuple[str, ...]:
    """What a folded word is found by, each once: itself, its Swedish and its English stem."""
    swedish, english = _stemmers()
    return tuple(dict.fromkeys((word, swedish.stemWord(word), english.stemWord(word))))


def terms_of(text: str) -> dict[str, None]:
    """What a text is found by, in its order."""
    return {term: None for word in words(text) for term in terms(word)}


def spans(text: str, wanted: Collection[str]) -> tuple[tuple[int, int], ...]:
    """Where the words stand that are found by one of these terms: start and end of each."""
    first = {term[0] for term in wanted}  # no stem begins with another letter than its word
    return tuple(
        (start, end)
        for word, start, end in _spelled(text)
        if word[0] in first and any(term in wanted for term in terms(word))
    )


def _spelled(text: str) -> Iterator[tuple[str, int, int]]:
    for match in islice(_WORD.finditer(text), MOST_WORDS):
        if word := _plain(match[0][: 2 * LONGEST]):
            yield word, match.start(), match.end()


@lru_cache(maxsize=_REMEMBERED)
def _plain(word: str) -> str:
    return "".join(filter(str.isalnum, fold(word)))[:LONGEST]


def _can_be_seen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character)[0] != "C"


# A stemmer holds the word it works on: each thread has its own.
_own = threading.local()


def _stemmers() -> tuple[Any, Any]:
    if not hasattr(_own, "stemmers"):
        # Not the package's factory: that would take another library where one is installed.
        from snowballstemmer.english_stemmer import EnglishStemmer
        from snowballstemmer.swedish_stemmer import SwedishStemmer

        _own.stemmers = (SwedishStemmer(), EnglishStemmer())
    found: tuple[Any, Any] = _own.stemmers
    return found
