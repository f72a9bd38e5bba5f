"""Files of comma-separated values, as spreadsheets write them."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.kit import csvfiles, texts
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

COLUMNS = {
    "name": ["namn", "name"],
    "tracks": ["spår", "tracks"],
    "size": ["storlek", "size"],
}
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0"


def read(text, encoding="utf-8", needed=("name",)):
    data = text if isinstance(text, bytes) else text.encode(encoding)
    return csvfiles.read(data, COLUMNS, needed)


def cells(text, encoding="utf-8"):
    return [tuple(row.cells.values()) for row in read(text, encoding).rows]


SWEDISH = "namn;spår;storlek\r\nVästerås stad;Skola;37 000\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
def test_letters_come_through_however_they_were_saved(encoding):
    assert cells(SWEDISH, encoding) == [("Västerås stad", "Skola", "37 000")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_comma_semicolon_and_tab_part_cells_and_any_newline_parts_rows(delimiter, newline):
    head = delimiter.join(["name", "tracks", "size"])
    text = newline.join([head, delimiter.join(["Vara", '"School, care; more"', "5"])])
    assert cells(text) == [("Vara", "School, care; more", "5")]


def test_columns_stand_in_any_order_in_either_language_in_any_case():
    table = read("STORLEK,Kommentar, Namn ,,Tracks\n5,hej,Vara,x,School\n")
    assert dict(table.rows[0].cells) == {"name": "Vara", "tracks": "School", "size": "5"}
    assert table.ignored == ("Kommentar",)


def test_a_row_knows_its_line_though_cells_and_gaps_span_several():
    table = read('\n\nname,size\nVara,1\n\n"Väster\nås",2\n,\nÅre,3\n')
    assert [row.line for row in table.rows] == [4, 6, 9]


def test_a_short_row_has_empty_cells_and_a_long_one_is_marked():
    short, long, padded = read("name,size\nVara\nVara,1,School\nVara,1,,\n").rows
    assert (short.cells["size"], short.surplus) == ("", False)
    assert (long.surplus, padded.surplus) == (True, False)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t\n;;;\n"])
def test_a_file_that_holds_nothing_is_empty(data):
    with pytest.raises(FileEmpty):
        read(data)


@pytest.mark.parametrize(
    "data", [PNG, b"name\nV\0ara", b"name\n\x81\x8d", b"\xef\xbb\xbfname\n\xe5"]
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(FileUnreadable):
        read(data)


def test_a_file_of_more_than_a_megabyte_is_refused():
    with pytest.raises(FileTooLarge):
        read(b"x" * (csvfiles.SIZE_LIMIT + 1))
    csvfiles.need_size(csvfiles.SIZE_LIMIT)


def test_five_hundred_rows_are_read_and_one_more_is_too_many():
    assert len(read("name\n" + "Vara\n" * 500).rows) == 500
    with pytest.raises(TooManyRows) as refused:
        read("name\n" + "Vara\n" * 501)
    assert refused.value.values == {"limit": 500, "rows": 501}


def test_headings_alone_are_not_enough():
    with pytest.raises(FileWithoutRows):
        read("name,size\n\n")


def test_a_needed_column_that_is_missing_is_named_in_every_way_it_may_be_called():
    with pytest.raises(ColumnMissing) as refused:
        read("organisation;size\nVara;1\n")
    assert refused.value.values == {"column": "namn / name", "found": "organisation, size"}


def test_two_columns_for_one_thing_are_refused():
    with pytest.raises(ColumnTwice):
        read("name,Namn\nVara,Åre\n")


@pytest.mark.parametrize("row", ['"Vara,1\nÅre,2\n', '"Va"ra,1\n'])
def test_a_quotation_mark_that_does_not_add_up_is_told_with_its_line(row):
    with pytest.raises(FileBroken) as refused:
        read(f"name,size\nHjo,3\n{row}")
    assert refused.value.values == {"line": 3}


@pytest.mark.parametrize("formula", ["=cmd|' /C calc'!A0", "+46", "-1", "@SUM(A1)", "'=1", "''+x"])
def test_no_cell_of_ours_is_calculated_by_a_spreadsheet(formula):
    data = csvfiles.write(["name"], [[formula]])
    written = data.decode("utf-8-sig").splitlines()[1].strip('"')
    assert re.match(r"'+[=+\-@]", written)
    assert cells(data) == [(formula,)]


@pytest.mark.parametrize("name", ["'s-Hertogenbosch", "'", "Vara = bäst"])
def test_what_is_no_formula_is_written_as_it_is(name):
    assert name in csvfiles.write(["name"], [[name]]).decode("utf-8-sig")


one_line = st.text(st.characters(codec="utf-8"), max_size=80).map(texts.clean_line)


@settings(deadline=None)
@given(st.lists(st.tuples(one_line.filter(bool), one_line, one_line), min_size=1, max_size=20),
       st.sampled_from(",;\t"))  # fmt: skip
@example([("'=1", '"', "\\"), ("a;b,c\td", "''", "“”")], ";")
def test_whatever_is_written_is_read_back_the_same(rows, delimiter):
    data = csvfiles.write(["name", "tracks", "size"], rows, delimiter)
    assert cells(data) == rows


@settings(deadline=None)
@given(st.binary(max_size=300))
@example(PNG)
def test_any_file_is_read_or_refused_with_a_sentence(data):
    try:
        table = read(data)
    except (FileEmpty, FileUnreadable, FileBroken, FileWithoutRows, ColumnMissing, ColumnTwice):
        return
    assert table.rows


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=60))
@example("e\u200b\u0301")
def test_a_line_that_was_cleaned_stays_as_it_is(text):
    assert texts.clean_line(texts.clean_line(text)) == texts.clean_line(text)
