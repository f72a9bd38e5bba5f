"""Files of comma-separated values, as spreadsheets write them: read forgivingly, written safely."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.kit import encodings, parting
from bot.domain.kit.errors import FileEmpty, FileTooLarge, FileWithoutRows, TooManyRows
from bot.domain.kit.headings import Columns, Head
from bot.domain.kit.parting import Rows
from storage.enums import Language

SIZE_LIMIT = 5_000_000  # bytes
ROW_LIMIT = 20_000

_READ_WITH = {
    ",": "import.read.comma",
    ";": "import.read.semicolon",
    "\t": "import.read.tab",
    "|": "import.read.bar",
}
# What spreadsheets take for a new column where the language is read.
DELIMITER_FOR = {Language.SV: ";", Language.EN: ","}
# What a spreadsheet would calculate instead of showing, and how such a cell is written here.
_FORMULA = re.compile(r"'*[=+\-@]")
_GUARDED = re.compile(r"'+[=+\-@]")


@dataclass(frozen=True)
class Row:
    """One row of a file.

    ``line`` is where it begins, from 1. ``cells`` holds every known column's text, trimmed.
    ``surplus`` says that it is not parted as the headings are: it has more cells than they, or
    all of it stands in one.
    """

    line: int
    cells: Mapping[str, str]
    surplus: bool = False


@dataclass(frozen=True)
class Remark:
    """What a file was taken for, or what of it is left out: a catalogue key and its values."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """The rows of a file, and the headings that nobody asked for.

    ``remarks`` say how it was read, and where text was dropped.
    """

    rows: tuple[Row, ...]
    ignored: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class BadRow:
    """Why a row cannot be taken in: a catalogue key and what it is filled in with."""

    line: int
    why: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Grid:
    """Rows that hold anything, each with its line; the one that heads them; how they were read."""

    rows: Rows
    head: Head
    remark: Remark


def need_size(size: int) -> None:
    """Refuse a file before it is fetched.

    Args:
        size: in bytes.

    Raises:
        FileTooLarge: it has more than :data:`SIZE_LIMIT`.
    """
    if size > SIZE_LIMIT:
        raise FileTooLarge(limit=SIZE_LIMIT // 1_000_000)


def read(
    data: bytes,
    columns: Mapping[str, Sequence[str]],
    needed: Iterable[str] = (),
    most: int = ROW_LIMIT,
) -> Table:
    """Understand a file in which one of the first rows names the columns, in any order.

    Args:
        data: text in UTF-8, UTF-16 or what is evidently Windows-1252, MacRoman or cp850, with
            comma, semicolon or tab; or an .xlsx, of which the first sheet with the headings counts.
        columns: what may head each column, as :class:`bot.domain.kit.headings.Columns` compares.
        needed: the columns that must be there.
        most: so many rows below the headings are taken.

    Raises:
        FileTooLarge, FileEmpty: there is too much or nothing.
        FileUnreadable, EncodingUnclear: it is no text, or which letters it holds is not evident.
        FileIsPdf, FileIsWebPage, FileIsOldWorkbook, FileIsArchive: it is something else.
        WorkbookBroken, WorkbookTooLarge, SheetTooLarge: as :func:`bot.domain.kit.workbooks.sheets`.
        FileBroken: a quotation mark is never closed, or closed in the middle of a cell.
        ColumnMissing, ColumnTwice: no row says what is where.
        FileWithoutRows, TooManyRows: there is none below the headings, or over ``most``.
    """
    from bot.domain.kit import workbooks

    need_size(len(data))
    wanted = Columns(columns, needed)
    find = _in_workbook if workbooks.is_workbook(data) else _in_text
    grid = find(data, wanted)
    wanted.demand(grid.head)
    below = grid.rows[grid.head.at + 1 :]
    if not below:
        raise FileWithoutRows
    if len(below) > most:
        raise TooManyRows(limit=most, rows=len(below))
    rows = tuple(_row(line, cells, grid.head) for line, cells in below)
    known = set(grid.head.places.values())
    named = [each for at, each in enumerate(grid.head.headings) if each and at not in known]
    return Table(rows, tuple(named), (grid.remark, *_dropped(grid)))


def _in_workbook(data: bytes, wanted: Columns) -> _Grid:
    """The first sheet that names all columns, or else the one that names most."""
    found: list[_Grid] = []
    from bot.domain.kit import workbooks

    for sheet in workbooks.sheets(data):
        if sheet.rows:
            head = wanted.find([cells for _, cells in sheet.rows])
            remark = Remark("import.read.sheet", {"sheet": sheet.name})
            found.append(_Grid(sheet.rows, head, remark))
            if not head.lacks(wanted.needed):
                return found[-1]
    if not found:
        raise FileEmpty
    return max(found, key=lambda grid: grid.head.worth)


def _in_text(data: bytes, wanted: Columns) -> _Grid:
    decoded = encodings.decoded(data)
    found = parting.parted(decoded.text, wanted)
    remark = Remark(_READ_WITH[found.delimiter], {"encoding": decoded.encoding})
    return _Grid(found.rows, found.head, remark)


def _dropped(grid: _Grid) -> Iterator[Remark]:
    """What stands in the file and is not taken, though no heading says so."""
    above = grid.rows[: grid.head.at]
    if above:
        yield Remark("import.above", {"n": len(above), "text": _first_text(above[0][1])})
    nameless = {at for at, heading in enumerate(grid.head.headings) if not heading}
    texts_there = [
        (line, cells[at].strip())
        for line, cells in grid.rows[grid.head.at + 1 :]
        for at in sorted(nameless)
        if at < len(cells) and cells[at].strip()
    ]
    if texts_there:
        line, text = texts_there[0]
        yield Remark("import.nameless", {"n": len(texts_there), "line": line, "text": text})


def _first_text(cells: Sequence[str]) -> str:
    return next(cell.strip() for cell in cells if cell.strip())


def write(head: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """A file that spreadsheets open with its letters right and nothing calculated.

    :func:`read` gives back every text that is trimmed and of one line.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(head)
    writer.writerows([_guard(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _row(line: int, cells: Sequence[str], head: Head) -> Row:
    found = {
        column: _unguard(cells[place].strip()) if place < len(cells) else ""
        for column, place in head.places.items()
    }
    width = len(head.headings)
    return Row(line, found, surplus=any(map(str.strip, cells[width:])) or _is_whole(cells, width))


def _is_whole(cells: Sequence[str], width: int) -> bool:
    """Whether all of a row stands in its first cell, since nothing in it parted the others."""
    return width > 1 and len(cells) == 1 and parting.is_parted(cells[0])


def _guard(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguard(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell
