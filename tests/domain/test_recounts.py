"""Factors follow what changes around them: those concerned are due, and no others."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.domain.factors import edits, factors, keyareas, merging, outcomes, recounts, votes, windows
from bot.domain.factors.counting import Standing
from bot.domain.factors.wording import FactorText
from bot.domain.membership import organisation_changes, presence, track_changes
from storage.enums import Choice
from storage.factors import changes
from storage.factors.factors import Factor
from storage.factors.votes import GRACE
from tests.domain import steps
from tests.domain.conftest import (
    CARE,
    ELSEWHERE,
    EVERYWHERE,
    HERE,
    HOW,
    MANAGER,
    NOW,
    SCHOOL,
    somebody,
)
from tests.domain.scenes import scene

ANNA, BO, CILLA = 11, 12, 13
DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)


@scene
def people(trial):
    """Anna of Göteborg (school), Bo of Vara (care), Cilla of Västerås (both); three factors.

    Anna has voted on that of school, Bo and Cilla on that of all tracks.
    """
    trial.join(ANNA, trial.goteborg)
    trial.join(BO, trial.vara)
    trial.join(CILLA, trial.vasteras)
    trial.school = trial.factor(ANNA, title="School's").id
    trial.care = trial.factor(BO, title="Care's").id
    trial.all = trial.factor(CILLA, title="All's", track="all").id
    vote(trial, ANNA, trial.school)
    vote(trial, BO, trial.all)
    vote(trial, CILLA, trial.all)
    settle(trial)
    return trial


@scene
def elsewhere(people):
    """The same in another server: a factor with a vote of Anna's."""
    people.set_up(ELSEWHERE)
    home = people.organisation("Göteborgs stad", "school", programme=ELSEWHERE)
    people.join(ANNA, home, programme=ELSEWHERE)
    people.theirs = people.factor(ANNA, ELSEWHERE).id
    people(votes.vote, people.theirs, ANNA, Choice.SUPPORT, programme=ELSEWHERE)
    settle(people, ELSEWHERE)
    return people


def vote(world, member, factor, choice=Choice.SUPPORT, now=NOW):
    return world(votes.vote, factor, member, choice, now=now)


def due(world):
    """The factors that a count waits for, once all that changed has come around to them."""
    for programme in (HERE, ELSEWHERE):
        while world(changes.spread, programme=programme):
            pass
    query = select(Factor.id).where(Factor.recount_due).order_by(Factor.id)
    return list(world(lambda session: session.exec(query).all()))


def settle(world, programme=HERE, now=NOW):
    found = []
    while world(recounts.is_due, programme=programme):
        found += world(recounts.settle, programme=programme, now=now)
    return found


def kept(world, factor):
    return world(lambda session: session.get(Factor, factor))


def pass_time(world, after, until):
    world(recounts.pass_time, EVERYWHERE, after, until)
    return due(world)


def edit(world, factor, now=NOW):
    text = FactorText("Another title", "Another way of doing it.")
    return world(edits.edit, factor, text, small=False, by=MANAGER, now=now)


def set_days(world, factor, opens, closes):
    world(windows.set_days, factor, opens, closes, by=MANAGER)


# --- who takes part


def test_nothing_is_due_once_everything_is_settled(people):
    assert due(people) == []
    assert settle(people) == []


def test_a_vote_counts_at_once_and_leaves_nothing_due(people):
    vote(people, CILLA, people.school)
    assert due(people) == []
    assert kept(people, people.school).score == pytest.approx((1.25 / 2 + 1.25 / 2) / 2)


def test_who_leaves_comes_back_or_moves_concerns_the_factors_they_voted_on(people):
    for deed in (
        lambda: people.leave(ANNA),
        lambda: people.join(ANNA, people.goteborg),
        lambda: people.join(ANNA, people.vasteras),
    ):
        deed()
        assert due(people) == [people.school]
        settle(people)


