"""What a small correction does not touch without asking: a negation, a number, a name.

"Did stop" and "did not stop" are four letters apart. Which words weigh so much is a list that
anybody can mend, in ``bot/domain/factors/words``.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Final

from bot.domain.factors import wording, wordlists
from bot.domain.factors.wording import FactorText

# So much of the text that was voted on may change in small corrections, all of them together.
SMALL: Final = 0.10

_WORD = re.compile(r"\n|[^\s/]+")
_AROUND: Final = ".,;:!?\u2026\"'\u201c\u201d\u2018\u2019\u00ab\u00bb()[]{}*_~`|<>"
_ENDS: Final = (".", "!", "?", "…", ":")
_BULLETS: Final = {"-", "\u2013", "\u2014", "\u2022", "*"}
_PRONOUNS: Final = {"I", "I'm", "I've", "I'd", "I'll"}


def is_small(voted_on: FactorText, now: FactorText) -> bool:
    """Whether at most a tenth of the characters differ (Levenshtein distance by length)."""
    from rapidfuzz.distance import Levenshtein

    old, new = ("\n".join(wording.columns(each).values()) for each in (voted_on, now))
    return Levenshtein.distance(old, new) <= SMALL * len(old)


def touched(before: FactorText, after: FactorText, names: Collection[str]) -> tuple[str, ...]:
    """The words of weight that a correction puts in, takes out or changes, as they are written.

    Args:
        before: how it read.
        after: how it reads now.
        names: what tracks and organisations are called.
    """
    found: dict[str, None] = {}
    old, new = wording.columns(before), wording.columns(after)
    for part, text in old.items():
        if text != new[part]:
            found |= dict.fromkeys(_touched(text, new[part], names))
    return tuple(found)


def _touched(before: str, after: str, names: Collection[str]) -> Iterator[str]:
    from rapidfuzz.distance import Indel

    old, new = list(_words(before)), list(_words(after))
    for code in Indel.opcodes(*([word.casefold() for word, _ in each] for each in (old, new))):
        if code.tag == "equal":
            continue
        gone, came = old[code.src_start : code.src_end], new[code.dest_start : code.dest_end]
        for word, starts in [*gone, *came]:
            if _is_weighty(word, starts=starts):
                yield word
    yield from _turned(old, new)
    plain_old, plain_new = (f" {' '.join(w for w, _ in each)} ".casefold() for each in (old, new))
    for name in names:
        called = f" {' '.join(word for word, _ in _words(name))} ".casefold()
        if plain_old.count(called) != plain_new.count(called):
            yield name


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text, each with whether it starts a sentence or a line."""
    starts = True
    for match in _WORD.finditer(text.replace("\u2019", "'")):
        raw = match.group()
        word = raw.strip(_AROUND)
        if raw == "\n":
            starts = True
        elif word and word not in _BULLETS:
            yield word, starts
            starts = raw.rstrip("\"'”»)]").endswith(_ENDS)


def _is_weighty(word: str, *, starts: bool) -> bool:
    plain, lists = word.casefold(), _lists()
    if any(sign.isnumeric() or sign in "%‰€$£" for sign in word):
        return True
    if plain.endswith("n't") or not {plain, *plain.split("-")}.isdisjoint(lists["not"]):
        return True
    if plain in lists["number"]:
        return True
    return word[0].isupper() and not starts and word not in _PRONOUNS


def _turned(old: list[tuple[str, bool]], new: list[tuple[str, bool]]) -> Iterator[str]:
    """Words that were turned round: "likt" and "olikt", "able" and "unable"."""
    gone, came = ({word.casefold() for word, _ in each} for each in (old, new))
    for shorter, longer in ((gone - came, came - gone), (came - gone, gone - came)):
        for word in shorter:
            yield from sorted(longer & {f"{start}{word}" for start in _lists()["before"]})


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    """The words of each kind, of all languages at once."""
    return wordlists.read("weighty")
