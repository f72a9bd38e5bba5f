"""Who took part in a week, as a picture and in the same figures in words.

A row holds a cell for each organisation, solid where it took part; below it a bar for each week
tells how many votes were given, this week's solid. So both are read without colour.
"""

from functools import partial

from bot.domain.digest.views import TookPart
from bot.domain.when.clocks import Week
from bot.i18n.words import Words
from bot.ui import drawing, theme
from bot.ui.canvas import Canvas
from bot.ui.drawing import ALT_LIMIT, CELL_HEIGHT, CORNER, HEADING, MARGIN, ROOM, TEXT, WIDTH
from bot.ui.lettering import fitted, font
from bot.ui.patterns import Fill, block
from bot.ui.text import clip

# All in pixels.
_ROW_TOP = 62
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
    row = _ROW_TOP + CELL_HEIGHT if people.organisations else HEADING
    bars = _BARS_TOP + _VALUE + _TALLEST + _LABEL if trend else HEADING
    canvas = Canvas(WIDTH, 2 * MARGIN + row + _PART_GAP + bars)
    said = words("digest.people", n=people.organisations, took_part=people.took_part)
    drawing.heading(canvas, MARGIN, said)
    kinds = {Fill.SOLID: people.took_part, Fill.EMPTY: people.organisations - people.took_part}
    cells = [(partial(block, fill), number) for fill, number in kinds.items() if number]
    side = drawing.cell_side([[number for _, number in cells]])
    drawing.cells(canvas, MARGIN + _ROW_TOP, cells, side, lambda _: _NARROWEST)
    top = MARGIN + row + _PART_GAP
    drawing.heading(canvas, top, words("digest.picture.this_week", n=people.votes))
    if trend:
        _bars(canvas, top + _BARS_TOP + _VALUE + _TALLEST, words, trend)
    return canvas.png(CORNER)


def _bars(canvas: Canvas, foot: int, words: Words, trend: tuple[tuple[int, int], ...]) -> None:
    """A bar for each week on a common line, its votes on top and its number below."""
    plain, strong = font(TEXT), font(TEXT, strong=True)
    most, step = max(votes for _, votes in trend), ROOM / _MOST_BARS
    canvas.line(MARGIN, foot, round(step * len(trend)))
    for place, (week, votes) in enumerate(trend):
        middle = MARGIN + step * (place + 0.5)
        last = place == len(trend) - 1
        face, ink = (strong, theme.INK) if last else (plain, theme.FAINT_INK)
        height = max(_LEAST_BAR, round(_TALLEST * votes / most)) if votes else 0
        if votes:
            bar = block(Fill.SOLID if last else Fill.PALE, _BAR_WIDTH, height)
            canvas.lay(bar, round(middle - _BAR_WIDTH / 2), foot - height)
        label = words("digest.week.short", week=Week.of(week).number)
        canvas.write(str(votes), (middle, foot - height - 14), face, ink, anchor="m")
        canvas.write(fitted(label, step, face), (middle, foot + _LABEL), face, ink, anchor="m")
