"""Where organisations stand on a factor, as a picture and in the same figures in words.

A bar per track holds a cell for each organisation, in the order supports, unsure, divided,
objects, silent; patterns and numbers tell the stances apart, so that colour only helps.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain.factors.counting import Stance
from bot.domain.kit.texts import clean_line
from bot.i18n.words import Words
from bot.ui import theme
from bot.ui.canvas import Canvas
from bot.ui.lettering import drawable, fitted, font
from bot.ui.patterns import cell
from bot.ui.text import clip

ORDER = (Stance.SUPPORTS, Stance.UNSURE, Stance.DIVIDED, Stance.OBJECTS, Stance.SILENT)
ALT_LIMIT = 1024
"""The most characters that Discord takes as a picture's description."""

# All in pixels. A phone shows the picture at a third of this width.
_WIDTH, _MARGIN, _CORNER = 1120, 48, 32
_BAR = _WIDTH - 2 * _MARGIN
_NAME, _TEXT = 42, 36
_BASELINE = 36  # of a heading, below its top
_BAR_TOP, _BAR_HEIGHT = 60, 60
_NUMBER = 44  # from a bar's foot to the baseline of its numbers
_ROW_GAP = 50
_CELL_GAP, _GROUP_GAP = 5, 14
_WIDEST = 60
_NARROWEST = 46  # of a share of a long bar, and at least its number's width
_MOST_CELLS = 40
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


# --- drawn


def drawn(words: Words, stances: Stances) -> bytes:
    """The picture as PNG, 1120 pixels wide; equal input gives equal bytes.

    It takes some milliseconds of pure computing a track, and Pillow is imported by the first.
    """
    several = len(stances.tracks) != 1
    heights = [_row_height(track.counts) for track in stances.tracks]
    canvas = Canvas(_WIDTH, 2 * _MARGIN + sum(heights) + _legend_height(several=several))
    side = _cell_side([track.counts for track in stances.tracks])
    top = _MARGIN
    for number, (track, height) in enumerate(zip(stances.tracks, heights, strict=True), 1):
        name = drawable(track.name) or words("stances.track", number=number)
        _heading(canvas, top, name, _voted(words, track.counts))
        _bar(canvas, top + _BAR_TOP, track.counts, side)
        top += height
    canvas.line(_MARGIN, top, _BAR)
    top += _LEGEND_TOP
    if several:
        _heading(canvas, top, words("stances.all"), _voted(words, stances.overall))
        top += _LEGEND_HEADING
    _legend(canvas, top, words, stances.overall)
    return canvas.png(_CORNER)


def _row_height(counts: Mapping[Stance, int]) -> int:
    return _BAR_TOP + _ROW_GAP + (_BAR_HEIGHT + _NUMBER if _total(counts) else 0)


def _legend_height(*, several: bool) -> int:
    steps = (len(ORDER) - 1) // _LEGEND_COLUMNS
    return _LEGEND_TOP + (_LEGEND_HEADING if several else 0) + steps * _LEGEND_STEP + _SWATCH[1]


def _heading(canvas: Canvas, top: int, name: str, beside: str) -> None:
    """A name to the left and a remark to the right, on one line."""
    strong, plain = font(_NAME, strong=True), font(_TEXT)
    beside = fitted(drawable(beside), _BAR / 2, plain)
    room = _BAR - plain.getlength(beside) - _MARGIN
    baseline = top + _BASELINE
    canvas.write(fitted(name, room, strong), (_MARGIN, baseline), strong)
    end = (_MARGIN + _BAR, baseline)
    canvas.write(beside, end, plain, theme.FAINT_INK, anchor="r")


def _cell_side(tracks: list[Mapping[Stance, int]]) -> float:
    """How wide a cell is: the same in every track, so that lengths can be compared."""
    sides: list[float] = [_WIDEST]
    for counts in tracks:
        total, groups = _total(counts), len(_present(counts))
        if 0 < total <= _MOST_CELLS:
            gaps = (groups - 1) * _GROUP_GAP + (total - groups) * _CELL_GAP
            sides.append((_BAR - gaps) / total)
    return min(sides)


def _bar(canvas: Canvas, top: int, counts: Mapping[Stance, int], side: float) -> None:
    """A track's cells, with each stance's number under the middle of its group."""
    left: float = _MARGIN
    for (stance, number), widths in zip(_present(counts), _widths(counts, side), strict=True):
        start = left
        for width in widths:
            whole = round(left + width) - round(left)
            canvas.lay(cell(stance, whole, _BAR_HEIGHT), round(left), top)
            left += width + _CELL_GAP
        middle = (start + left - _CELL_GAP) / 2
        under = (middle, top + _BAR_HEIGHT + _NUMBER)
        canvas.write(str(number), under, font(_TEXT, strong=True), anchor="m")
        left += _GROUP_GAP - _CELL_GAP


def _widths(counts: Mapping[Stance, int], side: float) -> list[list[float]]:
    """How wide the cells of each stance are: one an organisation, or a share of a long bar."""
    present, total = _present(counts), _total(counts)
    if total <= _MOST_CELLS:
        return [[side] * number for _, number in present]
    face = font(_TEXT, strong=True)
    least = [max(_NARROWEST, face.getlength(str(number))) for _, number in present]
    room = _BAR - (len(present) - 1) * _GROUP_GAP - sum(least)
    return [
        [narrowest + room * number / total]
        for narrowest, (_, number) in zip(least, present, strict=True)
    ]


def _legend(canvas: Canvas, top: int, words: Words, counts: Mapping[Stance, int]) -> None:
    """What each pattern means, and how many organisations take that stance in all."""
    face = font(_TEXT)
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
    gap = min(_LEGEND_GAP, (_BAR - sum(taken)) / (_LEGEND_COLUMNS - 1))
    return [round(_MARGIN + sum(taken[:column]) + column * gap) for column in range(len(taken))]
