"""The table of readings, row by row; ``pytest -rP`` prints the tally of them."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kit.errors import UserError
from bot.domain.when import words
from bot.domain.when.errors import WhenAmbiguous
from bot.domain.when.ideas import ideas
from bot.domain.when.said import Start
from bot.domain.when.understanding import understand, understand_day
from bot.i18n import dates
from bot.i18n.words import Words
from bot.ui.answers import what_was_wrong
from storage.enums import Language
from tests.domain.readings import ROWS, STOCKHOLM, outcome


def read(row):
    """A start, or the error, whose text must exist in both languages."""
    try:
        return understand(row.text, row.language, STOCKHOLM, row.now)
    except UserError as error:
        for reader in Language:
            what_was_wrong(Words(reader), error)  # KeyError: its text wants more
        return error


def is_right(row, found):
    got = outcome(found)
    if row.wanted.startswith("hour "):
        wanted = [date.fromisoformat(day) for day in row.wanted[len("hour ") :].split(", ")]
        said = dates.either(row.language, [dates.day(row.language, day) for day in wanted])
        return got == f"hour {said}" and {one.wall.date() for one in found.readings} <= set(wanted)
    if row.wanted.endswith(", …"):
        return got.startswith(row.wanted.removesuffix("…"))
    return got == row.wanted


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_is_read_right_or_asked_or_refused(row):
    found = read(row)
    assert is_right(row, found), f"wanted {row.wanted}, got {outcome(found)}"
    assert row.kind in {"", type(found).__name__}
    if isinstance(found, WhenAmbiguous):
        assert len(found.readings) <= 4, "as many buttons as there is room for"
        assert all(start.told(row.language) in found.values["options"] for start in found.readings)


def test_the_tally():
    """What is wrong is what was taken for something else without a question."""
    tally = Counter()
    for row in ROWS:
        found = read(row)
        if isinstance(found, Start):
            tally["right" if is_right(row, found) else "wrong"] += 1
        else:
            tally["asked" if isinstance(found, WhenAmbiguous) else "refused"] += 1
    print(  # noqa: T201 - the tally is to be seen
        ", ".join(f"{name}: {tally[name]}" for name in ("right", "asked", "refused", "wrong"))
    )
    assert not tally["wrong"]


def test_the_table_is_wide():
    assert len({(row.language, row.now, row.text) for row in ROWS}) == len(ROWS) >= 400
    assert len({row.now for row in ROWS}) >= 10
    for language in Language:
        assert sum(row.language is language for row in ROWS) >= 200


def test_what_is_offered_reads_back():
    """The list under ``when`` sends texts: each is read as it was offered."""
    for row in ROWS:
        for start in ideas(row.text, row.language, STOCKHOLM, row.now):
            assert understand(start.typed, row.language, STOCKHOLM, row.now) == start


MORE = """
om in i on at the of den på kl klockan from från to till until mellan between och and halv half past
över week vecka v w am pm a.m. p.m. nu now - / . , : + & ½ ' <t: :F> T
"""
FIGURES = """
00 07 000 0930 1400 2460 2026 2027 9999 0001 99999999 1,5 1.30 4.12 3/12 12/31/26 2026-12-03 9-11
22:00-01:00 13:00 3:e 15th 9am 12am <t:1796385600:F>
"""
GRAMMAR = sorted(
    {
        *words.WEEKDAYS,
        *words.SHORT_WEEKDAYS,
        *words.WHICH,
        *words.AHEAD,
        *words.PARTS,
        *words.PARTS_OF_TODAY,
        *words.WEEKS,
        *words.MONTHS_AHEAD,
        *words.ORDINALS,
        *words.PLACES,
        *words.TIMES,
        *words.MINUTES,
        *words.COUNTS,
        *words.TENS,
        *words.UNITS,
        *words.LENGTHS,
        *words.months(),
        *(way for ways in words.feasts().values() for way in ways),
        *MORE.split(),
    }
)
NUMBERS = st.one_of(st.integers(0, 60).map(str), st.sampled_from(FIGURES.split()))
TEXTS = st.lists(
    st.tuples(st.one_of(st.sampled_from(GRAMMAR), NUMBERS), st.sampled_from(["", " ", " ", " "])),
    max_size=14,
).map(lambda parts: "".join(word + gap for word, gap in parts)[:100])
ZONES = st.sampled_from([STOCKHOLM, "Europe/Helsinki", "America/New_York", "UTC"])


@given(TEXTS, st.sampled_from(Language), ZONES, st.sampled_from([row.now for row in ROWS]))
def test_no_text_of_the_grammars_own_words_crashes(text, language, zone, now):
    for found in ideas(text, language, zone, now):
        assert now < found.moment < now + timedelta(days=733)
        assert found.minutes is None or 0 < found.minutes <= 25 * 60
    try:
        understand_day(text, language, zone, now)
    except UserError as error:
        what_was_wrong(Words(language), error)
