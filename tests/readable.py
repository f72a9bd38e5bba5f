"""What a card must be for people who hear it, see no colours, or see its first line on a phone."""

import re
from collections.abc import Iterator
from typing import Any

from bot.i18n.words import Words
from bot.ui import theme
from storage.enums import FactorKind, Language

_BUTTON, _TEXT, _THUMBNAIL, _GALLERY = 2, 10, 11, 12
_MOST_DESCRIBED = 1024
NOTHING = "its first line says nothing"
_ALL = [Words(language) for language in Language]
# The track of a programme with one has a mark that is also a kind's.
_TRACK = "|".join(words("preset.track.shared") for words in _ALL)
# What nobody hears as words: mentions, times, commands, links' addresses.
_SILENT = re.compile(r"<[^>]*>|\]\([^)]*\)|https?://\S+")
_FILE = re.compile(r"^\S+\.(?:png|jpe?g|gif|webp)$")


def faults(components: list[dict[str, Any]]) -> list[str]:
    """What would be lost on somebody, in words; nothing where a message is as it should be."""
    parts = list(_every(components))
    texts = [part["content"] for part in parts if part["type"] == _TEXT]
    return [
        *_first_line(texts),
        *(fault for part in parts for fault in _button(part)),
        *(fault for part in parts for fault in _picture(part)),
        *_by_mark_alone("\n".join(texts)),
    ]


def _every(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for each in components:
        yield each
        yield from _every(each.get("components", []))
        if "accessory" in each:
            yield each["accessory"]


def _first_line(texts: list[str]) -> Iterator[str]:
    """A phone shows it in its notification, where small print is all there is to read."""
    first = "\n".join(texts).lstrip().partition("\n")[0]
    if not re.search(r"\w", _SILENT.sub(" ", first)):
        yield f"{NOTHING}: {first!r}"
    if first.startswith("-# "):
        yield f"its first line is small print: {first!r}"


def _button(part: dict[str, Any]) -> Iterator[str]:
    if part["type"] == _BUTTON and not re.search(r"\w", part.get("label") or ""):
        yield f"a button without a word: {part}"


def _picture(part: dict[str, Any]) -> Iterator[str]:
    shown = part.get("items", []) if part["type"] == _GALLERY else []
    for each in [part] if part["type"] == _THUMBNAIL else shown:
        alt = each.get("description") or ""
        if not alt.strip() or _FILE.match(alt) or len(alt) > _MOST_DESCRIBED:
            yield f"a picture that is not described: {alt!r}"


def _by_mark_alone(said: str) -> Iterator[str]:
    """A mark that tells something apart has its word on the same card."""
    for kind in FactorKind:
        mark = rf"^[^\w\n]*(?:\d+\.\W*)?{theme.KIND[kind]}(?!\W*(?:{_TRACK}))"
        marked = re.search(mark, said, re.MULTILINE)
        if marked and not _has(said, f"kind.short.{kind}"):
            yield f"only {theme.KIND[kind]} says that it is {kind}"
    unexplained = re.search(r"^▫️ [#@*]", said, re.MULTILINE)
    if unexplained and not any(
        _has(said, f"setup.{key}") for key in ("marks", "would_make", "missing")
    ):
        yield "only ▫️ says that something is not there"


def _has(said: str, key: str, **values: int) -> bool:
    """Whether a text says something in either language, whatever the number."""
    meant = [re.sub(r"\d+", "", words(key, **values)).strip(" -#") for words in _ALL]
    return any(each.casefold() in said.casefold() for each in meant)
