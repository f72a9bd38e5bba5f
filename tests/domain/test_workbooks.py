"""Workbooks are read as tables; what is none is told for what it is, what is huge is refused."""

import io
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.kit import csvfiles
from bot.domain.kit.errors import (
    ColumnMissing,
    FileEmpty,
    FileIsArchive,
    FileIsOldWorkbook,
    FileIsPdf,
    FileIsWebPage,
    FileWithoutRows,
    SheetTooLarge,
    TooManyRows,
    UserError,
    WorkbookBroken,
    WorkbookTooLarge,
)
from tests.domain.xlsx import MAIN, packed, sheet, workbook

COLUMNS = {"name": ["namn", "name", "kommun"], "tracks": ["spår"], "size": ["storlek"]}
HEAD = ["Namn", "Spår", "Storlek"]
ROWS = [HEAD, ["Västerås stad", "Skola; fritids", 157_000], ["Åre", "Skola", 12_300.0]]


def read(data, needed=("name",)):
    return csvfiles.read(data, COLUMNS, needed)


def cells(data):
    return [tuple(row.cells.values()) for row in read(data).rows]


def test_a_workbook_is_read_like_any_table():
    table = read(workbook({"Blad1": ROWS}))
    assert [(row.line, tuple(row.cells.values())) for row in table.rows] == [
        (2, ("Västerås stad", "Skola; fritids", "157000")), (3, ("Åre", "Skola", "12300")),
    ]  # fmt: skip
    assert [(each.key, each.values) for each in table.remarks] == [
        ("import.read.sheet", {"sheet": "Blad1"})
    ]


def test_the_first_sheet_with_the_headings_is_taken_and_none_that_is_hidden():
    data = workbook(
        {"Om listan": [["Uppgifter från 2026"]], "Gömt": [["Namn"], ["Fel"]], "Empty": [],
         "Kommuner": ROWS, "Mer": [["Namn"], ["Också fel"]]},
        hidden=["Gömt"],
    )  # fmt: skip
    table = read(data)
    assert table.remarks[0].values == {"sheet": "Kommuner"}
    assert [row.cells["name"] for row in table.rows] == ["Västerås stad", "Åre"]


def test_titles_above_and_gaps_between_are_no_rows_but_count_as_lines():
    table = read(workbook({"A": [["Kommuner 2026"], [], HEAD, [], ["Åre", "", ""]]}))
    assert [(row.line, row.cells["name"]) for row in table.rows] == [(5, "Åre")]
    assert ("import.above", {"n": 1, "text": "Kommuner 2026"}) in [
        (each.key, each.values) for each in table.remarks
    ]


def test_what_lacks_its_headings_or_its_rows_is_refused_as_in_a_csv():
    with pytest.raises(ColumnMissing) as refused:
        read(workbook({"A": [["Ort", "Storlek"], ["Åre", 1]]}))
    assert refused.value.values["found"] == "Ort, Storlek"
    with pytest.raises(FileWithoutRows):
        read(workbook({"A": [HEAD]}))
    with pytest.raises(FileEmpty):
        read(workbook({"A": [], "B": [["", None]]}))


def test_twenty_thousand_rows_are_read_and_painted_ones_below_do_not_count():
    rows = [["Namn"], *([f"Kommun {number}"] for number in range(20_000))]
    assert len(cells(workbook({"A": [*rows, *[[None]] * 5000]}))) == 20_000
    with pytest.raises(TooManyRows) as refused:
        read(workbook({"A": [*rows, ["En till"]]}))
    assert refused.value.values == {"limit": 20_000, "rows": 20_001}
    with pytest.raises(SheetTooLarge) as refused:
        read(workbook({"A": [*rows, *[[None]] * 5000, ["En till"]]}))
    assert refused.value.values == {"rows": 20_000, "columns": 256, "cells": 1_000_000}


@pytest.mark.parametrize("place", ["A1048576", "XFD2"])
def test_a_cell_far_out_makes_no_room_up_to_it(place):
    far = sheet(ROWS, []).replace(
        "</sheetData>", f'<row r="1048576"><c r="{place}"><v>1</v></c></row></sheetData>'
    )
    data = workbook({"A": []}, more={"xl/worksheets/sheet1.xml": far.encode()})
    tracemalloc.start()
    try:
        with pytest.raises(SheetTooLarge):
            read(data)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_huge_sheet_does_not_hide_another_that_is_meant():
    far = sheet([["Ort"]], []).replace(
        "</sheetData>", '<row r="900000"><c r="A900000"><v>1</v></c></row></sheetData>'
    )
    data = workbook({"Rådata": [], "Namn": ROWS}, more={"xl/worksheets/sheet1.xml": far.encode()})
    assert len(cells(data)) == 2


