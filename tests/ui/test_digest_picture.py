"""Who took part in a week, drawn: the same figures in words, and readable without colour."""

import subprocess
import sys
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.domain.digest.views import TookPart
from bot.i18n.words import Nouns, Words
from bot.ui import theme
from bot.ui.drawing import ALT_LIMIT
from bot.ui.patterns import Fill, block
from cogs.digest.picture import described, drawn
from storage.enums import Language
from tests.ui.digest_weeks import TREND, count

EN = Words(Language.EN)
SV = Words(Language.SV, nouns=Nouns(Language.SV, "kommun", "kommuner", "kommunen"))
WEEK = TookPart(20, 12, 148, TREND)
SOLID, EDGE = (*theme.CALM.to_rgb(), 255), 4
FIRST_ROW = 48 + 62 + 30  # along the middle of the cells


def opened(people, words=SV):
    image = Image.open(BytesIO(drawn(words, people)))
    image.load()
    return image.convert("RGBA")


def runs(image, y, *, solid):
    """How many cells along a line are solid, or are not: an edge alone is narrow."""
    lengths, length = [], 0
    for x in range(image.width):
        if image.getpixel((x, y)) == SOLID:
            length += 1
        elif length:
            lengths.append(length)
            length = 0
    return sum((each > 2 * EDGE) is solid for each in lengths)


# --- in words


def test_the_words_tell_every_figure():
    assert described(SV, WEEK) == (
        "12 av 20 kommuner var med. Röster: 12 vecka 42, 31 vecka 43, 0 vecka 44, 88 vecka 45, "
        "64 vecka 46, 102 vecka 47, 97 vecka 48, 148 vecka 49."
    )
    assert described(EN, TookPart(3, 2, 7, ((202649, 7),))) == (
        "2 of 3 organisations took part. 7 votes."
    )
    assert described(EN, TookPart(1, 1, 1)) == "1 of 1 organisation took part. 1 vote."


people = st.builds(
    TookPart, count, count, count,
    st.lists(st.tuples(st.integers(202601, 202653), count), max_size=9).map(tuple),
)  # fmt: skip


@given(people)
def test_the_words_fit_whatever_the_figures(found):
    long = Words(Language.SV, nouns=Nouns(Language.SV, "å" * 40, "å" * 40, "å" * 40))
    assert len(described(long, found)) <= ALT_LIMIT


# --- the file


def test_the_picture_is_a_small_file_and_always_the_same():
    first = drawn(SV, WEEK)
    assert first.startswith(b"\x89PNG")
    assert len(first) < 40_000
    block.cache_clear()
    assert drawn(SV, WEEK) == first


def test_pillow_is_imported_by_the_first_picture_only():
    code = "import sys, cogs.digest.picture; sys.exit('PIL' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(("total", "took_part"), [(3, 2), (12, 12), (20, 12), (40, 1)])
def test_each_organisation_has_a_cell_and_those_who_took_part_a_solid_one(total, took_part):
    image = opened(TookPart(total, took_part, 1))
    assert runs(image, FIRST_ROW, solid=True) == took_part


def test_of_many_organisations_a_bar_shows_the_share():
    image = opened(TookPart(60, 45, 1))
    row = [image.getpixel((x, FIRST_ROW)) for x in range(image.width)]
    assert 0.7 < row.count(SOLID) / (1120 - 2 * 48) < 0.8


def test_the_highest_bar_is_this_weeks_and_the_only_solid_one():
    image = opened(WEEK)
    foot = image.height - 48 - 48  # where all bars stand
    assert runs(image, foot - 40, solid=True) == 1
    assert runs(image, foot - 100, solid=True) == 1
    assert image.getpixel((image.width - 48 - 64, foot - 100)) == SOLID


def test_the_first_week_has_nothing_to_be_compared_with():
    one = opened(TookPart(20, 12, 148, TREND[-1:]))
    assert one.height < opened(WEEK).height / 2 + 30
    assert opened(TookPart(20, 12, 0, ((202648, 0), (202649, 0)))).height == one.height


@pytest.mark.parametrize("fill", Fill)
def test_a_cell_is_as_wide_as_is_wanted(fill):
    assert block(fill, 21, 60).size == (21, 60)


@given(people)
def test_any_figures_can_be_drawn(found):
    total = max(found.organisations, found.took_part)
    assert opened(TookPart(total, found.took_part, found.votes, found.trend)).width == 1120
