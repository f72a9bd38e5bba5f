"""Putting what people wrote into a message without letting it act."""

import re
from collections.abc import Iterable

from bot.domain.kit import texts

# Texts are kept without letters in other dress and towers of marks; older ones may have them.
_SPECIAL = texts.PLAIN_LETTERS | str.maketrans({sign: f"\\{sign}" for sign in r"\*_~|`>#[]<"})
_MENTION = re.compile(r"@(?=everyone|here|[!&]?\d)")
# Characters that cannot start formatting of their own; anything else ends the link.
_LINK = re.compile(r"https?://[A-Za-z0-9\-._/?&=%+,;:#!$']+")

# An abbreviation ends with a full stop, too, but what follows seldom begins like a sentence.
_SENTENCE_END = re.compile(r"[.!?…][\"”)]*(?=\n|$|\s+[\"”(]?[A-ZÅÄÖÉ])")


def escape(text: str) -> str:
    """User text as it stands: no mention, no formatting, no masked link. Plain links still work."""
    parts = []
    at = 0
    for link in _LINK.finditer(text):
        parts += [_escape(text[at : link.start()]), link.group()]
        at = link.end()
    parts.append(_escape(text[at:]))
    return "".join(parts)


def linked(title: str, url: str | None) -> str:
    """A title, escaped and as long as it may be, that leads somewhere if there is an address."""
    return f"[{title}]({url})" if url else title


def clip(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut at a word with an ellipsis where it is longer."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, _, tail = cut.rpartition(" ")
    cut = head if head and len(tail) < 30 else cut  # noqa: PLR2004 - a word is seldom longer
    return cut.rstrip("\\ ") + "…"


def clip_at_sentence(text: str, limit: int, lines: int) -> str:
    """The sentences at a text's beginning that are whole within so many characters and lines.

    Where not even the first is, the text is cut at a word.
    """
    head = "\n".join(text.split("\n")[:lines])
    if head == text and len(text) <= limit:
        return text
    ends = [each.end() for each in _SENTENCE_END.finditer(head) if each.end() <= limit]
    return head[: ends[-1]] if ends else clip(head + " …", limit)


def marked(text: str, spans: Iterable[tuple[int, int]], limit: int) -> str:
    """User text of one line as :func:`escape` makes it, with some words bold.

    Args:
        text: what somebody wrote.
        spans: where the words stand (start and end of each), in their order.
        limit: at most so many characters, marks included; a longer text is cut at a word.
    """
    text, spans = text.replace("\n", " "), list(spans)
    room = limit
    while len(found := _marked(clip(text, room), spans)) > limit:
        room -= max(1, (len(found) - limit) // 2)
    return found


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    # Stars inside a link would become part of its address.
    links = [link.span() for link in _LINK.finditer(text)]
    parts = []
    at = 0
    for start, end in spans:
        inside = any(start < after and end > before for before, after in links)
        if inside or end > len(text.removesuffix("…")):
            continue
        parts += [escape(text[at:start]), f"**{escape(text[start:end])}**"]
        at = end
    return "".join([*parts, escape(text[at:])])


def _escape(text: str) -> str:
    return _MENTION.sub("@\u200b", texts.level(text).translate(_SPECIAL))
