"""Text as rows of cells: which sign parts them, and rows that a spreadsheet quoted whole."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.domain.kit.errors import FileBroken, FileEmpty
from bot.domain.kit.headings import Columns, Head

DELIMITERS: Final = ",;\t"

_NOTHING = DELIMITERS + " \r\n"

# A line by which Excel is told what parts the cells; nobody sees it there.
_SEPARATOR_LINE: Final = re.compile(r'"?sep=([,;\t|])"?[,;\t|]*(?:\r\n|\r|\n|$)', re.IGNORECASE)

Rows = list[tuple[int, list[str]]]
"""Rows that hold anything, each with the line where it begins, from 1."""


@dataclass(frozen=True)
class Parted:
    """The rows of a text, the one that heads them, and what parts their cells.

    ``whole`` says that every row is quoted as if it were one cell.
    """

    rows: Rows
    head: Head
    delimiter: str
    whole: bool = False


def parted(text: str, wanted: Columns) -> Parted:
    """The rows of a text, as the way to part them says that makes most of its headings known.

    Raises:
        FileEmpty: there is none.
        FileBroken: a quotation mark is never closed, or closed in the middle of a cell.
    """
    said = _SEPARATOR_LINE.match(text)
    text, first = (text[said.end() :], 2) if said else (text, 1)
    ways = [
        way
        for delimiter in (said[1] if said else DELIMITERS)
        for way in _ways(list(_records(text, first, delimiter, strict=False)), delimiter, wanted)
    ]
    if not ways:
        raise FileEmpty
    # Where one heading stands alone, it is the rows that tell what parts cells.
    best = max(ways, key=lambda way: (way.head.worth, sum(len(cells) > 1 for _, cells in way.rows)))
    for _ in _records(text, first, best.delimiter, strict=True):
        pass  # only to be told of quotation marks that do not add up
    return best


def is_parted(cell: str) -> bool:
    """Whether a cell holds what could part several."""
    return any(mark in cell for mark in DELIMITERS)


def _ways(rows: Rows, delimiter: str, wanted: Columns) -> Iterator[Parted]:
    if not rows:
        return
    yield Parted(rows, wanted.find([cells for _, cells in rows]), delimiter)
    opened = [(line, _opened(cells, delimiter)) for line, cells in rows]
    head = wanted.find([cells for _, cells in opened])
    if len(rows[head.at][1]) < len(opened[head.at][1]):
        yield Parted(opened, head, delimiter, whole=True)


def _opened(cells: list[str], delimiter: str) -> list[str]:
    """The cells of a row that is quoted as if it were one."""
    rows = [each for _, each in _records(cells[0], 1, delimiter, strict=False)]
    return rows[0] if len(cells) == 1 and len(rows) == 1 else cells


def _records(
    text: str, first: int, delimiter: str, *, strict: bool
) -> Iterator[tuple[int, list[str]]]:
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=delimiter, skipinitialspace=True, strict=strict)
    line = 0
    try:
        for cells in reader:
            if any(cell.strip(_NOTHING) for cell in cells):
                yield line + first, cells
            line = reader.line_num
    except csv.Error:
        if strict:
            raise FileBroken(line=line + first) from None
