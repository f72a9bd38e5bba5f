"""Cards about factors in files, whatever stands in the files."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.factors.importing import FactorsImport, Skipped
from bot.domain.kit.csvfiles import BadRow
from cogs.factors import file_cards
from tests.ui.factories import CARE, SCHOOL, draft_of, tame
from tests.ui.layouts import acting_in, all_words, check_fits, hostile, long_hostile

words = st.sampled_from(all_words())
titles = long_hostile(100).filter(bool)
names = st.lists(long_hostile(80), max_size=30).map(tuple)
new = st.lists(
    st.builds(
        lambda title, organisation, track: draft_of(
            title=title, organisation=organisation, track=track, on_behalf=True
        ),
        titles,
        long_hostile(80),
        st.sampled_from([None, SCHOOL, CARE]),
    ),
    max_size=12,
).map(tuple)
skipped = st.lists(
    st.builds(Skipped, st.integers(2, 501), titles, st.integers(0, 500)), max_size=12
).map(tuple)
bad = st.lists(
    st.builds(
        lambda line, name: BadRow(line, "import.problem.organisation", {"name": name}),
        st.integers(2, 501),
        hostile,
    ),
    max_size=20,
).map(tuple)
imports = st.builds(
    FactorsImport, new=new, skipped=skipped, bad=bad, key_areas=names, tracks=names,
    masked=st.integers(0, 500), ignored=names, texts_only=st.booleans(), upload_id=st.just(2**40),
)  # fmt: skip


def tamed(view):
    return replace(
        view,
        new=tuple(map(tame, view.new)),
        skipped=tuple(replace(each, title="x") for each in view.skipped),
        bad=tuple(replace(each, values={"name": "x"}) for each in view.bad),
        key_areas=tuple("x" for _ in view.key_areas),
        tracks=tuple("x" for _ in view.tracks),
        ignored=tuple("x" for _ in view.ignored),
    )


@settings(deadline=None)
@given(words, imports)
def test_nothing_in_a_file_acts_or_breaks_a_card(said, view):
    for card in (file_cards.import_card, file_cards.changed_card):
        shown, calm = card(said, view), card(said, tamed(view))
        check_fits(shown)
        assert acting_in(shown) <= acting_in(calm)


@given(words, st.integers(1, 500))
def test_how_far_an_import_has_come_is_said_and_what_remains(said, count):
    for posted in (0, count):
        check_fits(file_cards.posting_card(said, posted, count))
        check_fits(file_cards.imported_card(said, posted, count))