def test_who_joins_and_never_voted_concerns_no_factor(people):
    people.join(14, people.vara)
    people.leave(14)
    assert due(people) == []


def test_who_leaves_the_server_or_is_back_concerns_the_factors_they_voted_on(people):
    people(presence.gone, [BO])
    assert due(people) == [people.all]
    assert [view.tally.support for view in settle(people)] == [1]
    people(presence.back, [BO])
    assert due(people) == [people.all]
    assert [view.tally.support for view in settle(people)] == [2]
    people(presence.back, [BO])
    assert due(people) == [], "that was no news"


def test_who_is_erased_concerns_the_factors_they_voted_on(people):
    people(steps.erase, BO)
    assert due(people) == [people.care, people.all], "what they proposed loses their name"
    assert [view.tally.support for view in settle(people)] == [0, 1]


def test_votes_on_a_merged_factor_concern_the_one_where_they_count(people):
    people(merging.merge, people.school, people.all, "The same.", by=MANAGER)
    people.leave(ANNA)
    assert due(people) == [people.all]


# --- organisations, tracks, key areas


def test_an_organisation_that_is_added_changed_or_removed_concerns_every_open_factor(people):
    everything = [people.school, people.care, people.all]
    skovde = people.organisation("Skövde kommun", SCHOOL)
    assert due(people) == everything
    settle(people)
    change = organisation_changes.OrganisationChange(tracks=CARE)
    people(organisation_changes.edit, str(skovde), change, by=MANAGER)
    assert due(people) == everything
    settle(people)
    people(organisation_changes.edit, str(skovde), change, by=MANAGER)
    assert due(people) == [], "nothing changed"
    people(organisation_changes.remove, str(skovde), by=MANAGER)
    assert due(people) == everything


def test_an_organisation_that_takes_its_people_along_takes_their_votes(people):
    people(organisation_changes.remove, "Vara kommun", by=MANAGER)
    tallies = {view.id: view.tally for view in settle(people)}
    assert (tallies[people.all].support, tallies[people.all].organisations) == (1, 2)


def test_a_new_track_or_another_name_of_one_concerns_every_open_factor(people):
    everything = [people.school, people.care, people.all]
    track = people(track_changes.create, name="Culture", by=MANAGER)
    assert due(people) == everything
    tallies = {view.id: view.tally for view in settle(people)}
    assert [tallies[key].tracks for key in everything] == [1, 1, 3]
    people(track_changes.edit, str(track.id), {"name": "Culture for all"}, by=MANAGER)
    assert due(people) == everything


def test_another_name_of_a_key_area_concerns_every_open_factor(people):
    people(keyareas.create, "Leadership", by=MANAGER)
    assert due(people) == []
    people(keyareas.rename, "Leadership", "Management", by=MANAGER)
    assert due(people) == [people.school, people.care, people.all]


# --- settling


def test_settling_brings_up_to_date_what_lists_are_ordered_by(people):
    people.join(14, people.vasteras)
    people(votes.vote, people.all, 14, Choice.OBJECT, reason="Too early.")
    before = kept(people, people.all)
    assert (before.standing, before.split) == ("too_early", 0.5)
    people.leave(14)
    assert kept(people, people.all).split == 0.5, "not before it is settled"
    (view,) = settle(people)
    after = kept(people, people.all)
    assert (after.standing, after.score, after.split) == (
        view.tally.standing.value,
        view.tally.score,
        0.0,
    )
    assert after.score > before.score
    assert after.revision == view.revision == before.revision + 1


def test_a_standing_that_moves_is_noted_with_what_it_was_and_is(people):
    vote(people, CILLA, people.school)
    moved = [entry for entry in people.journal() if entry.kind == "factor.moved"]
    assert [(entry.subject_id, entry.data) for entry in moved] == [
        (people.school, {"before": "too_early", "after": "shared_ground"})
    ]
    people.leave(CILLA)
    (view, *_) = settle(people, now=NOW + DAY)
    assert view.tally.standing is Standing.TOO_EARLY
    entry = people.journal()[-1]
    assert (entry.kind, entry.who, entry.at) == ("factor.moved", None, NOW + DAY)
    assert entry.data == {"before": "shared_ground", "after": "too_early"}


