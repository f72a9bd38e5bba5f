"""Who took part in a week, as a picture and in the same figures in words.

A row holds a cell for each organisation, solid where it took part; below it a bar for each week
tells how many votes were given, this week's solid. So both are read without colour.
"""

from bot.domain.digest.views import TookPart
from bot.domain.when.weeks import Week
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.canvas import Canvas
from bot.ui.lettering import drawable, fitted, font
from bot.ui.patterns import Fill, block
from bot.ui.text import clip

ALT_LIMIT = 1024
"""The most characters that Discord takes as a picture's description."""

# All in pixels. A phone shows the picture at a third of this width.
_WIDTH, _MARGIN, _CORNER = 1120, 48, 32
_ROOM = _WIDTH - 2 * _MARGIN
_HEADING, _TEXT = 42, 36
_BASELINE = 36  # of a heading, below its top
_ROW_TOP, _ROW_HEIGHT = 62, 60
_CELL_GAP, _WIDEST = 5, 60
_MOST_CELLS = 40
_NARROWEST = 20  # of a share of a long row
_PART_GAP = 46
_BARS_TOP = 70  # from a heading's top to the number on the highest bar
_VALUE, _TALLEST, _LABEL = 36, 150, 48
_MOST_BARS, _BAR_WIDTH, _LEAST_BAR = 8, 92, 12


# --- in words


def described(words: Words, people: TookPart) -> str:
    """The picture's alternative text: what it shows, with every figure."""
    text = [words("digest.people", n=people.organisations, took_part=people.took_part) + "."]
    weeks = [
        words("digest.picture.week", week=Week.of(week).number, votes=votes)
        for week, votes in _trend(people)
    ]
    if weeks:
        text.append(words("digest.picture.votes", weeks=", ".join(weeks)))
    else:
        text.append(words("digest.votes", n=people.votes) + ".")
    return clip(" ".join(text), ALT_LIMIT)


def _trend(people: TookPart) -> tuple[tuple[int, int], ...]:
    """The weeks to compare; none where there is only this one, or where nobody voted."""
    weeks = people.trend[-_MOST_BARS:]
    return weeks if len(weeks) > 1 and any(votes for _, votes in weeks) else ()


# --- drawn


def drawn(words: Words, people: TookPart) -> bytes:
    """The picture as PNG, 1120 pixels wide; equal input gives equal bytes.

    It takes some milliseconds of pure computing, and Pillow is imported by the first.
    """
    trend = _trend(people)
    row = _ROW_TOP + _ROW_HEIGHT if people.organisations else _HEADING
    bars = _BARS_TOP + _VALUE + _TALLEST + _LABEL if trend else _HEADING
    canvas = Canvas(_WIDTH, 2 * _MARGIN + row + _PART_GAP + bars)
    said = words("digest.people", n=people.organisations, took_part=people.took_part)
    _heading(canvas, _MARGIN, said)
    _organisations(canvas, _MARGIN + _ROW_TOP, people)
    top = _MARGIN + row + _PART_GAP
    _heading(canvas, top, words("digest.picture.this_week", n=people.votes))
    if trend:
        _bars(canvas, top + _BARS_TOP + _VALUE + _TALLEST, words, trend)
    return canvas.png(_CORNER)


def _heading(canvas: Canvas, top: int, text: str) -> None:
    face = font(_HEADING, strong=True)
    canvas.write(fitted(drawable(text), _ROOM, face), (_MARGIN, top + _BASELINE), face)


def _organisations(canvas: Canvas, top: int, people: TookPart) -> None:
    """A cell for each, or where they are many, a share of the row for both kinds."""
    left: float = _MARGIN
    for fill, widths in _cells(people):
        for width in widths:
            whole = round(left + width) - round(left)
            canvas.lay(block(fill, whole, _ROW_HEIGHT), round(left), top)
            left += width + _CELL_GAP


def _cells(people: TookPart) -> list[tuple[Fill, list[float]]]:
    """How wide the cells are of those who took part, and of the others."""
    total, silent = people.organisations, people.organisations - people.took_part
    counts = [(Fill.SOLID, people.took_part), (Fill.EMPTY, silent)]
    if total <= _MOST_CELLS:
        side = min(_WIDEST, (_ROOM - (total - 1) * _CELL_GAP) / max(1, total))
        return [(fill, [side] * number) for fill, number in counts]
    present = [(fill, number) for fill, number in counts if number]
    room = _ROOM - (len(present) - 1) * _CELL_GAP - len(present) * _NARROWEST
    return [(fill, [_NARROWEST + room * number / total]) for fill, number in present]


def _bars(canvas: Canvas, foot: int, words: Words, trend: tuple[tuple[int, int], ...]) -> None:
    """A bar for each week on a common line, its votes on top and its number below."""
    plain, strong = font(_TEXT), font(_TEXT, strong=True)
    most, step = max(votes for _, votes in trend), _ROOM / _MOST_BARS
    canvas.line(_MARGIN, foot, round(step * len(trend)))
    for place, (week, votes) in enumerate(trend):
        middle = _MARGIN + step * (place + 0.5)
        last = place == len(trend) - 1
        face, ink = (strong, theme.INK) if last else (plain, theme.FAINT_INK)
        height = max(_LEAST_BAR, round(_TALLEST * votes / most)) if votes else 0
        if votes:
            bar = block(Fill.SOLID if last else Fill.PALE, _BAR_WIDTH, height)
            canvas.lay(bar, round(middle - _BAR_WIDTH / 2), foot - height)
        label = words("digest.week.short", week=Week.of(week).number)
        canvas.write(str(votes), (middle, foot - height - 14), face, ink, anchor="m")
        canvas.write(fitted(label, step, face), (middle, foot + _LABEL), face, ink, anchor="m")
