"""Stances, standings and scores: worked cases that a sensible person would agree with."""

import random
from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.factors.counting import (
    Count,
    Stance,
    Standing,
    enough,
    score,
    stance,
    stances,
    standing,
)

FOR, AGAINST, UNSURE, SILENT = (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)
SPLIT = (3, 2, 0)  # more for than against, but over a third object


def track(*groups: tuple[int, tuple[int, int, int]], start: int = 0):
    """Organisations numbered from ``start``, by groups of ``(how many, their votes)``."""
    votes = [each for number, each in groups for _ in range(number)]
    return dict(enumerate(votes, start=start))


def leda(health, school, both=()):
    """Two tracks of eleven, two organisations in both: twenty in all."""
    shared = track(*both, start=100)
    return {"health": track(*health) | shared, "school": track(*school, start=50) | shared}


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ((0, 0, 0), Stance.SILENT),
        ((1, 0, 0), Stance.SUPPORTS),
        ((0, 1, 0), Stance.OBJECTS),
        ((0, 0, 1), Stance.UNSURE),
        ((1, 1, 0), Stance.DIVIDED),
        ((2, 1, 0), Stance.SUPPORTS),  # a third is not more than a third
        ((3, 2, 0), Stance.DIVIDED),
        ((1, 2, 0), Stance.OBJECTS),
        ((1, 0, 1), Stance.SUPPORTS),
        ((1, 0, 2), Stance.UNSURE),
        ((2, 1, 4), Stance.UNSURE),
        ((0, 1, 2), Stance.UNSURE),  # nor is one of three against
        ((60, 0, 1), Stance.SUPPORTS),
        ((20, 21, 60), Stance.UNSURE),  # objections are not a third
        ((3, 2, 1), Stance.DIVIDED),  # half for, but not twice as many as against
    ],
)
def test_an_organisation_speaks_with_one_voice(votes, expected):
    assert stance(*votes) is expected


EARLY, SHARED, DIFFERS = Standing.TOO_EARLY, Standing.SHARED_GROUND, Standing.DIFFERS
DIVIDED, UNCLEAR = Standing.DIVIDED, Standing.NO_CLEAR_SUPPORT

CASES = [
    ("no track at all", {}, EARLY),
    ("a track without organisations", {"a": {}}, EARLY),
    ("nobody has voted", {"a": track((11, SILENT))}, EARLY),
    ("one of one is enough", {"a": track((1, FOR))}, SHARED),
    ("one of two is too few", {"a": track((1, FOR), (1, SILENT))}, EARLY),
    ("two of three are too few", {"a": track((2, FOR), (1, SILENT))}, EARLY),
    ("three of five are enough", {"a": track((3, FOR), (2, SILENT))}, SHARED),
    ("five of eleven are too few", {"a": track((5, FOR), (6, SILENT))}, EARLY),
    ("six of eleven are enough", {"a": track((6, FOR), (5, SILENT))}, SHARED),
    ("all for", {"a": track((11, FOR))}, SHARED),
    ("all against", {"a": track((11, AGAINST))}, UNCLEAR),
    ("all unsure", {"a": track((11, UNSURE))}, UNCLEAR),
    ("two thirds for, the rest unsure", {"a": track((6, FOR), (3, UNSURE))}, SHARED),
    ("just under two thirds for", {"a": track((5, FOR), (3, UNSURE))}, UNCLEAR),
    (
        "two thirds for are enough, whatever the rest say",
        {"a": track((6, FOR), (3, AGAINST))},
        SHARED,
    ),
    ("just under two thirds for, the rest against", {"a": track((5, FOR), (3, AGAINST))}, DIVIDED),
    (
        "all that voted are for, but too few",
        {"a": track((5, FOR), (1, UNSURE), (5, SILENT))},
        EARLY,
    ),
    ("all have voted, two of three for", {"a": track((2, FOR), (1, UNSURE))}, UNCLEAR),
    ("under a third against does not", {"a": track((8, FOR), (3, AGAINST))}, SHARED),
    ("half against half", {"a": track((5, FOR), (5, AGAINST))}, DIVIDED),
    ("many against, few for", {"a": track((2, FOR), (8, AGAINST))}, UNCLEAR),
    ("organisations divided within", {"a": track((6, SPLIT))}, DIVIDED),
    (
        "one of sixty people among ten of five",
        {"a": track((1, (60, 0, 0)), (10, (0, 5, 0)))},
        UNCLEAR,
    ),
    ("sixty against do not outweigh ten", {"a": track((1, (0, 60, 0)), (10, (5, 0, 0)))}, SHARED),
    ("one voter each says as much as five", {"a": track((10, FOR), (1, (0, 5, 0)))}, SHARED),
    ("twenty, both tracks for", leda([(9, FOR)], [(9, FOR)], [(2, FOR)]), SHARED),
    ("twenty, school silent", leda([(9, FOR)], [(9, SILENT)], [(2, FOR)]), EARLY),
    ("twenty, health for, school against", leda([(9, FOR)], [(9, AGAINST)], [(2, FOR)]), DIFFERS),
    ("twenty, health for, school unsure", leda([(9, FOR)], [(9, UNSURE)], [(2, FOR)]), DIFFERS),
    ("twenty, all against", leda([(9, AGAINST)], [(9, AGAINST)], [(2, AGAINST)]), UNCLEAR),
    (
        "twenty, half against half in both",
        leda([(5, FOR), (4, AGAINST)], [(4, FOR), (5, AGAINST)], [(2, SPLIT)]),
        DIVIDED,
    ),
    (
        "one track clearly for, the other just half",
        leda([(6, FOR), (3, UNSURE)], [(4, FOR), (5, UNSURE)], [(2, FOR)]),
        DIFFERS,
    ),
    ("an empty track is no vote against", {"a": track((5, FOR)), "b": {}}, SHARED),
]