def test_what_does_not_move_is_not_noted(people):
    people.leave(ANNA)
    settle(people)
    assert "factor.moved" not in [entry.kind for entry in people.journal()]


def test_many_factors_are_settled_some_at_a_time_and_none_is_left_out(people):
    for number in range(30):
        people.factor(BO, title=f"Factor {number}", now=NOW + number * timedelta(hours=1))
    people.organisation("Skövde kommun", SCHOOL)
    assert len(due(people)) == 33
    first = people(recounts.settle)
    assert 0 < len(first) < 33
    assert len(first) + len(settle(people)) == 33


# --- time


def test_a_factor_is_due_when_its_votes_open_and_when_they_close(people):
    set_days(people, people.school, "2026-12-01", "2026-12-03")
    row = kept(people, people.school)
    for moment in (row.opens_at, row.closes_at):
        assert pass_time(people, moment - DAY, moment - MOMENT) == []
        assert pass_time(people, moment, moment + DAY) == [], "that was in the span before"
        assert pass_time(people, moment - MOMENT, moment) == [people.school]
        settle(people)


def test_a_factor_is_due_when_votes_from_before_its_edit_grow_too_old(people):
    edit(people, people.school, now=NOW + DAY)
    over = NOW + DAY + GRACE
    assert pass_time(people, NOW, over - MOMENT) == []
    assert pass_time(people, over - MOMENT, over) == [people.school]
    assert [view.tally.support for view in settle(people, now=over)] == [0]
    assert pass_time(people, over, over + 100 * DAY) == []


def test_the_factor_where_moved_votes_count_is_due_when_they_grow_too_old(people):
    """Their own factor was edited, then merged; the one where they count never was."""
    edit(people, people.school, now=NOW + DAY)
    people(merging.merge, people.school, people.all, "The same.", by=MANAGER, now=NOW + 2 * DAY)
    over = NOW + DAY + GRACE
    assert pass_time(people, over - MOMENT, over) == [people.all]
    assert [view.tally.support for view in settle(people, now=over)] == [2]


def test_time_concerns_no_factor_without_days_or_edits_and_none_that_is_closed(people):
    set_days(people, people.care, "2026-12-01", "2026-12-03")
    people(outcomes.withdraw, people.care, "No.", by=somebody(BO))
    assert pass_time(people, NOW - 1000 * DAY, NOW + 1000 * DAY) == []


def test_time_passes_in_every_programme(elsewhere):
    for programme, factor in ((HERE, elsewhere.school), (ELSEWHERE, elsewhere.theirs)):
        days = ("2026-12-01", "2026-12-03")
        elsewhere(windows.set_days, factor, *days, by=MANAGER, programme=programme)
    assert pass_time(elsewhere, NOW, NOW + 30 * DAY) == [elsewhere.school, elsewhere.theirs]


# --- other servers


def test_what_happens_in_one_programme_concerns_no_factor_of_another(elsewhere):
    elsewhere.leave(ANNA)
    elsewhere(presence.gone, [ANNA])
    elsewhere.organisation("Skövde kommun", SCHOOL)
    elsewhere(track_changes.create, name="Culture", by=MANAGER)
    elsewhere(steps.erase, ANNA)
    assert due(elsewhere) == [elsewhere.school, elsewhere.care, elsewhere.all]
    assert not elsewhere(recounts.is_due, programme=ELSEWHERE)
    assert elsewhere(recounts.settle, programme=ELSEWHERE) == []
    assert elsewhere(factors.show, elsewhere.theirs, programme=ELSEWHERE).tally.support == 1
    assert elsewhere(factors.show, elsewhere.theirs, programme=ELSEWHERE).how == HOW
