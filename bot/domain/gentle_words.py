"""The words that ``gentle`` goes by: lists in ``bot/domain/words``, made into their forms.

The lists of all languages count at once, for people mix languages.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from importlib import resources
from typing import Final

from bot.domain.names import fold

_ENDINGS: Final = (
    *("", "n", "en", "et", "t", "r", "ar", "er", "or", "na", "arna", "erna", "orna", "ena"),
    *("s", "ns", "ens", "ets", "nas", "arnas", "ernas"),
)
# Shorter words mean something else without their dots: "så" and "sa", "läst" and "last".
_KNOWN_WITHOUT_DOTS: Final = 5


class Role(Enum):
    """What a form of a verb can tell; where it could be several, the last one."""

    STATIC = auto()  # being, having, feeling, wanting
    VAGUE = auto()  # said of doings
    ING = auto()  # an English -ing of doing
    PLAIN = auto()  # doing: a Swedish infinitive or imperative, an English base form
    TELLS = auto()  # doing: past, Swedish present, English -s
    PLACING_PLAIN = auto()
    PLACING = auto()  # tells with a particle: "satte upp"
    DOUBTFUL = auto()  # as often a noun or an adjective


# The lists of verbs, and what their plain, -ing and other forms tell; later lists go first.
_ROLES: Final = (
    ("static", Role.STATIC, Role.STATIC, Role.STATIC),
    ("vague", Role.VAGUE, Role.VAGUE, Role.VAGUE),
    ("placing", Role.PLACING_PLAIN, Role.VAGUE, Role.PLACING),
    ("doing", Role.PLAIN, Role.ING, Role.TELLS),
)


@dataclass(frozen=True)
class Lexicon:
    """What words can tell; nouns as whole words and as ends of compounds."""

    verbs: dict[str, Role]
    doers: frozenset[str]
    doer_ends: frozenset[str]
    things: frozenset[str]
    thing_ends: frozenset[str]
    times: frozenset[str]
    spans: frozenset[tuple[str, ...]]
    every: frozenset[str]
    particles: frozenset[str]
    wishes: frozenset[str]
    nots: frozenset[str]
    nots_after: frozenset[str]
    starters: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """All lists, read once."""
    doers, doer_ends = _nouns("doers")
    things, thing_ends = _nouns("things")
    return Lexicon(
        verbs=_verbs(),
        doers=doers,
        doer_ends=doer_ends,
        things=things,
        thing_ends=thing_ends,
        times=_both("times"),
        spans=frozenset(tuple(time.split()) for time in _both("times") if " " in time),
        every=_both("every"),
        particles=_both("particles"),
        wishes=_both("wishes"),
        nots=_both("nots"),
        nots_after=_spelt(_entries("nots.sv")),
        starters=_both("starters"),
    )


def _verbs() -> dict[str, Role]:
    found: dict[str, Role] = {}
    for name, plain, ing, tells in _ROLES:
        swedish = [_swedish(line) for line in _entries(f"{name}.sv")]
        english = [_english(line) for line in _entries(f"{name}.en")]
        for at, role in enumerate((plain, tells)):
            found |= dict.fromkeys(_spelt([form for forms in swedish for form in forms[at]]), role)
        for at, role in enumerate((plain, tells, ing)):
            found |= dict.fromkeys([form for forms in english for form in forms[at]], role)
    return found | dict.fromkeys(_both("doubtful"), Role.DOUBTFUL)


def _swedish(line: str) -> tuple[list[str], list[str]]:
    """The infinitive and imperative of a verb, and its forms that say that it was done."""
    infinitive, *parts = line.split()
    if parts or not infinitive.endswith("a"):
        passives = [f"{part}s" for part in parts if not part.endswith("s")]
        return [infinitive, infinitive.removesuffix("a")], [*parts, *passives]
    return [infinitive], [f"{infinitive}{end}" for end in ("r", "de", "t", "s", "des", "ts")]


def _english(line: str) -> tuple[list[str], list[str], list[str]]:
    """The base form of a verb, its past and -s forms, and its -ing form."""
    base, *parts = line.split()
    stem = base.removesuffix("e")
    consonant_y = base.endswith("y") and base[-2] not in "aeiou"
    own_ing = [part for part in parts if part.endswith("ing") and part != base]
    past = [part for part in parts if part not in own_ing]
    regular = f"{base[:-1]}ied" if consonant_y else f"{stem}ed"
    if consonant_y:
        third = f"{base[:-1]}ies"
    else:
        third = f"{base}es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{base}s"
    return [base], [third, *(past or [regular])], own_ing or [f"{stem}ing"]


def _nouns(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """What is listed as whole words, and as ends of compounds with what can follow them."""
    swedish = _entries(f"{name}.sv")
    whole = {word for word in swedish if not word.startswith("-")} | set(_entries(f"{name}.en"))
    ends = [f"{word[1:]}{end}" for word in swedish if word.startswith("-") for end in _ENDINGS]
    return _spelt(whole), _spelt(ends)


def _both(name: str) -> frozenset[str]:
    return _spelt([*_entries(f"{name}.sv"), *_entries(f"{name}.en")])


def _spelt(words: Collection[str]) -> frozenset[str]:
    """Words as they are written, and without their dots where nothing else is meant then."""
    bare = {fold(word) for word in words if len(word) >= _KNOWN_WITHOUT_DOTS}
    return frozenset(words) | bare


def _entries(name: str) -> list[str]:
    """The entries of a list: one a line; lines that begin with # are notes."""
    source = resources.files("bot.domain") / "words" / f"{name}.txt"
    lines = (line.strip() for line in source.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
