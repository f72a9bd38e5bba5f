"""Files that are not text: an .xlsx as rows of cells, and the others told for what they are."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from bot.domain.kit.errors import (
    FileIsArchive,
    FileIsOldWorkbook,
    FileIsPdf,
    FileIsWebPage,
    SheetTooLarge,
    WorkbookBroken,
    WorkbookTooLarge,
)

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    Value = int | float | str | bool | time | date | datetime | timedelta

ROW_LIMIT: Final = 20_000
"""How many rows of a sheet are read below its headings, the empty ones too."""

COLUMN_LIMIT: Final = 256
"""How many columns."""

CELL_LIMIT: Final = 1_000_000
"""How many cells that hold something."""

UNPACKED_LIMIT: Final = 64_000_000
"""How much a workbook may be once it is unpacked, in bytes."""

# Headings and what stands above them come on top.
_FARTHEST = ROW_LIMIT + 20
_PARTS_LIMIT = 1000
_CHUNK = 1 << 16
_WORKBOOK = "xl/workbook.xml"
_PAGE: Final = re.compile(
    rb"\s*<(?:!doctype|!--|html|head|body|meta|style|table|div|\?xml)", re.IGNORECASE
)
_PDF = b"%PDF"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A RuntimeError is a part that is locked with a password, or packed in a way of its own.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    ValueError,
    OSError,
    EOFError,  # of a part that begins beyond the end
    RuntimeError,
)
_ARCHIVE = b"PK\x03\x04"
_STRINGS = "xl/sharedStrings.xml"
_ELEMENTS_LIMIT = 4_000_000
_PLACE: Final = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_EMPTY_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData/></worksheet>"
)


@dataclass(frozen=True)
class Sheet:
    """A sheet's name, and its rows that hold anything, each with its number from 1."""

    name: str
    rows: list[tuple[int, list[str]]]


def is_workbook(data: bytes) -> bool:
    """Whether bytes are an .xlsx, and not text.

    Raises:
        FileIsPdf, FileIsWebPage, FileIsOldWorkbook, FileIsArchive: they are neither.
    """
    if data.startswith(_PDF):
        raise FileIsPdf
    if data.startswith(_OLD_WORKBOOK):
        raise FileIsOldWorkbook
    if _PAGE.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise FileIsWebPage
    if not data.startswith(_ARCHIVE):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except _BROKEN:
        raise WorkbookBroken from None
    if _WORKBOOK not in names:
        raise FileIsArchive
    return True


def sheets(data: bytes) -> Iterator[Sheet]:
    """The sheets of an .xlsx that people see, in their order, each read when it is asked for.

    Raises:
        WorkbookTooLarge: unpacked, it would be more than 64 MB; it is not unpacked then.
        SheetTooLarge: a sheet has more rows, columns or cells than are read; said after all others.
        WorkbookBroken: it cannot be read.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        plain, left_out = _unpacked(data)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(plain))
        for about in workbook.sheets_metadata:
            if about.visible is SheetVisibleEnum.Visible:
                yield Sheet(about.name, _rows(workbook.get_sheet_by_name(about.name)))
    except (CalamineError, *_BROKEN):
        raise WorkbookBroken from None
    if left_out:
        raise SheetTooLarge(rows=ROW_LIMIT, columns=COLUMN_LIMIT, cells=CELL_LIMIT)


def _unpacked(data: bytes) -> tuple[bytes, bool]:
    """The same workbook, not compressed, so that it is as large as it says; without what is huge.

    What the archive says of its sizes is believed only where it refuses: every part is read up to
    what is left of the limit.
    """
    bodies, left = {}, UNPACKED_LIMIT
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [each for each in archive.infolist() if each.filename.endswith((".xml", ".rels"))]
        if len(parts) > _PARTS_LIMIT or sum(each.file_size for each in parts) > UNPACKED_LIMIT:
            raise WorkbookTooLarge(limit=UNPACKED_LIMIT // 1_000_000)
        for part in parts:
            bodies[part.filename] = _part(archive, part, left)
            left -= len(bodies[part.filename])
    lengths = _lengths(bodies.get(_STRINGS, b""))
    out, left_out = io.BytesIO(), False
    with zipfile.ZipFile(out, "w") as plain:
        for name, body in bodies.items():
            huge = name.startswith("xl/worksheets/") and _is_huge(body, lengths)
            left_out = left_out or huge
            plain.writestr(name, _EMPTY_SHEET if huge else body)
    return out.getvalue(), left_out


def _part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    body = io.BytesIO()
    with archive.open(part) as source:
        while chunk := source.read(_CHUNK):
            body.write(chunk)
            if body.tell() > most:
                raise WorkbookTooLarge(limit=UNPACKED_LIMIT // 1_000_000)
    return body.getvalue()


def _parser() -> expat.XMLParserType:
    """Of XML without entities of its own, which a workbook never has."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise WorkbookBroken

    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    return parser


def _lengths(body: bytes) -> list[int]:
    """How long each of the texts is that cells share."""
    found: list[int] = []

    def start(name: str, _: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            found.append(0)

    def text(said: str) -> None:
        if found:
            found[-1] += len(said)

    parser = _parser()
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    if body:
        parser.Parse(body, True)
    return found


class _HugeSheet(Exception):
    """It has been seen that a sheet is too large."""


def _is_huge(body: bytes, lengths: Sequence[int]) -> bool:
    """Whether a sheet would fill too much room, with that up to its farthest cell."""
    try:
        _Measure(lengths).parser.Parse(body, True)
    except _HugeSheet:
        return True
    return False


class _Measure:
    """Measures a sheet that is being parsed, and stops where it is too large.

    Cells that are only painted hold nothing, and do not count. A text that is shared (of so many
    letters) counts wherever it stands.
    """

    def __init__(self, lengths: Sequence[int]) -> None:
        self.parser = _parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._lengths, self._room = lengths, UNPACKED_LIMIT
        self._elements, self._cells = 0, 0
        self._row, self._column = 0, 0
        self._shared, self._said = False, ""

    def _start(self, name: str, about: dict[str, str]) -> None:
        self._elements += 1
        kind = name.rpartition(":")[2]
        if kind == "row":
            self._row, self._column = int(about.get("r", self._row + 1)), 0
        elif kind == "c":
            self._shared, self._said = about.get("t") == "s", ""
            self._column += 1
            if place := _PLACE.fullmatch(about.get("r", "")):
                self._row, self._column = int(place[2]), _number(place[1])
        elif kind in {"v", "is"}:
            self._cells += 1
            if self._row > _FARTHEST or self._column > COLUMN_LIMIT:
                raise _HugeSheet
        if self._cells > CELL_LIMIT or self._elements > _ELEMENTS_LIMIT:
            raise _HugeSheet

    def _text(self, said: str) -> None:
        if self._shared:
            self._said += said

    def _end(self, name: str) -> None:
        if not self._shared or name.rpartition(":")[2] != "v":
            return
        if self._said.isdecimal() and int(self._said) < len(self._lengths):
            self._room -= self._lengths[int(self._said)]
        if self._room < 0:
            raise _HugeSheet


def _number(letters: str) -> int:
    """Of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _rows(sheet: "CalamineSheet") -> list[tuple[int, list[str]]]:
    rows = [
        (number, [_said(value) for value in row])
        for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1)
    ]
    return [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]


def _said(value: "Value") -> str:
    """What a cell holds, as one would type it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