@pytest.mark.parametrize("honest", [True, False], ids=["as declared", "lying"])
def test_what_unpacks_to_gigabytes_is_refused_before_it_does(honest):
    zeros = b" " * (200 * 1_000_000)
    data = workbook({"A": ROWS}, more={"xl/worksheets/sheet2.xml": zeros})
    del zeros
    assert len(data) < 300_000
    if not honest:
        data = declaring(data, "xl/worksheets/sheet2.xml", 1000)
    tracemalloc.start()
    try:
        with pytest.raises((WorkbookTooLarge, WorkbookBroken)):
            read(data)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def declaring(data, name, size):
    """The archive with another size in its list of contents, as one that lies would say."""
    at = data.rindex(name.encode()) - 46  # where the entry of the central directory begins
    assert data[at : at + 4] == b"PK\x01\x02"
    return data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]


def test_a_long_text_that_many_cells_share_is_counted_in_each():
    row = "".join(f'<c r="A{n}" t="s"><v>0</v></c>' for n in range(2, 9000))
    body = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{row}</row></sheetData></worksheet>'
    long = f'<sst xmlns="{MAIN}"><si><t>{"x" * 32_000}</t></si></sst>'
    more = {"xl/worksheets/sheet1.xml": body.encode(), "xl/sharedStrings.xml": long.encode()}
    with pytest.raises(SheetTooLarge):
        read(workbook({"A": []}, more=more))


def test_a_workbook_of_more_than_a_thousand_parts_is_refused():
    more = {f"xl/media/{number}.xml": b"" for number in range(1001)}
    with pytest.raises(WorkbookTooLarge):
        read(workbook({"A": ROWS}, more=more))


def test_entities_of_its_own_are_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    with pytest.raises(WorkbookBroken):
        read(workbook({"A": ROWS}, more={"xl/worksheets/sheet1.xml": bomb}))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", FileIsPdf),
        (b"<!DOCTYPE html><html><table><tr><td>Namn", FileIsWebPage),
        (b"\xef\xbb\xbf\r\n <HTML xmlns:x='urn:schemas-microsoft-com:office'>", FileIsWebPage),
        (b"<table><tr><td>Namn</td></tr></table>", FileIsWebPage),
        (b'<?xml version="1.0"?><Workbook>', FileIsWebPage),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, FileIsOldWorkbook),
        (packed({"content.xml": b"<x/>", "mimetype": b"application/vnd.oasis"}), FileIsArchive),
        (workbook({"A": ROWS})[:-40], WorkbookBroken),
        (workbook({"A": ROWS}, more={"xl/worksheets/sheet1.xml": b"<worksheet"}), WorkbookBroken),
    ],
    ids=["pdf", "html", "html as xls", "table", "xml", "xls", "ods", "cut", "broken xml"],
)  # fmt: skip
def test_what_is_no_workbook_is_told_for_what_it_is(data, error):
    with pytest.raises(error):
        read(data)


def test_a_list_may_begin_with_a_sign_of_less():
    assert cells(b"<5;namn\n1;Vara\n") == [("Vara",)]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_workbook_that_was_damaged_is_read_or_refused(data):
    whole = bytearray(workbook({"A": ROWS}))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(UserError):
        read(bytes(whole))


def test_parts_that_are_locked_or_packed_oddly_are_refused():
    data = bytearray(workbook({"A": ROWS}))
    at = bytes(data).rindex(b"xl/workbook.xml") - 46
    for flag, method in ((1, 8), (0, 97)):
        data[at + 8 : at + 12] = struct.pack("<HH", flag, method)
        with pytest.raises(WorkbookBroken):
            read(bytes(data))
    assert zipfile.is_zipfile(io.BytesIO(bytes(data)))


def test_a_part_that_begins_beyond_the_end_of_the_file_is_refused():
    data = bytearray(workbook({"A": ROWS}))
    data[28:30] = struct.pack("<H", 0xFF00)  # how much stands before the first part's own bytes
    with pytest.raises(WorkbookBroken):
        read(bytes(data))


def test_what_reads_workbooks_is_loaded_when_the_first_is_read():
    program = (
        "import sys, bot.domain.kit.csvfiles as files\n"
        "files.read(b'name\\nVara\\n', {'name': ['name']})\n"
        "print('python_calamine' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert ran.stdout.strip() == b"False"


def test_more_rows_than_are_taken_are_refused_with_how_many_there_are():
    with pytest.raises(TooManyRows) as refused:
        csvfiles.read(workbook({"A": ROWS}), COLUMNS, most=1)
    assert refused.value.values == {"limit": 1, "rows": 2}
