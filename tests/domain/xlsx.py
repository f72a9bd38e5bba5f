"""Small workbooks, as spreadsheet programs write them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Cell = str | int | float | None


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    *,
    hidden: Sequence[str] = (),
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """A workbook of these sheets; texts are shared among cells, as Excel does.

    Args:
        sheets: the rows of each, by its name; None is a cell that is only painted.
        hidden: the sheets that are not shown.
        more: parts in place of those of these names, or beside them.
    """
    shared: list[str] = []
    parts = {
        f"xl/worksheets/sheet{number}.xml": sheet(rows, shared).encode()
        for number, rows in enumerate(sheets.values(), 1)
    }
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{TYPE}.worksheet+xml"/>' for name in parts
    )
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        f'"/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>{overrides}<Override PartName='
        f'"/xl/sharedStrings.xml" ContentType="{TYPE}.sharedStrings+xml"/></Types>'
    ).encode()
    parts["_rels/.rels"] = _relations([("1", "officeDocument", "xl/workbook.xml")])
    parts["xl/_rels/workbook.xml.rels"] = _relations(
        [
            *((str(n), "worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
            ("99", "sharedStrings", "sharedStrings.xml"),
        ]
    )
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" state="{_state(name, hidden)}" '
        f'r:id="r{number}"/>'
        for number, name in enumerate(sheets, 1)
    )
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{names}</sheets></workbook>'
    ).encode()
    texts = "".join(f'<si><t xml:space="preserve">{escape(each)}</t></si>' for each in shared)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{texts}</sst>'.encode()
    return packed(parts | dict(more or {}))


def packed(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def sheet(rows: Sequence[Sequence[Cell]], shared: list[str]) -> str:
    """A sheet's XML; its texts come to the shared ones."""
    said = "".join(
        f'<row r="{number}">'
        + "".join(_cell(cell, f"{letters(at)}{number}", shared) for at, cell in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{said}</sheetData></worksheet>'


def letters(at: int) -> str:
    """What a column is called: 0 is A, 26 is AA."""
    return (letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _cell(value: Cell, place: str, shared: list[str]) -> str:
    if value is None:
        return f'<c r="{place}" s="1"/>'
    if isinstance(value, str):
        shared.append(value)
        return f'<c r="{place}" t="s"><v>{len(shared) - 1}</v></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def _state(name: str, hidden: Sequence[str]) -> str:
    return "hidden" if name in hidden else "visible"


def _relations(all_of: Sequence[tuple[str, str, str]]) -> bytes:
    said = "".join(
        f'<Relationship Id="r{key}" Type="{REL}/{kind}" Target="{target}"/>'
        for key, kind, target in all_of
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{said}</Relationships>'.encode()
