"""Names as people look for them: without diacritics, with small mistakes, in Swedish order."""

import re
import unicodedata
from collections.abc import Hashable, Mapping
from typing import TypeVar

from storage.search.stems import fold

_Key = TypeVar("_Key", bound=Hashable)

# In Swedish, å ä ö stand after z, and ø and æ where ö and ä do.
_SWEDISH_ORDER = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})
# Below this likeness (0-100) a name is not what was meant.
_LIKE_ENOUGH = 68
# From this likeness on, two names would be taken for each other.
_ALIKE = 92
_DIGITS = re.compile(r"[0-9]+")


def swedish_order(name: str) -> str:
    """A key that sorts names as a Swedish reader expects: … x y z å ä ö."""
    ordered = unicodedata.normalize("NFC", name.casefold()).translate(_SWEDISH_ORDER)
    return fold(ordered)


def id_said(text: str) -> int | None:
    """The id that a text consists of, as lists put it there; None for anything else."""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None


def closest(typed: str, names: Mapping[_Key, str], limit: int) -> list[_Key]:
    """The keys of the names that fit what was typed, best first, then in Swedish order.

    Args:
        typed: what the person has written so far; everything fits an empty text.
        names: what there is to choose from.
        limit: at most so many.
    """
    wanted = fold(typed)
    ranked = []
    for key, name in names.items():
        likeness = _likeness(wanted, fold(name))
        if likeness:
            ranked.append((-likeness, swedish_order(name), key))
    ranked.sort(key=lambda found: found[:2])
    return [key for *_, key in ranked[:limit]]


def alike(one: str, other: str) -> bool:
    """Whether people would take one name for the other; names that differ in a digit differ."""
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    from rapidfuzz import fuzz

    likeness: float = fuzz.ratio(fold(one), fold(other))
    return likeness >= _ALIKE


def _likeness(wanted: str, name: str) -> float:
    if not wanted or wanted == name:
        return 400
    if name.startswith(wanted):
        return 300
    if f" {wanted}" in name:
        return 200
    if wanted in name:
        return 150
    from rapidfuzz import fuzz

    likeness: float = fuzz.WRatio(wanted, name, score_cutoff=_LIKE_ENOUGH)
    return likeness
