"""Names are found however they are typed, and stand in Swedish order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kit.names import closest, swedish_order
from storage.search.stems import fold

# The municipalities that the association listed for Hälsa och omsorg.
MUNICIPALITIES = [
    "Göteborgs stad", "Halmstads kommun", "Helsingborgs stad", "Karlskrona kommun",
    "Malmö stad", "Östersunds kommun", "Skellefteå kommun", "Sollentuna kommun",
    "Trelleborgs kommun", "Vara kommun", "Västerås stad", "Botkyrka kommun",
]  # fmt: skip
NAMES = dict(enumerate(MUNICIPALITIES))


def found(typed: str, limit: int = 25) -> list[str]:
    return [NAMES[key] for key in closest(typed, NAMES, limit)]


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Västerås  stad", "vasteras stad"),
        (" ÖSTERSUND ", "ostersund"),
        ("A\u030angermanland", "angermanland"),
        ("Smørrebrød", "smorrebrod"),
        ("Ǿster", "oster"),
        ("Straße", "strasse"),
        ("\u210calmstad", "halmstad"),
        ("Vara\u200b\x00\ud800", "vara"),
        ("", ""),
    ],
)
def test_a_folded_name_has_no_case_diacritics_or_extra_spaces(name, folded):
    assert fold(name) == folded


@given(st.text())
def test_a_name_that_was_folded_stays_as_it_is(name):
    assert fold(fold(name)) == fold(name)


@given(st.text())
def test_upper_and_lower_case_fold_to_the_same(name):
    assert fold(name.upper()) == fold(name.upper().lower())


@given(st.text(st.one_of(st.characters(), st.sampled_from("\x00\ud800\udfff\u200b"))))
def test_a_folded_name_can_be_asked_for_in_any_database(name):
    assert b"\x00" not in fold(name).encode("utf-8")


def test_names_sort_as_a_swedish_reader_expects():
    assert sorted(MUNICIPALITIES, key=swedish_order) == [
        "Botkyrka kommun", "Göteborgs stad", "Halmstads kommun", "Helsingborgs stad",
        "Karlskrona kommun", "Malmö stad", "Skellefteå kommun", "Sollentuna kommun",
        "Trelleborgs kommun", "Vara kommun", "Västerås stad", "Östersunds kommun",
    ]  # fmt: skip
    letters = ["ö", "z", "å", "a", "ä", "Ø", "Æ"]
    assert sorted(letters, key=swedish_order) == ["a", "z", "å", "ä", "Æ", "ö", "Ø"]


def test_decomposed_letters_sort_as_composed_ones():
    assert swedish_order("A\u030astorp") == swedish_order("Åstorp") > swedish_order("Zinkgruvan")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vasteras", "Västerås stad"),
        ("VÄSTERÅS STAD", "Västerås stad"),
        ("ostersund", "Östersunds kommun"),
        ("Skellefta", "Skellefteå kommun"),
        ("skelleftea", "Skellefteå kommun"),
        ("trellborg", "Trelleborgs kommun"),
        ("goteborg", "Göteborgs stad"),
        ("götebrog", "Göteborgs stad"),
        ("helsinborg", "Helsingborgs stad"),
        ("karlskorna", "Karlskrona kommun"),
        ("vara", "Vara kommun"),
        ("malmo s", "Malmö stad"),
        ("  sollentuna ", "Sollentuna kommun"),
        ("kommun vara", "Vara kommun"),
    ],
)
def test_a_municipality_is_found_first_however_it_is_typed(typed, meant):
    assert found(typed)[0] == meant


def test_everything_fits_an_empty_text_in_swedish_order():
    assert found("") == sorted(MUNICIPALITIES, key=swedish_order)
    assert found("  ", limit=3) == ["Botkyrka kommun", "Göteborgs stad", "Halmstads kommun"]


def test_names_that_begin_with_what_was_typed_come_before_names_that_hold_it():
    names = {1: "Norra skolan", 2: "Skolan", 3: "Friskolan"}
    assert closest("skol", names, 5) == [2, 1, 3]


def test_names_that_fit_equally_well_stand_in_swedish_order():
    names = {1: "Skola ö", 2: "Skola å", 3: "Skola z"}
    assert closest("skola", names, 5) == [3, 2, 1]


@pytest.mark.parametrize("typed", ["qqqq", "Timbuktu", "x9x9x9", "🏫🏫🏫"])
def test_what_is_like_nothing_finds_nothing(typed):
    assert found(typed) == []


def test_no_more_are_found_than_asked_for():
    assert len(found("kommun", limit=2)) == 2


@given(st.text(max_size=200))
def test_whatever_is_typed_is_answered(typed):
    assert set(closest(typed, NAMES, 5)) <= set(NAMES)
