"""Files of comma-separated values, as spreadsheets write them: read forgivingly, written safely."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.kit import texts
from bot.domain.kit.errors import (
    ColumnMissing,
    ColumnTwice,
    FileBroken,
    FileEmpty,
    FileTooLarge,
    FileUnreadable,
    FileWithoutRows,
    TooManyRows,
)
from storage.enums import Language
from storage.search import stems

SIZE_LIMIT = 1_000_000  # bytes
ROW_LIMIT = 500

_DELIMITERS = ",;\t"
# What spreadsheets take for a new column where the language is read.
DELIMITER_FOR = {Language.SV: ";", Language.EN: ","}
# Besides what names itself by its first bytes: UTF-8, and what Excel writes in Swedish.
_MARKED = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_UNMARKED = ("utf-8", "cp1252")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What a spreadsheet would calculate instead of showing, and how such a cell is written here.
_FORMULA = re.compile(r"'*[=+\-@]")
_GUARDED = re.compile(r"'+[=+\-@]")


@dataclass(frozen=True)
class Row:
    """One row of a file.

    ``line`` is where it begins, from 1. ``cells`` holds every known column's text, trimmed.
    ``surplus`` says that it has more cells than the first line has headings.
    """

    line: int
    cells: Mapping[str, str]
    surplus: bool = False


@dataclass(frozen=True)
class Table:
    """The rows of a file, and the headings that nobody asked for."""

    rows: tuple[Row, ...]
    ignored: tuple[str, ...]


@dataclass(frozen=True)
class BadRow:
    """Why a row cannot be taken in: a catalogue key and what it is filled in with."""

    line: int
    why: str
    values: Mapping[str, Any] = field(default_factory=dict)


def need_size(size: int) -> None:
    """Refuse a file before it is fetched.

    Args:
        size: in bytes.

    Raises:
        FileTooLarge: it has more than :data:`SIZE_LIMIT`.
    """
    if size > SIZE_LIMIT:
        raise FileTooLarge(limit=SIZE_LIMIT // 1_000_000)


def read(data: bytes, columns: Mapping[str, Sequence[str]], needed: Iterable[str] = ()) -> Table:
    """Understand a file whose first line names the columns, in any order.

    Args:
        data: UTF-8 or UTF-16 as it says, or else cp1252; with comma, semicolon or tab.
        columns: what may head each column; case and diacritics do not matter.
        needed: the columns that must be there.

    Raises:
        FileTooLarge, FileEmpty: there is too much or nothing.
        FileUnreadable: it is no text.
        FileBroken: a quotation mark is never closed, or closed in the middle of a cell.
        ColumnMissing, ColumnTwice: the first line does not say what is where.
        FileWithoutRows, TooManyRows: there is none below the first line, or over 500.
    """
    need_size(len(data))
    records = list(_records(_decoded(data)))
    if not records:
        raise FileEmpty
    (_, head), *below = records
    places, ignored = _placed(head, columns, needed)
    if not below:
        raise FileWithoutRows
    if len(below) > ROW_LIMIT:
        raise TooManyRows(limit=ROW_LIMIT, rows=len(below))
    return Table(tuple(_row(line, cells, places, len(head)) for line, cells in below), ignored)


def write(head: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """A file that spreadsheets open with its letters right and nothing calculated.

    :func:`read` gives back every text that is trimmed and of one line.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(head)
    writer.writerows([_guard(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _decoded(data: bytes) -> str:
    marked = [encoding for mark, encoding in _MARKED.items() if data.startswith(mark)]
    for encoding in marked or _UNMARKED:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return text
    raise FileUnreadable


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, each with the line where it begins."""
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=_delimiter(text), skipinitialspace=True, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise FileBroken(line=line) from None


def _delimiter(text: str) -> str:
    """Whichever stands most often between the headings; the comma where none does."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", head)
    return max(_DELIMITERS, key=bare.count)


def _placed(
    head: Sequence[str], columns: Mapping[str, Sequence[str]], needed: Iterable[str]
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each column stands, and the headings that are none of them."""
    known = {stems.fold(said): column for column, heads in columns.items() for said in heads}
    headings = [texts.clean_line(heading) for heading in head]
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        column = known.get(stems.fold(heading))
        if column in places:
            raise ColumnTwice(column=heading)
        if column is not None:
            places[column] = place
    for column in needed:
        if column not in places:
            wanted = " / ".join(dict.fromkeys(columns[column]))
            raise ColumnMissing(column=wanted, found=", ".join(filter(None, headings)))
    ignored = [heading for place, heading in enumerate(headings) if place not in places.values()]
    return places, tuple(filter(None, ignored))


def _row(line: int, cells: Sequence[str], places: Mapping[str, int], width: int) -> Row:
    found = {
        column: _unguard(cells[place].strip()) if place < len(cells) else ""
        for column, place in places.items()
    }
    return Row(line, found, surplus=any(cell.strip() for cell in cells[width:]))


def _guard(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguard(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell
