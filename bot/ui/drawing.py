"""What leda's pictures have in common: their paper, their headings, their rows of cells.

A cell is an organisation; where they are many, a share of the row stands for all that are alike.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from bot.ui import theme
from bot.ui.canvas import Canvas
from bot.ui.lettering import drawable, fitted, font

if TYPE_CHECKING:
    from PIL.Image import Image

ALT_LIMIT = 1024
"""The most characters that Discord takes as a picture's description."""

# All in pixels. A phone shows the picture at a third of this width.
WIDTH, MARGIN, CORNER = 1120, 48, 32
ROOM = WIDTH - 2 * MARGIN
HEADING, TEXT = 42, 36
CELL_GAP, CELL_HEIGHT = 5, 60
_BASELINE = 36  # of a heading, below its top
_WIDEST, _MOST_CELLS = 60, 40

Cells = tuple[Callable[[int, int], "Image"], int]
"""How cells of a kind look, of so many pixels, and how many they are."""


def heading(canvas: Canvas, top: int, name: str, beside: str = "") -> None:
    """A name to the left and perhaps a remark to the right, on one line."""
    strong, plain = font(HEADING, strong=True), font(TEXT)
    baseline, room = top + _BASELINE, float(ROOM)
    if beside:
        beside = fitted(drawable(beside), ROOM / 2, plain)
        end = (MARGIN + ROOM, baseline)
        canvas.write(beside, end, plain, theme.FAINT_INK, anchor="r")
        room -= plain.getlength(beside) + MARGIN
    canvas.write(fitted(drawable(name), room, strong), (MARGIN, baseline), strong)


def cell_side(rows: Iterable[Sequence[int]], gap: int = CELL_GAP) -> float:
    """How wide a cell can be in all of some rows, each told by how many there are of each kind."""
    sides: list[float] = [_WIDEST]
    for numbers in rows:
        if 0 < sum(numbers) <= _MOST_CELLS:
            gaps = (len(numbers) - 1) * gap + (sum(numbers) - len(numbers)) * CELL_GAP
            sides.append((ROOM - gaps) / sum(numbers))
    return min(sides)


def cells(
    canvas: Canvas,
    top: int,
    kinds: Sequence[Cells],
    side: float,
    least: Callable[[int], float],
    gap: int = CELL_GAP,
) -> list[float]:
    """Draw a row of cells.

    Args:
        canvas: what to draw on.
        top: where the row begins.
        kinds: the kinds of cells; of each there is at least one.
        side: how wide one is.
        least: how wide the share of so many is at least.
        gap: how far kinds are apart.

    Returns:
        where the middle of each kind is.
    """
    middles = []
    left: float = MARGIN
    for (look, _), widths in zip(kinds, _widths(kinds, side, least, gap), strict=True):
        start = left
        for width in widths:
            whole = round(left + width) - round(left)
            canvas.lay(look(whole, CELL_HEIGHT), round(left), top)
            left += width + CELL_GAP
        middles.append((start + left - CELL_GAP) / 2)
        left += gap - CELL_GAP
    return middles


def _widths(
    kinds: Sequence[Cells], side: float, least: Callable[[int], float], gap: int
) -> list[list[float]]:
    numbers = [number for _, number in kinds]
    total = sum(numbers)
    if total <= _MOST_CELLS:
        return [[side] * number for number in numbers]
    room = ROOM - (len(numbers) - 1) * gap - sum(map(least, numbers))
    return [[least(number) + room * number / total] for number in numbers]
