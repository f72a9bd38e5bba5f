"""Letters are read right, or the file is refused with the line; never taken for others."""

import csv
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.kit.encodings import decoded
from bot.domain.kit.errors import EncodingUnclear, FileUnreadable
from bot.i18n import words
from storage.enums import Language

CALLED = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16", "cp1252": "Windows-1252", "mac_roman": "MacRoman",
    "cp850": "MS-DOS (cp850)",
}  # fmt: skip
OLD = ("cp1252", "mac_roman", "cp850")
LIST = (Path(__file__).with_name("files") / "kommuner.csv").read_text("utf-8")
NAMES = [row["Kommun"] for row in csv.DictReader(LIST.splitlines(), delimiter=";")]
CATALOGUES = [
    re.sub(r"\\n|\\\"", " ", said)
    for language in Language
    for said in re.findall(
        r'^msgstr(?:\[\d\])? "(.*)"$',
        Path(words.__file__).with_name(f"{language}.po").read_text("utf-8"),
        re.MULTILINE,
    )
]


@pytest.mark.parametrize("encoding", CALLED)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_list_is_read_right_in_whatever_it_was_saved_and_it_is_said_in_what(encoding, newline):
    text = LIST.replace("\n", newline)
    found = decoded(text.encode(encoding))
    assert (found.text, found.encoding) == (text, CALLED[encoding])


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("mac_roman", "Namn;Ort\rVästerås stad;Lidingö\r"),
        ("cp850", "Namn\r\nVästerås stad\r\nÖckerö kommun\r\n"),
        ("cp1252", "Kommun \u2013 område\r\nÅre: ”här”, sa André\r\n"),
        ("cp1252", "name\r\n“It\u2019s said”\r\n"),
        ("mac_roman", "name\rIt\u2019s “said” \u2013 André\r"),
        ("cp1252", "VÄSTERÅS\r\nÖREBRO\r\n"),
        ("mac_roman", "VÄSTERÅS\rFÖRSKOLA\r"),
    ],
)
def test_a_few_letters_are_evidence(encoding, text):
    assert decoded(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", OLD)
def test_one_name_by_itself_is_read_right_or_refused(encoding):
    right = 0
    for name in filter(lambda name: not name.isascii(), NAMES):
        text = f"namn\n{name}\n"
        try:
            assert decoded(text.encode(encoding)).text == text
            right += 1
        except EncodingUnclear:
            continue
    assert right >= {"cp1252": 121, "mac_roman": 100, "cp850": 40}[encoding]


@pytest.mark.parametrize("encoding", OLD)
def test_one_sentence_by_itself_is_read_right_or_refused(encoding):
    right, refused = 0, 0
    for said in CATALOGUES:
        text = "x\n" + said.encode(encoding, "ignore").decode(encoding)
        try:
            assert decoded(text.encode(encoding)).text == text
            right += 1
        except EncodingUnclear:
            refused += 1
    assert refused < right / 8
    assert refused == 0 or encoding != "cp1252"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("namn\nVästerås\nGöteborg\nÅre\n".encode().replace(b"\xc3\x85re", b"\xe5re"), 4),
        (b"\xef\xbb\xbfname\n\xe5", 2),
        ("namn\nÅre, Östersund\n".encode() + "Västerås\n".encode("cp1252"), 3),
        ("namn\nÅre kommun\nVästerås\n".encode("cp1252") + "Öckerö\n".encode("mac_roman"), 4),
        ("namn\nVÃ¤sterÃ¥s\n".encode(), 2),
        ("namn\n\nV\ufffdsterås\n".encode(), 3),
        (b"name\n\n\x85re\n", 3),
    ],
    ids=["one bad byte", "marked", "half", "mixed", "garbled", "lost", "too little"],
)
def test_what_is_not_evident_is_refused_with_its_line(data, line):
    with pytest.raises(EncodingUnclear) as refused:
        decoded(data)
    assert refused.value.values == {"line": line}


@pytest.mark.parametrize("data", [b"name\nV\0ara", b"\xff\xfename\xd8", b"\x89PNG\r\n\x1a\n\0\0"])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(FileUnreadable):
        decoded(data)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    with suppress(EncodingUnclear, FileUnreadable):
        assert decoded(data).encoding in set(CALLED.values())


@settings(deadline=None)
@given(st.lists(st.sampled_from(NAMES), min_size=20, max_size=60), st.sampled_from(OLD))
def test_lists_of_twenty_names_are_never_misread(names, encoding):
    text = "namn\n" + "".join(f"{name}\n" for name in names)
    with suppress(EncodingUnclear):
        assert decoded(text.encode(encoding)).text == text
