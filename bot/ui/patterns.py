"""How cells look on a picture: a pattern for each stance, so that colour only helps."""

from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.domain.factors.counting import Stance
from bot.ui import theme
from bot.ui.canvas import FINE, FULL, inked

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

Size = tuple[int, int]

_CORNER = 9 * FINE
_EDGE = 3 * FINE
_STEP = 16 * FINE
_DOT = 4.5 * FINE
# How much ink the ground has that dots, halves and lines are drawn on.
_BREATH = 40


class Fill(IntEnum):
    """How much ink a plain cell holds within its edge."""

    EMPTY = 0
    PALE = 2 * _BREATH
    SOLID = FULL


@lru_cache(256)
def cell(stance: Stance, width: int, height: int) -> "Image":
    """A cell of so many pixels, to lay on a canvas; long ones repeat their pattern.

    Solid: supports. Dotted: unsure. Halved: divided. Crossed: objects. Empty: silent.
    It is shared between pictures: draw nothing on it.
    """
    from PIL import Image, ImageDraw

    size = (width * FINE, height * FINE)
    inside = Image.new("L", size, _GROUND.get(stance, _BREATH))
    if stance in _PATTERNS:
        _PATTERNS[stance](ImageDraw.Draw(inside), size)
    return inked(_rounded(inside), theme.STANCE[stance])


@lru_cache(64)
def block(fill: Fill, width: int, height: int) -> "Image":
    """A plain cell of so many pixels, to lay on a canvas; draw nothing on it."""
    from PIL import Image

    inside = Image.new("L", (width * FINE, height * FINE), fill)
    stance = Stance.SUPPORTS if fill else Stance.SILENT
    return inked(_rounded(inside), theme.STANCE[stance])


def _rounded(inside: "Image") -> "Image":
    """What is drawn large as a cell with an edge and round corners, in its own size."""
    from PIL import Image, ImageDraw

    size = inside.size
    box = (0, 0, size[0] - 1, size[1] - 1)
    radius = min(_CORNER, size[0] // 3, size[1] // 3)
    ImageDraw.Draw(inside).rounded_rectangle(box, radius, outline=FULL, width=_EDGE)
    within = Image.new("L", size)
    ImageDraw.Draw(within).rounded_rectangle(box, radius, fill=FULL)
    whole = Image.new("L", size)
    whole.paste(inside, mask=within)
    return whole.reduce(FINE)


def _dots(pen: "ImageDraw", size: Size) -> None:
    """Evenly spaced, so that none is cut."""
    columns, rows = (max(1, round((side - 2 * _EDGE) / _STEP)) for side in size)
    for column in range(columns):
        for row in range(rows):
            x = _whole(_EDGE + (size[0] - 2 * _EDGE) * (column + 0.5) / columns)
            y = _whole(_EDGE + (size[1] - 2 * _EDGE) * (row + 0.5) / rows)
            pen.ellipse((x - _DOT, y - _DOT, x + _DOT, y + _DOT), fill=FULL)


def _whole(place: float) -> int:
    """The nearest whole pixel: dots that are all alike make a smaller file."""
    return round(place / FINE) * FINE


def _halves(pen: "ImageDraw", size: Size) -> None:
    """The lower left half of a square, and of as many as there is room for."""
    squares = max(1, round(size[0] / size[1]))
    side = size[0] / squares
    for number in range(squares):
        left = number * side
        pen.polygon([(left, 0), (left, size[1]), (left + side, size[1])], fill=FULL)


def _crosses(pen: "ImageDraw", size: Size) -> None:
    """A cross from corner to corner of a square, and of as many as there is room for."""
    columns, rows = (max(1, round(side / min(size))) for side in size)
    wide, high = size[0] / columns, size[1] / rows
    width = min(2 * _EDGE, round(min(size) / 5))
    for column in range(columns):
        for row in range(rows):
            left, top = column * wide, row * high
            pen.line((left, top, left + wide, top + high), fill=FULL, width=width)
            pen.line((left + wide, top, left, top + high), fill=FULL, width=width)


_GROUND = {Stance.SUPPORTS: FULL, Stance.SILENT: 0}
_PATTERNS = {Stance.UNSURE: _dots, Stance.DIVIDED: _halves, Stance.OBJECTS: _crosses}