@pytest.mark.parametrize(("tracks", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_factor_stands_where_a_sensible_person_would_say(tracks, expected):
    assert standing(tracks) is expected


def test_all_tracks_are_shared_ground_if_and_only_if_the_factor_is():
    for tracks in random_programmes(seed=3):
        each = {standing({name: there}) for name, there in tracks.items() if there}
        assert (standing(tracks) is SHARED) == (each == {SHARED})


def test_with_one_track_it_never_differs_between_tracks():
    for support in range(6):
        for against in range(6 - support):
            one = {"a": track((support, FOR), (against, AGAINST), (5 - support - against, UNSURE))}
            assert standing(one) is not DIFFERS


votes = st.tuples(*[st.integers(0, 30)] * 3)


@st.composite
def programmes(draw, each=votes):
    """Up to four tracks over one set of organisations, each with the same votes everywhere."""
    everyone = draw(st.dictionaries(st.integers(0, 12), each, max_size=13))
    names = draw(st.integers(0, 4))
    members = st.sets(st.sampled_from(sorted(everyone)) if everyone else st.nothing())
    return {name: {o: everyone[o] for o in draw(members)} for name in range(names)}


def changed(tracks, organisation, new):
    return {
        name: {o: new if o == organisation else v for o, v in members.items()}
        for name, members in tracks.items()
    }


def some(tracks, data):
    there = sorted({organisation for members in tracks.values() for organisation in members})
    assume(there)
    chosen = data.draw(st.sampled_from(there))
    return chosen, next(m[chosen] for m in tracks.values() if chosen in m)


@given(programmes())
def test_the_score_is_between_0_and_1_and_nothing_divides_by_zero(tracks):
    assert 0 < score(tracks) < 1
    assert standing(tracks) in Standing


@given(programmes(), st.data())
def test_a_silent_organisation_that_comes_with_no_more_against_than_for_never_lowers_it(
    tracks, data
):
    organisation, _ = some(tracks, data)
    support, objections, unsure = data.draw(votes)
    assume(support >= objections)
    before = changed(tracks, organisation, SILENT)
    after = changed(tracks, organisation, (support, objections, unsure))
    assert score(after) >= score(before) - 1e-12


@given(votes)
def test_doubling_the_same_votes_moves_the_score_less_than_their_arrival_did(vote):
    silent, once, twice = (
        score({"a": {1: each}}) for each in (SILENT, vote, tuple(2 * n for n in vote))
    )
    arrival, doubling = abs(once - silent), abs(twice - once)
    assert doubling < arrival or doubling == arrival == 0


@given(st.lists(st.integers(1, 12), max_size=4))
def test_silence_everywhere_gives_a_quarter(sizes):
    tracks = {n: track((size, SILENT), start=100 * n) for n, size in enumerate(sizes)}
    assert score(tracks) == pytest.approx(0.25)


@given(programmes(), st.randoms(use_true_random=False))
def test_order_does_not_matter(tracks, dice):
    names = list(tracks)
    dice.shuffle(names)
    shuffled = {}
    for name in names:
        members = list(tracks[name].items())
        dice.shuffle(members)
        shuffled[name] = dict(members)
    assert standing(shuffled) is standing(tracks)
    assert score(shuffled) == pytest.approx(score(tracks))


def random_programmes(seed):
    """20 000 programmes of up to three tracks and eight organisations; a third are silent."""
    dice = random.Random(seed)
    singles = [FOR, AGAINST, UNSURE]
    for _ in range(20_000):
        everyone = {
            organisation: dice.choice(
                [SILENT, dice.choice(singles), tuple(dice.randint(0, 4) for _ in range(3))]
            )
            for organisation in range(dice.randint(1, 8))
        }
        yield {
            name: {each: votes for each, votes in everyone.items() if dice.random() < 0.6}
            for name in range(dice.randint(1, 3))
        }


def moves(votes, towards):
    """What an organisation's votes become by one more such vote, or one changed to it.

    Of changed ones, those from support to another, or from another to support.
    """
    more = tuple(number + (at == towards) for at, number in enumerate(votes))
    yield more
    for left in (1, 2) if towards == 0 else (0,):
        if votes[left]:
            yield tuple(number - (at == left) for at, number in enumerate(more))


def test_a_support_never_takes_shared_ground_away_and_nothing_else_makes_it():
    tried = Counter()
    dice = random.Random(4)
    for tracks in random_programmes(seed=4):
        everyone = {each: votes for there in tracks.values() for each, votes in there.items()}
        if not everyone:
            continue
        organisation, votes = dice.choice(sorted(everyone.items()))
        before = standing(tracks)
        for towards in range(3):
            for moved in moves(votes, towards):
                after = standing(changed(tracks, organisation, moved))
                if towards == 0 and before is SHARED:
                    tried["support"] += 1
                    assert after is SHARED, (tracks, organisation, moved)
                if towards and before is not SHARED:
                    tried["other"] += 1
                    assert after is not SHARED, (tracks, organisation, moved)
    assert min(tried["support"], tried["other"]) > 500


@given(programmes(), st.data())
def test_one_more_support_never_lowers_the_score(tracks, data):
    organisation, (support, objections, unsure) = some(tracks, data)
    more = changed(tracks, organisation, (support + 1, objections, unsure))
    assert score(more) >= score(tracks) - 1e-12


@given(st.lists(votes, max_size=9))
def test_a_count_is_a_plain_count(members):
    said = [stance(*each) for each in members]
    count = Count(stances(dict(enumerate(members))))
    voted = len(said) - said.count(Stance.SILENT)
    divided, against = said.count(Stance.DIVIDED), said.count(Stance.OBJECTS)
    supports = said.count(Stance.SUPPORTS)
    assert (count.organisations, count.voted) == (len(said), voted)
    assert (count.supports, count.partly_for) == (supports, supports + divided)
    assert count.opposed == against + divided
    assert count.too_few == (voted < max((len(said) + 1) // 2, min(len(said), 3)))


def test_half_must_have_voted_and_three_where_there_are_three():
    assert [enough(n) for n in (0, 1, 2, 3, 4, 5, 6, 7, 11, 20)] == [0, 1, 2, 3, 3, 3, 3, 4, 6, 10]
