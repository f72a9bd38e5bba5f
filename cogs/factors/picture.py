"""Where organisations stand on a factor, as a picture and in the same figures in words.

A bar per track holds a cell for each organisation, in the order supports, unsure, divided,
objects, silent; patterns and numbers tell the stances apart, so that colour only helps.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from bot.domain.factors.counting import Stance
from bot.domain.kit.texts import clean_line
from bot.i18n.words import Words
from bot.ui import drawing
from bot.ui.canvas import Canvas
from bot.ui.drawing import ALT_LIMIT, CELL_HEIGHT, CORNER, MARGIN, ROOM, TEXT, WIDTH
from bot.ui.lettering import drawable, font
from bot.ui.patterns import cell
from bot.ui.text import clip

ORDER = (Stance.SUPPORTS, Stance.UNSURE, Stance.DIVIDED, Stance.OBJECTS, Stance.SILENT)

# All in pixels.
_BAR_TOP = 60
_NUMBER = 44  # from a bar's foot to the baseline of its numbers
_ROW_GAP = 50
_GROUP_GAP = 14
_NARROWEST = 46  # of a share of a long bar, and at least its number's width
_LEGEND_TOP, _LEGEND_HEADING = 46, 66
_LEGEND_COLUMNS, _LEGEND_STEP, _LEGEND_GAP = 3, 66, 64
_SWATCH = (48, 48)
_SWATCH_GAP, _SWATCH_BASELINE = 16, 37


@dataclass(frozen=True)
class TrackStances:
    """A track's name, as people wrote it, and how many of its organisations take which stance."""

    name: str
    counts: Mapping[Stance, int]


@dataclass(frozen=True)
class Stances:
    """What the picture shows: the tracks in their order, and all organisations, each once."""

    tracks: tuple[TrackStances, ...]
    overall: Mapping[Stance, int]


# --- in words


def described(words: Words, stances: Stances) -> str:
    """The picture's alternative text: what it shows, with every figure that is not nought.

    Long names are cut first; tracks that still find no room are counted at the end.
    """
    for longest in (80, 40, 20):
        text = " ".join(_sentences(words, stances, longest, len(stances.tracks)))
        if len(text) <= ALT_LIMIT:
            return text
    shown = len(stances.tracks)
    while len(text) > ALT_LIMIT:
        shown -= 1
        text = " ".join(_sentences(words, stances, longest, shown))
    return text


def _sentences(words: Words, stances: Stances, longest: int, shown: int) -> Iterator[str]:
    yield words("stances.alt")
    if len(stances.tracks) != 1:
        yield _sentence(words, words("stances.all"), stances.overall)
    for number, track in enumerate(stances.tracks[:shown], 1):
        name = clean_line(track.name) or words("stances.track", number=number)
        yield _sentence(words, clip(name, longest), track.counts)
    left = len(stances.tracks) - shown
    if left:
        yield words("stances.alt.more", n=left)


def _sentence(words: Words, name: str, counts: Mapping[Stance, int]) -> str:
    if not _total(counts):
        return words("stances.alt.nobody", name=name, nobody=words("stances.nobody"))
    said = ", ".join(words(f"stance.count.{stance}", n=n) for stance, n in _present(counts))
    return words("stances.alt.part", name=name, voted=_voted(words, counts), counts=said)


def _voted(words: Words, counts: Mapping[Stance, int]) -> str:
    total = _total(counts)
    if not total:
        return words("stances.nobody")
    return words("stances.voted", n=total - counts.get(Stance.SILENT, 0), total=total)


def _total(counts: Mapping[Stance, int]) -> int:
    return sum(counts.values())


def _present(counts: Mapping[Stance, int]) -> list[tuple[Stance, int]]:
    """The stances that anyone takes, in order."""
    return [(stance, counts[stance]) for stance in ORDER if counts.get(stance)]


def _numbers(counts: Mapping[Stance, int]) -> list[int]:
    return [number for _, number in _present(counts)]


# --- drawn


def drawn(words: Words, stances: Stances) -> bytes:
    """The picture as PNG, 1120 pixels wide; equal input gives equal bytes.

    It takes some milliseconds of pure computing a track, and Pillow is imported by the first.
    """
    several = len(stances.tracks) != 1
    heights = [_row_height(track.counts) for track in stances.tracks]
    canvas = Canvas(WIDTH, 2 * MARGIN + sum(heights) + _legend_height(several=several))
    side = drawing.cell_side((_numbers(track.counts) for track in stances.tracks), _GROUP_GAP)
    top = MARGIN
    for number, (track, height) in enumerate(zip(stances.tracks, heights, strict=True), 1):
        name = drawable(track.name) or words("stances.track", number=number)
        drawing.heading(canvas, top, name, _voted(words, track.counts))
        _bar(canvas, top + _BAR_TOP, track.counts, side)
        top += height
    canvas.line(MARGIN, top, ROOM)
    top += _LEGEND_TOP
    if several:
        drawing.heading(canvas, top, words("stances.all"), _voted(words, stances.overall))
        top += _LEGEND_HEADING
    _legend(canvas, top, words, stances.overall)
    return canvas.png(CORNER)


def _row_height(counts: Mapping[Stance, int]) -> int:
    return _BAR_TOP + _ROW_GAP + (CELL_HEIGHT + _NUMBER if _total(counts) else 0)


def _legend_height(*, several: bool) -> int:
    steps = (len(ORDER) - 1) // _LEGEND_COLUMNS
    return _LEGEND_TOP + (_LEGEND_HEADING if several else 0) + steps * _LEGEND_STEP + _SWATCH[1]


def _bar(canvas: Canvas, top: int, counts: Mapping[Stance, int], side: float) -> None:
    """A track's cells, with each stance's number under the middle of its group."""
    face = font(TEXT, strong=True)

    def least(number: int) -> float:
        return max(_NARROWEST, face.getlength(str(number)))

    cells = [(partial(cell, stance), number) for stance, number in _present(counts)]
    middles = drawing.cells(canvas, top, cells, side, least, _GROUP_GAP)
    for middle, number in zip(middles, _numbers(counts), strict=True):
        canvas.write(str(number), (middle, top + CELL_HEIGHT + _NUMBER), face, anchor="m")


def _legend(canvas: Canvas, top: int, words: Words, counts: Mapping[Stance, int]) -> None:
    """What each pattern means, and how many organisations take that stance in all."""
    face = font(TEXT)
    said = [words(f"stance.count.{stance}", n=counts.get(stance, 0)) for stance in ORDER]
    lefts = _columns([face.getlength(text) for text in said])
    for place, (stance, text) in enumerate(zip(ORDER, said, strict=True)):
        row, column = divmod(place, _LEGEND_COLUMNS)
        left, upper = lefts[column], top + row * _LEGEND_STEP
        canvas.lay(cell(stance, *_SWATCH), left, upper)
        canvas.write(text, (left + _SWATCH[0] + _SWATCH_GAP, upper + _SWATCH_BASELINE), face)


def _columns(lengths: list[float]) -> list[int]:
    """Where the legend's columns begin: each as wide as its longest text, evenly apart."""
    longest = [max(lengths[column::_LEGEND_COLUMNS]) for column in range(_LEGEND_COLUMNS)]
    taken = [_SWATCH[0] + _SWATCH_GAP + length for length in longest]
    gap = min(_LEGEND_GAP, (ROOM - sum(taken)) / (_LEGEND_COLUMNS - 1))
    return [round(MARGIN + sum(taken[:column]) + column * gap) for column in range(len(taken))]
