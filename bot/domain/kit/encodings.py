"""Bytes as text: in which encoding they are, by evidence; never by a guess that nobody hears of."""

import codecs
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.domain.kit.errors import EncodingUnclear, FileUnreadable

# What names itself by its first bytes.
_MARKED: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# What spreadsheets wrote before there was UTF-8, and what speaks for each before anything is read.
_OLD: Final = {"cp1252": 1, "mac_roman": 0, "cp850": -1}
_CALLED: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "mac_roman": "MacRoman",
    "cp850": "MS-DOS (cp850)",
}
_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What is longer is no word; it is cut, so that no text takes long to judge.
_WORD: Final = re.compile(rb"[^\s;,|]{1,80}")
_MULTIBYTE: Final = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")
# UTF-8 that was taken for Windows-1252 once, and saved so; and letters that were lost.
_GARBLED: Final = re.compile("\xc3[\xa5\xa4\xb6\u2026\u201e\u2013\xa9]|\ufffd")

# Letters by how much they say: those of Swedish, those of names and loans, those that are rare.
_COMMON: Final = frozenset("åäöéüÅÄÖ")
_LOANED: Final = frozenset("àáâçèêëíîïñóôúûæøÀÁÈÉÜÆØ")
_RARE: Final = frozenset("ãìòõùýšžœÂÃÇÊËÌÍÎÏÑÒÓÔÕÙÚÛÝŠŽŒ")
# Letters that are words by themselves.
_ALONE: Final = frozenset("åäö")
# Quotation marks, dashes and the like, of which each of these encodings has most.
_SIGNS: Final = frozenset(
    sign
    for sign in bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + "\xd7"
    if not sign.isalpha()
)
# Those of them that people write: dashes, dots, degrees, halves, euros, guillemets, hard spaces.
_USUAL: Final = frozenset(
    "\u2013\u2014\u2026\u2022\xb7\xb0\xa7\xbd\u20ac\xb4\xd7\xa0\xab\xbb\xae\u2122\xb2"
)
# What may stand between two letters: dashes, an apostrophe, a hard space.
_JOINING: Final = frozenset("\u2013\u2014\u2019\xb7\xb4\xa0")
# What comes after a word only, or before one, or by itself: trademarks; low quotation marks, turned
# question marks; daggers.
_AFTER: Final = frozenset("\u2122\xae")
_BEFORE: Final = frozenset("\u201e\u201a\xbf\xa1")
_APART: Final = frozenset("\u2020\u2021")
# Round quotation marks and apostrophes, which stand at words more often than other signs.
_QUOTES: Final = frozenset("\u201c\u201d\u2018\u2019")

_STRONG, _QUOTED, _WEAK, _NOTHING, _WRONG = 3, 2, 1, 0, -6
# By so much the likeliest must be ahead of the next.
_AHEAD = 2


@dataclass(frozen=True)
class Decoded:
    """A text, and the name of the encoding it was read in."""

    text: str
    encoding: str


def decoded(data: bytes) -> Decoded:
    """The text that bytes hold: UTF-8, UTF-16, or an older encoding whose letters make words.

    Raises:
        FileUnreadable: it is no text.
        EncodingUnclear: letters from ``line`` on may be others than they seem.
    """
    marked = next((name for mark, name in _MARKED.items() if data.startswith(mark)), None)
    encoding = marked or _two_bytes(data) or "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding.startswith("utf-16"):
            raise FileUnreadable from None
        text, encoding = _by_evidence(data, marked=marked is not None)
    if _NO_TEXT.search(text):
        raise FileUnreadable
    if garbled := _GARBLED.search(text):
        raise EncodingUnclear(line=_line(text, garbled.start()))
    return Decoded(text, _CALLED[encoding])


def _two_bytes(data: bytes) -> str | None:
    """UTF-16 that does not say so: every other byte of what most letters are is zero."""
    half = len(data) // 2
    if half and not len(data) % 2:
        if 2 * data[1::2].count(0) > half and not data[::2].count(0):
            return "utf-16-le"
        if 2 * data[::2].count(0) > half and not data[1::2].count(0):
            return "utf-16-be"
    return None


