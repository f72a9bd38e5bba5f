"""Where organisations stand, drawn: the same figures in words, and readable without colour."""

import re
import subprocess
import sys
from io import BytesIO
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from bot.domain.factors.counting import Stance
from bot.i18n.words import Nouns, Words
from bot.ui import theme
from bot.ui.canvas import Canvas
from bot.ui.drawing import ALT_LIMIT
from bot.ui.layout import Card, picture, said
from bot.ui.lettering import drawable, fitted, font
from bot.ui.patterns import cell
from cogs.factors.picture import ORDER, Stances, TrackStances, described, drawn
from storage.enums import Language
from tests.ui.layouts import long_hostile, parts_of

EN, SV = Words(Language.EN), Words(Language.SV)
KOMMUN = Words(Language.SV, nouns=Nouns(Language.SV, "kommun", "kommuner", "kommunen"))
PAPER, GREY = theme.PAPER.to_rgb(), round(ImageStat.Stat(
    Image.new("RGB", (1, 1), theme.PAPER.to_rgb()).convert("L")).mean[0])  # fmt: skip


def counts(*numbers):
    return dict(zip(ORDER, numbers, strict=True))


SCHOOL = TrackStances("🏫 Skola", counts(6, 2, 1, 1, 2))
CARE = TrackStances("Vård och omsorg", counts(3, 1, 2, 2, 2))
TWO = Stances((SCHOOL, CARE), counts(8, 3, 3, 3, 3))


def only(stances):
    return Stances((TrackStances("Skola", stances),), stances)


def opened(words, stances):
    image = Image.open(BytesIO(drawn(words, stances)))
    image.load()
    return image


def grey(image):
    """As somebody sees it who sees no colours, on a white page."""
    page = Image.new("RGBA", image.size, "white")
    page.alpha_composite(image.convert("RGBA"))
    return page.convert("L")


# --- in words


def test_the_words_tell_every_figure_in_english():
    assert described(EN, TWO) == (
        "What each organisation says. "
        "All tracks together, 17 of 20 have voted: "
        "8 support, 3 unsure, 3 divided, 3 object, 3 have not voted. "
        "🏫 Skola, 10 of 12 have voted: "
        "6 support, 2 unsure, 1 divided, 1 objects, 2 have not voted. "
        "Vård och omsorg, 8 of 10 have voted: "
        "3 support, 1 unsure, 2 divided, 2 object, 2 have not voted."
    )


def test_the_words_tell_every_figure_in_swedish_and_in_the_programmes_own_word():
    assert described(KOMMUN, TWO) == (
        "Vad varje kommun säger. "
        "Alla spår tillsammans, 17 av 20 har röstat: "
        "8 håller med, 3 tveksamma, 3 oeniga, 3 är emot, 3 har inte röstat. "
        "🏫 Skola, 10 av 12 har röstat: "
        "6 håller med, 2 tveksamma, 1 oenig, 1 är emot, 2 har inte röstat. "
        "Vård och omsorg, 8 av 10 har röstat: "
        "3 håller med, 1 tveksam, 2 oeniga, 2 är emot, 2 har inte röstat."
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (EN, "1 of 2 has voted: 1 supports, 1 has not voted."),
        (SV, "1 av 2 har röstat: 1 håller med, 1 har inte röstat."),
    ],
)
def test_one_is_said_as_one_and_nought_is_left_to_the_sum(words, said):
    assert described(words, only(counts(1, 0, 0, 0, 1))).endswith(f" Skola, {said}")


def test_a_single_track_is_told_once():
    assert described(EN, only(counts(2, 0, 0, 0, 0))).count("2 support") == 1


def test_a_track_without_organisations_says_so():
    assert described(EN, only({})) == "What each organisation says. Skola: no organisations yet."
    assert described(KOMMUN, only({})).endswith("Skola: inga kommuner än.")


