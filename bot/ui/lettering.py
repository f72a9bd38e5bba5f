"""Letters on pictures: one open font that comes with leda, and only what it can draw.

Pillow's own font has no å, ä or ö, and a machine may have no fonts at all. So two weights of
Inter (SIL Open Font License, ``fonts/OFL.txt``) come with the package, cut down to the Latin,
Greek and Cyrillic letters.
"""

import re
from bisect import bisect_right
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import category, normalize

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

# A code point of no letter: a font answers with its box for it, and it marks where one is lost.
_NOWHERE = "\ue000"
_GAPS = re.compile(rf"[\s{_NOWHERE}]*{_NOWHERE}[\s{_NOWHERE}]*")
# More than this never fits; measuring it would only take time.
_MOST = 200


@cache
def font(size: int, *, strong: bool = False) -> "FreeTypeFont":
    """The font in a size in pixels, semi-bold where ``strong``.

    The basic layout draws the same pixels on every machine; the other depends on what is
    installed there.
    """
    from PIL import ImageFont

    name = "Inter-SemiBold.ttf" if strong else "Inter-Regular.ttf"
    file = BytesIO((resources.files("bot.ui") / "fonts" / name).read_bytes())
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


def drawable(text: str) -> str:
    """What of a text the font can draw: never a box in a letter's place.

    Emoji and signs that it lacks are left out. Where letters or digits are lost, an ellipsis
    says so. Nothing is left of a text that is all in other scripts.
    """
    composed = normalize("NFC", text[:_MOST])
    kept = "".join(_drawn(char) for char in composed)
    said = " ".join(_GAPS.sub(" … ", kept).split())
    return said if any(char.isalnum() for char in said) else ""


def fitted(text: str, width: float, face: "FreeTypeFont") -> str:
    """A text in at most so many pixels, cut with an ellipsis where it is longer."""
    if face.getlength(text) <= width:
        return text
    most = bisect_right(range(len(text)), width, key=lambda n: face.getlength(f"{text[:n]}…")) - 1
    return f"{text[: max(0, most)].rstrip(' …')}…"


@lru_cache(4096)
def _drawn(char: str) -> str:
    """A character as it is drawn: itself, a space, the mark of a lost letter, or nothing."""
    if char.isspace():
        return " "
    if not char.isprintable() or category(char).startswith("M"):
        return ""
    if _shape(char) != _shape(_NOWHERE):
        return char
    return _NOWHERE if char.isalnum() else ""


def _shape(char: str) -> bytes:
    return bytes(font(32).getmask(char))
