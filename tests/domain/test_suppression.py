"""What is told of votes outside the chat lets nobody work out how few people voted."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.factors import suppression, tally
from bot.domain.factors.counting import Stance
from bot.domain.factors.suppression import FEWEST, may_be_told
from bot.domain.tracks.tracks import TrackView

TRACKS = [
    TrackView(key, name, "🏫", name) for key, name in ((1, "School"), (2, "Care"), (3, "Play"))
]


def tally_of(said, inside):
    return tally.counted(said, inside, TRACKS, before_edit=0)


programmes = st.integers(1, 14).flatmap(
    lambda size: st.tuples(
        st.fixed_dictionaries(
            {key: st.tuples(*[st.integers(0, 2)] * 3).filter(any) for key in range(1, size + 1)}
        ),
        st.fixed_dictionaries(
            {
                key: st.lists(st.sampled_from([1, 2, 3]), min_size=1, unique=True)
                for key in range(1, size + 1)
            }
        ),
        st.sets(st.integers(1, size)),
    )
)


def test_fewer_than_three_voters_of_an_organisation_are_not_counted():
    found = may_be_told(tally_of({1: (2, 1, 0), 2: (1, 1, 0)}, {1: [1], 2: [1]}))
    assert found.counts == {1: (2, 1, 0)}
    assert found.total is None, "it could be subtracted"
    assert found.stances == {1: Stance.SUPPORTS}
    all_told = may_be_told(tally_of({1: (2, 1, 0), 2: (0, 3, 0)}, {1: [1], 2: [1]}))
    assert all_told.total == (2, 4, 0)


def test_a_stance_is_told_where_the_contact_person_stands_behind_what_is_said():
    found = may_be_told(tally_of({1: (1, 0, 0), 2: (1, 0, 0)}, {1: [1], 2: [1]}), confirmed=[2])
    assert found.stances == {2: Stance.SUPPORTS}
    assert 2 not in found.counts


def test_a_table_is_told_where_no_stance_is_withheld_or_at_least_three_are():
    one = dict.fromkeys(range(1, 5), (1, 0, 0))
    for number, told in ((0, True), (1, False), (2, False), (3, True), (4, True)):
        said = {key: votes for key, votes in one.items() if key <= number}
        found = may_be_told(tally_of(said, {key: [1] for key in one}))
        assert (1 in found.tables) == told, number


def test_two_tables_that_would_tell_one_organisation_by_subtracting_are_not_told():
    said = dict.fromkeys(range(1, 5), (1, 0, 0))
    inside = {1: [1, 2], 2: [1, 2], 3: [1, 2], 4: [1]}
    found = may_be_told(tally_of(said, inside))
    assert not {1, 2} <= found.tables
    assert {1, 2} <= may_be_told(tally_of(said, {key: [1, 2] for key in said})).tables


@given(programmes, st.randoms(use_true_random=False))
def test_whoever_is_withheld_is_one_of_three_that_no_table_tells_apart(programme, dice):
    """Their stances may be dealt out anew among them, and all that is told is the same."""
    said, inside, confirmed = programme
    before = tally_of(said, inside)
    found = may_be_told(before, confirmed)
    alike = defaultdict(list)
    for key in set(said) - set(found.stances):
        alike[frozenset(inside[key]) & found.tables].append(key)
    alike.pop(frozenset(), None)
    assert all(len(group) >= FEWEST for group in alike.values())
    dealt = dict(said)
    for group in alike.values():
        shuffled = dice.sample(group, len(group))
        dealt |= {key: said[other] for key, other in zip(group, shuffled, strict=True)}
    after = tally_of(dealt, inside)
    for one, other in zip(before.by_track, after.by_track, strict=True):
        if one.track.id in found.tables:
            assert one.stances == other.stances


@given(
    st.lists(st.sampled_from(["It costs", "Too early.", "Why?\n\nNobody asked.", " It  costs "]))
)
def test_reasons_of_one_organisation_are_one_paragraph_however_many_there_are(reasons):
    text = suppression.as_one(reasons)
    assert "\n" not in text
    assert text == suppression.as_one([text])
    assert all(" ".join(each.split()) in text for each in reasons)