@pytest.mark.parametrize("words", [EN, SV, KOMMUN])
@pytest.mark.parametrize("tracks", [1, 2, 8, 10, 20])
def test_the_words_fit_however_long_the_names_and_still_account_for_every_track(words, tracks):
    each = counts(128, 107, 104, 109, 130)
    names = [f"{number} {'åäö ' * 20}"[:80] for number in range(tracks)]
    said = described(words, Stances(tuple(TrackStances(name, each) for name in names), each))
    assert len(said) <= ALT_LIMIT
    told = said.count(words("stance.count.objects", n=109)) - (tracks != 1)
    more = re.search(r"(?:And|Och) (\d+) ", said)
    assert told + (int(more[1]) if more else 0) == tracks
    assert (more is None) == (tracks <= 2 or told == tracks)


# --- the file


def test_the_picture_is_as_tall_as_it_has_tracks():
    one, two, eight = (
        opened(SV, Stances((SCHOOL,) * number, TWO.overall)).size for number in (1, 2, 8)
    )
    assert {width for width, _ in (one, two, eight)} == {1120}
    row = (eight[1] - two[1]) / 6
    assert 150 < row < 250
    assert one[1] < two[1] - row, "one track needs no sum of all"


def test_the_picture_is_a_small_file_and_always_the_same():
    first = drawn(SV, TWO)
    assert first.startswith(b"\x89PNG")
    assert len(first) < 40_000
    assert drawn(SV, TWO) == first
    cell.cache_clear()
    assert drawn(SV, TWO) == first