def _by_evidence(data: bytes, *, marked: bool) -> tuple[str, str]:
    """What is no UTF-8, as what it most likely is."""
    plain = data.decode("latin-1")
    if _NO_TEXT.search(plain):
        raise FileUnreadable
    first_wrong = data.decode("utf-8", "replace").index("\ufffd")
    whole = sum(_is_utf8(found[0]) for found in _MULTIBYTE.finditer(data))
    wrong = data.decode("utf-8", "replace").count("\ufffd")
    if marked or (whole and whole >= wrong):
        raise EncodingUnclear(line=_line(data.decode("utf-8", "replace"), first_wrong))
    words = {word: _meanings(word) for word in set(_WORD.findall(data)) if not word.isascii()}
    scores = dict(_OLD)
    for word, said in Counter(filter(words.__contains__, _WORD.findall(data))).items():
        for name in _OLD:
            scores[name] += said * sum(words[word][name])
    best, second = sorted(scores, key=lambda name: -scores[name])[:2]
    doubtful = {word for word, meanings in words.items() if _is_doubtful(meanings, best)}
    if not doubtful and scores[best] - scores[second] < _AHEAD:
        doubtful = set(words)
    if doubtful:
        first = next(found for found in _WORD.finditer(data) if found[0] in doubtful)
        raise EncodingUnclear(line=_line(plain, first.start()))
    return data.decode(best), best


def _meanings(word: bytes) -> dict[str, list[int]]:
    """What each sign of a word that is no ASCII says, for each encoding."""
    return {name: _worths(word.decode(name, "replace")) for name in _OLD}


def _is_doubtful(meanings: Mapping[str, list[int]], best: str) -> bool:
    """Whether a word makes no sense as it is read, or far more in another encoding."""
    most = max(map(sum, meanings.values()))
    return _WRONG in meanings[best] or most - sum(meanings[best]) >= _STRONG


def _is_utf8(some: bytes) -> bool:
    try:
        some.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _line(text: str, at: int) -> int:
    return len(re.findall("\r\n|\r|\n", text[:at])) + 1


def _worths(word: str) -> list[int]:
    padded = f" {word} "
    return [
        _worth_of(sign, padded[at], padded[at + 2])
        for at, sign in enumerate(word)
        if not sign.isascii()
    ]


@lru_cache(maxsize=4096)
def _worth_of(sign: str, before: str, after: str) -> int:
    if sign in _SIGNS:
        return _worth_of_sign(sign, before, after)
    if not _letter_fits(sign, before, after):
        return _WRONG
    if not before.isalpha() and not after.isalpha():
        return _WEAK if sign in _ALONE else _NOTHING
    if sign in _COMMON and (sign != "é" or before.isalpha()):
        return _STRONG
    return _NOTHING if sign in _RARE else _WEAK


def _worth_of_sign(sign: str, before: str, after: str) -> int:
    if not _sign_fits(sign, before, after):
        return _WRONG
    if sign in _QUOTES:  # an apostrophe begins no word
        return _WEAK if sign == "\u2019" and not before.isalpha() else _QUOTED
    return _WEAK if sign in _USUAL else _NOTHING


def _sign_fits(sign: str, before: str, after: str) -> bool:
    if before.isalpha() and after.isalpha():
        return sign in _JOINING
    if sign in _APART:
        return not before.isalnum() and not after.isalnum()
    if sign in _AFTER:
        return before.isalnum() and not after.isalpha()
    return sign not in _BEFORE or not before.isalpha()


def _letter_fits(sign: str, before: str, after: str) -> bool:
    """Whether a letter stands in a word as letters do: capitals first, or all along."""
    if sign not in _COMMON | _LOANED | _RARE or before.isdigit() or after.isdigit():
        return False
    if sign.isupper():
        return not before.islower() and not (before.isupper() and after.islower())
    return not after.isupper()
