"""What people write is kept readable, bounded, and without identity numbers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kit.texts import clean, clean_line, mask_identity_numbers

JOINER, BLANK = "\u200d", "\u2800"
HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\x00\x1b\r\n\t\u200b\u200d\u202e\u2066\ufeff\u3164\u2028\u0301\ud800\ufe0f"
        ),
    )
)


def dressed(text: str, capital: int, small: int) -> str:
    """A text in letters of another dress, which Unicode has from these two on."""
    return "".join(
        chr(capital + ord(c) - ord("A")) if c.isupper() else chr(small + ord(c) - ord("a"))
        for c in text
    )


def can_be_read(text: str) -> bool:
    return any(unicodedata.category(c)[0] in "LNPS" and c != BLANK for c in text)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Hej  \n\n\n\n  då \n", "Hej\n\n  då"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("right\u202eto\u202cleft", "righttoleft"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("tab\tbed", "tab bed"),
        ("A\u030a", "Å"),
        ("e\u200b\u0301", "é"),
        ("half\ud800", "half"),
        ("👩\u200d⚕\ufe0f", "👩\u200d⚕\ufe0f"),
        ("🏴\U000e0067\U000e007f", "🏴"),
    ],
)
def test_a_text_keeps_its_lines_and_loses_what_cannot_be_seen(written, kept):
    assert clean(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "Tiếng Việt: Nghĩa vụ, Ưu điểm, Quỹ",
        "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים",
        "اَلْعَرَبِيَّةُ مُحَمَّدٌ",
        "क्षत्रियों की ज़िन्दगी और हिन्दी",
        "ที่นี่ น้ำ เก้าอี้ ผู้ใหญ่",
        "བསྒྲུབས་ པདྨཱ",
        "Åsa Öström, naïve café",
        "日本語、テスト\uff01\uff081\uff09",
        "1️⃣ ❤️ 👩\u200d⚕️ \u2139\ufe0f ™ ℃ № ½ ①",
    ],
)
def test_real_languages_keep_all_of_their_marks(written):
    same = unicodedata.normalize("NFC", written)
    assert (clean(written), clean_line(written)) == (same, same)
    assert clean(unicodedata.normalize("NFD", written)) == same


@pytest.mark.parametrize(
    "mark",
    ["\u0335", f"\u0335{JOINER}", "\u0489", "\u05b0", "\u064e", "\u0e49", "\u20dd", "\ufe0f",
     "\U00011046", "\U0001e000", "\U000e0100"],
)  # fmt: skip
def test_marks_do_not_make_towers(mark):
    tower = clean_line("V" + mark * 99 + "otes")
    assert tower.startswith("V")
    assert tower.endswith("otes")
    assert sum(unicodedata.category(c) in {"Mn", "Me"} for c in tower) == 4
    assert clean("\u0300\u0301one\n\u0302two") == "one\ntwo", "there is no letter to be on"
    assert clean(" \u200d@one") == "@one", (
        "nor behind a blank, or it would be cleaned differently again"
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (dressed("Votes", 0x1D5D4, 0x1D5EE), "Votes"),
        (dressed("Support", 0x1D468, 0x1D482), "Support"),
        (dressed("Shared", 0x1D56C, 0x1D586), "Shared"),
        (dressed("Votes", 0xFF21, 0xFF41), "Votes"),
        ("\u210e \u211b", "h R"),
        ("\U0001d7ed\uff12", "12"),
        ("A\u030a".replace("A", "\U0001d400"), "Å"),
    ],
)
def test_letters_in_another_dress_are_plain(written, kept):
    assert clean(written) == clean_line(written) == kept


@pytest.mark.parametrize(
    "written", ["", "   ", "\n\n", "\u200b\u200e", JOINER, JOINER * 3, "\ufe0f", BLANK, "\u3164",
                "\u0301", "\u2028", f" {BLANK} {JOINER}"]
)  # fmt: skip
def test_a_text_of_which_nothing_can_be_read_is_empty(written):
    assert clean(written) == ""
    assert clean_line(written) == ""


def test_a_title_is_one_line():
    assert clean_line("  One\nline \r\n of\u2028words\x0b") == "One line of words"


@given(HOSTILE)
def test_a_cleaned_text_can_be_read_or_is_empty(written):
    for text in (clean(written), clean_line(written)):
        assert text == "" or can_be_read(text)
        assert text == text.strip()
        assert not any(unicodedata.category(c) in {"Cc", "Cs", "Co"} for c in text if c != "\n")
        assert not set(text) & set("\u202e\u2066\u200b\ufeff\u2028\u2029")
        assert text.encode("utf-8") is not None
    assert "\n" not in clean_line(written)
    assert "\n\n\n" not in clean(written)


@given(HOSTILE)
def test_a_text_that_was_cleaned_stays_as_it_is(written):
    assert clean(clean(written)) == clean(written)
    assert clean_line(clean_line(written)) == clean_line(written)


@given(st.text(alphabet="abc åäö ÅÄÖ 123 .,!?-", min_size=1))
def test_an_ordinary_line_loses_nothing_but_spaces(written):
    assert clean_line(written) == " ".join(written.split())


# --- identity numbers. These are from the tax agency's published set of invented people,
# or computed; the coordination number has 60 added to its day.


@pytest.mark.parametrize(
    "number",
    [
        "19121212-1212",
        "121212-1212",
        "191212121212",
        "1212121212",
        "121212+1212",
        "121212 1212",
        "121212\u20131212",
        "121212\u20111212",
        "121212 - 1212",
        "20000229-0005",
        "701063-2391",
        "197010632391",
        "900101.0017",
        "90 01 01-0017",
        "90\u200901\u200901\u20090017",
        "900101_0017",
        "900101*0017",
        "1990-01-01-0017",
        "1990/01/01 0017",
        "19 900101 - 0017",
        "900101 00 17",
        "90.01.01.00.17",
    ],
)
def test_an_identity_number_is_hidden_however_it_is_written(number):
    text, found = mask_identity_numbers(f"Anna ({number}), 82 years")
    assert found
    assert text == "Anna (••••••-••••), 82 years"


def test_every_identity_number_in_a_text_is_hidden():
    assert mask_identity_numbers("121212-1212, 191212121212;121212-1212") == (
        "••••••-••••, ••••••-••••;••••••-••••",
        True,
    )


def test_a_number_is_found_beside_others_that_it_could_belong_to():
    assert mask_identity_numbers("Kl. 12 12 900101-0017 kom 20 900101.0017")[0] == (
        "Kl. 12 12 ••••••-•••• kom ••••••-••••"
    )


@pytest.mark.parametrize(
    "text",
    [
        "121212-1213",  # the check digit is wrong
        "121312-1211",  # there is no month 13
        "120230-1212",  # there is no 30 February
        "121293-1214",  # nor a day 33, with 60 added
        "212000-1355",  # an organisation number
        "070-123 45 67",
        "+46 70 123 45 67",
        "+46701234567",
        "08-508 290 00",
        "2026-11-23 09:00",
        "2026-12-07 09.00",  # whose digits add up
        "2026-12-01 13.00-15.00",
        "3 855 765 SEK",
        "Bankgiro 5050-1055",
        "900101\n0017",  # on two lines
        "1212121212121212",  # within a longer number
        "112121212123",
        "https://example.org/1234567890",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert mask_identity_numbers(text) == (text, False)


@given(st.text())
def test_what_was_hidden_holds_no_identity_number_any_more(text):
    hidden, found = mask_identity_numbers(text)
    assert mask_identity_numbers(hidden) == (hidden, False)
    assert found == (hidden != text)


def luhn(digits: str) -> str:
    total = 0
    for place, digit in enumerate(digits):
        doubled = int(digit) * (2 - place % 2)
        total += doubled // 10 + doubled % 10
    return str(-total % 10)


@given(
    st.dates(),
    st.integers(0, 999),
    st.sampled_from(["", "-", "+", " "]),
    st.booleans(),
    st.booleans(),
)
def test_the_number_of_anyone_born_on_any_day_is_hidden(
    born, serial, between, century, coordinated
):
    day = born.day + 60 * coordinated
    ten = f"{born.year % 100:02}{born.month:02}{day:02}{serial:03}"
    number = f"{'19' if century else ''}{ten[:6]}{between}{ten[6:]}{luhn(ten)}"
    assert mask_identity_numbers(f"x {number}.")[1]
