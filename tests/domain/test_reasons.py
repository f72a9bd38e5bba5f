"""Why a factor stands where it does never says anything else than the counting."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.factors import counting
from bot.domain.factors.counting import Standing, enough
from bot.domain.factors.reasons import why
from bot.domain.factors.views import Tally, TrackTally
from bot.domain.tracks.tracks import TrackView
from tests.domain.test_counting import FOR, SILENT, UNSURE, programmes, track

few = st.tuples(*[st.integers(0, 3)] * 3)


def tally_of(tracks):
    everyone = {key: each for members in tracks.values() for key, each in members.items()}
    return Tally(
        standing=counting.standing(tracks),
        stances=counting.stances(everyone),
        by_track=tuple(
            TrackTally(
                TrackView(name, f"{name}", "🏫", ""),
                counting.standing({name: members}),
                counting.stances(members),
            )
            for name, members in tracks.items()
        ),
    )


@given(programmes(few))
def test_the_figures_behind_a_standing_lead_to_that_standing(tracks):
    found = why(tally_of(tracks))
    if found.waiting or not found.tracks:
        expected = Standing.TOO_EARLY
    elif (
        found.overall.mostly_for
        and not found.short
        and not any(each.count.against for each in found.tracks)
    ):
        expected = Standing.SHARED_GROUND
    elif found.clearly_for and found.short:
        expected = Standing.DIFFERS
    elif found.split:
        expected = Standing.DIVIDED
    else:
        expected = Standing.NO_CLEAR_SUPPORT
        assert found.short or not found.overall.mostly_for, "something is lacking to be told of"
    assert found.standing is expected is counting.standing(tracks)


@given(programmes(few))
def test_the_figures_are_those_of_a_plain_count(tracks):
    found = why(tally_of(tracks))
    assert [each.track.id for each in found.tracks] == [n for n in tracks if tracks[n]]
    for each in found.tracks:
        said = [counting.stance(*votes) for votes in tracks[each.track.id].values()]
        silent, supports = said.count("silent"), said.count("supports")
        against = said.count("objects") + said.count("divided")
        voted = len(said) - silent
        count = each.count
        assert (count.organisations, count.voted) == (len(said), voted)
        assert (count.supports, count.opposed) == (supports, against)
        assert count.too_few == (voted < max((len(said) + 1) // 2, min(len(said), 3)))
        assert count.mostly_for == (supports * 3 >= voted * 2)
        assert (each in found.short) == (supports * 2 < voted)


def test_an_organisation_of_two_tracks_is_counted_once_in_all():
    shared = track((2, FOR), start=100)
    found = why(
        tally_of({1: track((2, UNSURE)) | shared, 2: track((3, SILENT), start=50) | shared})
    )
    assert (found.overall.organisations, found.overall.voted) == (7, 4)
    assert [each.track.id for each in found.waiting] == [2]


def test_half_must_have_voted_and_three_where_there_are_three():
    assert [enough(n) for n in (0, 1, 2, 3, 4, 5, 6, 7, 11, 20)] == [0, 1, 2, 3, 3, 3, 3, 4, 6, 10]