def test_the_picture_is_a_sheet_of_paper_with_round_corners():
    image = opened(SV, TWO).convert("RGBA")
    right, foot = image.width - 1, image.height - 1
    for corner in [(0, 0), (right, 0), (0, foot), (right, foot)]:
        assert image.getpixel(corner)[3] == 0
    for edge in [(right // 2, 0), (0, foot // 2), (right // 2, foot), (right, foot // 2)]:
        assert image.getpixel(edge) == (*PAPER, 255)


def test_pillow_is_imported_by_the_first_picture_only():
    code = "import sys, cogs.factors.picture; sys.exit('PIL' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def luminance(colour):
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (part / 255 for part in colour.to_rgb())
    ]
    return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_every_ink_is_strong_enough_on_the_paper():
    paper = luminance(theme.PAPER) + 0.05
    for ink in (theme.INK, theme.FAINT_INK):
        assert paper / (luminance(ink) + 0.05) >= 4.5  # WCAG 2.2, 1.4.3: text
    for ink in theme.STANCE.values():
        assert paper / (luminance(ink) + 0.05) >= 3  # and 1.4.11: graphics


# --- without colour


def pattern(stance, width, height=60):
    """How much of each place of a cell is inked, whatever its colour."""
    canvas = Canvas(width, height)
    canvas.lay(cell(stance, width, height), 0, 0)
    image = grey(Image.open(BytesIO(canvas.png(1))))
    darkest = image.getextrema()[0]
    return image.point([255 * max(0, GREY - n) // (GREY - darkest) for n in range(256)])


@pytest.mark.parametrize("width", [19, 25, 48, 60, 300])
@pytest.mark.parametrize(("one", "other"), [*combinations(Stance, 2)])
def test_every_two_stances_are_told_apart_without_colour(one, other, width):
    a, b = (pattern(stance, width).crop((3, 3, width - 3, 57)) for stance in (one, other))
    assert ImageStat.Stat(ImageChops.difference(a, b)).mean[0] > 20


def test_a_picture_has_a_cell_an_organisation():
    """Along the middle of the bar, ink begins once an organisation: all of these are solid."""
    for number in (1, 7, 20, 40):
        image = grey(opened(SV, only(counts(number, 0, 0, 0, 0))))
        assert runs(image, y=48 + 60 + 30) == number


def test_a_long_bar_is_in_proportion_and_leaves_nobody_out():
    image = opened(SV, only(counts(150, 1, 1, 8, 40))).convert("RGBA")
    row = [image.getpixel((x, 48 + 60 + 1)) for x in range(image.width)]  # along the upper edges
    lengths = [row.count((*theme.STANCE[stance].to_rgb(), 255)) for stance in ORDER]
    assert lengths[0] > 2.5 * lengths[4] > 2.5 * lengths[3]
    assert all(length >= 20 for length in lengths)
    assert 900 < sum(lengths) < 1024


def runs(image, y):
    row = [image.getpixel((x, y)) < GREY - 60 for x in range(image.width)]
    return sum(here and not before for before, here in zip([False, *row], row, strict=False))


# --- letters

LETTERS = (
    "abcdefghijklmnopqrstuvwxyzåäöABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ0123456789éüøæßñçłšžőğþðÉÜØÆ"
    "αβγδεζηθικλμνξοπρστυφχψωабвгдежзийклмнопрстуфхцчшщъыьэюяії.,:;!?()/&+-—”…%€§@#*_"
)


def test_the_font_has_the_letters_of_europe():
    assert drawable(LETTERS) == LETTERS
    swedish = [font(36).getmask(letter) for letter in LETTERS[:29]]
    assert len({(shape.size, bytes(shape)) for shape in swedish}) == 29


@pytest.mark.parametrize("words", [EN, SV])
def test_the_font_has_every_letter_of_the_pictures_own_words(words):
    for stance in Stance:
        for n in (1, 2):
            assert drawable(words(f"stance.count.{stance}", n=n)).endswith(
                words(f"stance.count.{stance}", n=n)
            )
    assert drawable(words("stances.all")) == words("stances.all")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("🏫 Skola", "Skola"),
        ("Vård\u200d 👩\u200d⚕\ufe0f och omsorg", "Vård och omsorg"),
        ("A\u030angermanland", "Ångermanland"),
        ("Skola 学校", "Skola …"),
        ("学校 och 病院 Care", "… och … Care"),
        ("Barn, unga…", "Barn, unga…"),
        ("学校", ""),
        ("🏫", ""),
        ("\u202eSkola", "Skola"),
        ("   ", ""),
    ],
)
def test_what_the_font_cannot_draw_is_left_out_and_lost_letters_leave_an_ellipsis(name, shown):
    assert drawable(name) == shown


def test_a_track_whose_name_cannot_be_drawn_has_its_number():
    same = counts(1, 1, 1, 1, 1)
    unknown = Stances((SCHOOL, TrackStances("学校", same)), same)
    numbered = Stances((SCHOOL, TrackStances("Spår 2", same)), same)
    assert drawn(SV, unknown) == drawn(SV, numbered)
    assert "学校" in described(SV, unknown)


@given(st.text(max_size=90), st.integers(0, 900))
def test_a_name_is_cut_to_the_width_that_there_is(text, width):
    face = font(42, strong=True)
    name = drawable(text)
    cut = fitted(name, width, face)
    assert face.getlength(cut) <= max(width, face.getlength("…"))
    assert cut == name or (cut.endswith("…") and name.startswith(cut[:-1]))


# --- anything

number = st.integers(0, 60) | st.integers(0, 10**6)
numbers = st.dictionaries(st.sampled_from(Stance), number)
anything = st.builds(
    Stances,
    st.lists(st.builds(TrackStances, long_hostile(80), numbers), max_size=10).map(tuple),
    numbers,
)


@given(st.sampled_from([EN, SV, KOMMUN]), anything)
def test_whatever_tracks_are_called_there_is_a_picture_and_its_words(words, stances):
    image = opened(words, stances)
    assert image.width == 1120
    assert image.height < 400 + 250 * len(stances.tracks)
    margin = grey(image).crop((1120 - 40, 40, 1120, image.height - 40))
    assert margin.getextrema() == (GREY, GREY), "something runs over the edge"
    said = described(words, stances)
    assert 0 < len(said) <= ALT_LIMIT
    assert "\n" not in said


@pytest.mark.parametrize(
    "stances",
    [
        Stances((), {}),
        only({}),
        only(counts(0, 0, 0, 0, 0)),
        only(counts(40, 40, 40, 40, 40)),
        Stances((SCHOOL, CARE) * 10, TWO.overall),
    ],
)
def test_there_is_a_picture_of_none_and_of_very_many(stances):
    assert opened(SV, stances).height > 100
    assert described(SV, stances)


# --- on a card


def test_a_card_shows_a_picture_that_comes_with_it_and_says_what_it_shows():
    (gallery,) = (
        part
        for part in parts_of(Card(said("Why"), picture("x.png", "8 support")))
        if "items" in part
    )
    (item,) = gallery["items"]
    assert item["media"]["url"] == "attachment://x.png"
    assert item["description"] == "8 support"
