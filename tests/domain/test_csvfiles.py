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
    UserError,
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


@pytest.mark.parametrize("data", [PNG, b"name\nV\0ara", b"\xff\xfename\xd8\xd8\xd8"])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(FileUnreadable):
        read(data)


def test_a_file_of_more_than_five_megabytes_is_refused():
    with pytest.raises(FileTooLarge):
        read(b"x" * (csvfiles.SIZE_LIMIT + 1))
    csvfiles.need_size(csvfiles.SIZE_LIMIT)


def test_twenty_thousand_rows_are_read_and_one_more_is_too_many():
    assert len(read("name\n" + "Vara\n" * 20_000).rows) == 20_000
    with pytest.raises(TooManyRows) as refused:
        read("name\n" + "Vara\n" * 20_001)
    assert refused.value.values == {"limit": 20_000, "rows": 20_001}


def test_headings_alone_are_not_enough():
    with pytest.raises(FileWithoutRows):
        read("name,size\n\n")


def test_a_needed_column_that_is_missing_is_named_in_every_way_it_may_be_called():
    with pytest.raises(ColumnMissing) as refused:
        read("organisation;size\nVara;1\n")
    assert refused.value.values == {
        "n": 1, "columns": "namn / name", "found": "organisation, size",
    }  # fmt: skip


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


# --- as people's programs and people write them


def remarks(table):
    return [(each.key.removeprefix("import."), each.values) for each in table.remarks]


@pytest.mark.parametrize(
    ("text", "encoding", "read_as"),
    [
        (SWEDISH, "utf-8", ("read.semicolon", {"encoding": "UTF-8"})),
        (SWEDISH, "mac_roman", ("read.semicolon", {"encoding": "MacRoman"})),
        ("name,size\nÅre i väst,1\n", "cp1252", ("read.comma", {"encoding": "Windows-1252"})),
        ("name\tsize\nÅre\t1\n", "utf-16", ("read.tab", {"encoding": "UTF-16"})),
        ("sep=|\nname|size\nÅre|1\n", "utf-8", ("read.bar", {"encoding": "UTF-8"})),
    ],
)
def test_it_is_said_as_what_a_file_was_read(text, encoding, read_as):
    assert remarks(read(text, encoding)) == [read_as]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_line_that_says_what_parts_cells_is_obeyed_and_is_a_line(first, encoding):
    (row,) = read(f"{first}\r\nname;size\r\nSkola, fritids;5\r\n", encoding).rows
    assert (row.line, row.cells["name"], row.cells["size"]) == (3, "Skola, fritids", "5")


@pytest.mark.parametrize(
    "text",
    [
        '"namn;spår;storlek"\n"Vara kommun;Skola;5"\n"Åre;""a;b"";6"\n',
        '"namn,spår,storlek"\n"Vara kommun,Skola,5"\n"Åre,""a;b"",6"\n',
        '"namn,""spår"",storlek"\n"Vara kommun,Skola,5"\nÅre,a;b,6\n',
    ],
)
def test_rows_that_a_spreadsheet_quoted_whole_are_read(text):
    assert cells(text) == [("Vara kommun", "Skola", "5"), ("Åre", "a;b", "6")]


@pytest.mark.parametrize(
    "heading",
    ["Name:", "NAMN", "namn *", " Namn. ", "Namn (hela namnet, utan förkortning)",
     "Namn\npå kommunen, regionen; inga andra", "Namn/benämning", "Namn - hela"],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_headings_are_understood_as_people_write_them(heading, delimiter):
    text = f'Nr{delimiter}"{heading}"{delimiter}Storlek\n1{delimiter}Vara{delimiter}5\n'
    assert [row.cells for row in read(text).rows] == [{"name": "Vara", "size": "5"}]


def test_a_heading_that_is_exact_goes_before_one_that_says_more():
    table = read("Namn (kontakt);Namn;Storlek (km2);Storlek\nAnna;Vara;9;5\n")
    assert table.rows[0].cells == {"name": "Vara", "size": "5"}
    assert table.ignored == ("Namn (kontakt)", "Storlek (km2)")


def test_two_headings_that_both_say_more_are_refused():
    with pytest.raises(ColumnTwice) as refused:
        read("Namn (kort);Namn (långt)\nVara;Vara kommun\n")
    assert refused.value.values == {"column": "Namn (långt)"}


def test_titles_above_the_headings_are_left_out_and_told():
    table = read("Kommuner 2026;;\n\nKälla: oss;;\nNamn;Storlek;\nVara;5;\n")
    assert [(row.line, row.cells["name"]) for row in table.rows] == [(5, "Vara")]
    assert remarks(table)[1:] == [("above", {"n": 2, "text": "Kommuner 2026"})]


def test_text_under_an_empty_heading_is_told():
    table = read("Namn;;Storlek\nVara;hej;5\nÅre;;6\nHjo;då;7\n")
    assert remarks(table)[1:] == [("nameless", {"n": 2, "line": 2, "text": "hej"})]
    assert remarks(read("Namn;;Storlek;\nVara;;5;\n"))[1:] == []


@pytest.mark.parametrize(
    "text",
    ["name\nHjo\nVara;school\n", "name\nHjo\nVara\tschool\n", "name\nHjo\nVara,school\n",
     "name,tracks\nHjo,school\nVara;school\n", "name;tracks\nHjo;school\nVara,school\n",
     'name;tracks\nHjo;school\n"Vara;school"\n', "name\n" + "Hjo\n" * 400 + "Vara;school\n"],
)  # fmt: skip
def test_a_row_that_is_parted_otherwise_than_its_headings_is_marked(text):
    *before, last = read(text).rows
    assert last.surplus
    assert not any(row.surplus for row in before)


def test_a_name_that_holds_a_comma_is_one_where_it_is_quoted():
    assert cells('name\n"Skola, fritids"\nHjo\n') == [("Skola, fritids",), ("Hjo",)]
    assert cells('name;size\n"Skola; fritids";5\n') == [("Skola; fritids", "5")]


def test_all_columns_that_are_missing_are_told_at_once():
    with pytest.raises(ColumnMissing) as refused:
        read("Län;Kod\nX;1\n", needed=("name", "tracks"))
    assert refused.value.values == {
        "n": 2, "columns": "namn / name, spår / tracks", "found": "Län, Kod",
    }  # fmt: skip


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
    except UserError:
        return
    assert table.rows


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=60))
@example("e\u200b\u0301")
def test_a_line_that_was_cleaned_stays_as_it_is(text):
    assert texts.clean_line(texts.clean_line(text)) == texts.clean_line(text)
