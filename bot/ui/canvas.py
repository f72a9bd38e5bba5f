"""A small picture in few colours: letters and shapes on a sheet of paper with round corners.

Everything on it is one ink on paper, more or less of it. So a pixel is a number (which ink, and
how much), and the file a palette: small, quickly made, and the same bytes for the same picture.
"""

from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Literal

import discord

from bot.ui import theme

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

FULL = 255
"""The most ink that a shape can have at a pixel; 0 is bare paper."""
FINE = 4
"""Shapes are drawn so many times larger and then made smaller, which smooths their edges."""

Anchor = Literal["l", "m", "r"]

_INKS = (theme.INK, theme.FAINT_INK, theme.LINE, *theme.STANCE.values())
# So many steps from paper to an ink, and from nothing to paper in the corners.
_STEPS = 6
_PAPER = _STEPS


class Canvas:
    """A sheet of paper of so many pixels."""

    def __init__(self, width: int, height: int) -> None:
        from PIL import Image

        self._image = Image.new("L", (width, height), _PAPER)

    def lay(self, piece: "Image", left: int, top: int) -> None:
        """Put down what :func:`inked` gave; it covers what is there."""
        self._image.paste(piece, (left, top))

    def line(self, left: int, top: int, width: int) -> None:
        """A thin line to the right."""
        from PIL import Image

        self.lay(inked(Image.new("L", (width, 3), FULL), theme.LINE), left, top)

    def write(
        self,
        text: str,
        at: tuple[float, float],
        face: "FreeTypeFont",
        ink: discord.Colour = theme.INK,
        *,
        anchor: Anchor = "l",
    ) -> None:
        """A line of letters that begins, has its middle or ends at a point of its baseline."""
        piece, left, top = _written(text, face, ink, anchor)
        self.lay(piece, round(at[0]) + left, round(at[1]) + top)

    def png(self, radius: int) -> bytes:
        """The picture as a PNG file, with corners of so many pixels."""
        image = self._image.copy()
        corner = _corner(radius)
        right, foot = image.width - radius, image.height - radius
        for turned, place in zip(_turned(corner), _places(right, foot), strict=True):
            image.paste(turned, place)
        image.putpalette(_palette())
        file = BytesIO()
        clear = bytes(step * 255 // _STEPS for step in range(_STEPS + 1))
        image.save(file, "PNG", transparency=clear)
        return file.getvalue()


def inked(shape: "Image", ink: discord.Colour) -> "Image":
    """A shape (mode ``L``, 0 to :data:`FULL`) in an ink, ready to be laid on a canvas."""
    return shape.point(_numbers(ink))


@lru_cache(128)
def _written(
    text: str, face: "FreeTypeFont", ink: discord.Colour, anchor: Anchor
) -> tuple["Image", int, int]:
    """A line of letters, and where its upper left corner is, seen from its point."""
    from PIL import Image, ImageDraw

    left, top, right, foot = (round(side) for side in face.getbbox(text, anchor=f"{anchor}s"))
    shape = Image.new("L", (right - left + 1, foot - top + 1))
    ImageDraw.Draw(shape).text((-left, -top), text, FULL, face, anchor=f"{anchor}s")
    return inked(shape, ink), left, top


@cache
def _numbers(ink: discord.Colour) -> list[int]:
    """The palette's number for each amount of an ink."""
    steps = [round(amount * _STEPS / FULL) for amount in range(FULL + 1)]
    first = _PAPER + _INKS.index(ink) * _STEPS
    return [first + step if step else _PAPER for step in steps]


def _palette() -> list[int]:
    """The colours by number: paper, first more and more of it, then each ink's steps."""
    paper = theme.PAPER.to_rgb()
    colours = list(paper) * (_STEPS + 1)
    for ink in _INKS:
        for step in range(1, _STEPS + 1):
            colours += [
                round(ground + (full - ground) * step / _STEPS)
                for ground, full in zip(paper, ink.to_rgb(), strict=True)
            ]
    return colours


@cache
def _corner(radius: int) -> "Image":
    """The upper left corner, in numbers of the palette."""
    from PIL import Image, ImageDraw

    corner = Image.new("L", (radius * FINE, radius * FINE))
    across = 2 * radius * FINE
    ImageDraw.Draw(corner).ellipse((0, 0, across, across), fill=FULL)
    return corner.reduce(FINE).point([round(n * _STEPS / FULL) for n in range(FULL + 1)])


def _turned(corner: "Image") -> list["Image"]:
    from PIL.Image import Transpose as Turn

    turns = (Turn.FLIP_LEFT_RIGHT, Turn.FLIP_TOP_BOTTOM, Turn.ROTATE_180)
    return [corner, *(corner.transpose(turn) for turn in turns)]


def _places(right: int, foot: int) -> list[tuple[int, int]]:
    return [(0, 0), (right, 0), (0, foot), (right, foot)]
