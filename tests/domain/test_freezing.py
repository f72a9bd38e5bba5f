"""A standing is frozen when voting closes and when a factor is decided; archived tracks rest."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.domain.factors import (
    edits,
    exporting,
    factors,
    lists,
    merging,
    outcomes,
    recounts,
    votes,
    windows,
)
from bot.domain.factors.counting import Stance, Standing
from bot.domain.factors.errors import OnlyArchivedTracks
from bot.domain.factors.finding import StatusesShown
from bot.domain.factors.lists import Listing
from bot.domain.factors.views import Voting
from bot.domain.factors.wording import FactorText
from bot.domain.membership import archiving, organisation_changes, presence, track_changes
from bot.domain.membership.presence import LEFT_OUT_AFTER
from bot.domain.needs import needs
from bot.domain.tracks.errors import TrackArchived
from storage.enums import Choice, FactorStatus, Language, Order
from storage.factors.factors import Factor
from storage.factors.frozen import FrozenTally
from storage.factors.votes import GRACE
from storage.tracks.tracks import Track
from tests.domain import steps
from tests.domain.conftest import CARE, EVERYWHERE, MANAGER, NOW, SCHOOL, somebody
from tests.domain.scenes import scene

ANNA, BO, CILLA, DAN = 11, 12, 13, 14
DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)
SHARED, EARLY = Standing.SHARED_GROUND, Standing.TOO_EARLY
# Days end at midnight in Stockholm.
CLOSES = NOW.replace(hour=23) + DAY


@scene
def people(trial):
    """Anna of Göteborg (school), Bo of Vara (care), Cilla of Västerås (both), all for all's."""
    trial.join(ANNA, trial.goteborg)
    trial.join(BO, trial.vara)
    trial.join(CILLA, trial.vasteras)
    trial.school = trial.factor(ANNA, title="School's").id
    trial.all = trial.factor(CILLA, title="All's", track="all").id
    for member, about in (
        (ANNA, trial.school), (CILLA, trial.school),
        (ANNA, trial.all), (BO, trial.all), (CILLA, trial.all),
    ):  # fmt: skip
        vote(trial, member, about)
    settle(trial)
    assert stands(trial, trial.school) is stands(trial, trial.all) is SHARED
    return trial


def vote(world, member, about, choice=Choice.SUPPORT, reason=None, now=NOW):
    return world(votes.vote, about, member, choice, reason=reason, now=now)


def settle(world, now=NOW):
    steps.settled(world, now=now)


def stands(world, about, now=NOW):
    """As the card says, which is as lists are ordered."""
    settle(world, now)
    shown = world(factors.show, about, now=now).tally.standing
    assert world(lambda session: session.get(Factor, about).standing) == shown
    return shown


def decide(world, about, outcome=FactorStatus.ADOPTED, now=NOW):
    return world(outcomes.decide, about, outcome, "It works.", by=MANAGER, now=now)


def close(world, about, day="2026-11-24", now=NOW):
    return world(windows.set_days, about, "", day, by=MANAGER, now=now)


def pass_time(world, until):
    world(recounts.pass_time, EVERYWHERE, NOW, until)
    settle(world, until)


def track(world, name):
    return world(lambda session: session.exec(select(Track.id).where(Track.name == name)).one())


def archive(world, name, now=NOW):
    world(archiving.archive, track(world, name), by=MANAGER, now=now)
    settle(world, now)


# --- decided


@pytest.mark.parametrize("outcome", [FactorStatus.ADOPTED, FactorStatus.DECLINED])
def test_two_voters_who_leave_change_nothing_of_a_factor_that_is_decided(people, outcome):
    before = decide(people, people.all, outcome).tally
    people.leave(ANNA)
    people(presence.gone, [BO])
    settle(people)
    after = people(factors.show, people.all).tally
    assert after == before
    assert (after.standing, after.support, after.frozen) == (SHARED, 3, True)
    shown = people(lists.listed, Listing(shown=StatusesShown.ALL)).factors.items
    assert next(each for each in shown if each.id == people.all).tally == before


def test_the_export_tells_a_frozen_factor_as_it_stood(people):
    decide(people, people.all)
    before = people(exporting.export, "", Language.EN, by=MANAGER)
    for member in (ANNA, BO, CILLA):
        people.leave(member)
    settle(people)
    assert people(exporting.export, "", Language.EN, by=MANAGER) != before, "open ones follow"
    decided = [
        row
        for files in (before, people(exporting.export, "", Language.EN, by=MANAGER))
        for row in files.csv.decode("utf-8-sig").splitlines()
        if row.startswith("All's")
    ]
    assert decided[0] == decided[1]


def test_the_digest_tells_of_no_move_that_a_leaver_made(people):
    decide(people, people.all)
    for member in (ANNA, BO, CILLA):
        people.leave(member)
    settle(people)
    moved = [each.subject_id for each in people.journal() if each.kind == "factor.moved"]
    assert moved.count(people.all) == 1, "to shared ground, and no more"


def test_a_withdrawn_factor_is_frozen_too(people):
    people(outcomes.withdraw, people.school, "We erred.", by=somebody(ANNA))
    people.leave(CILLA)
    assert stands(people, people.school) is SHARED


def test_objections_stay_to_be_read_whose_givers_have_left_or_were_erased(people):
    vote(people, BO, people.all, Choice.OBJECT, "Too early.")
    decide(people, people.all)
    people.leave(BO)
    (against,) = people(votes.objections, people.all)
    assert (against.organisation, against.reason) == ("Vara kommun", "Too early.")
    people(steps.erase, BO, by=somebody(BO))
    (against,) = people(votes.objections, people.all)
    assert (against.organisation, against.reason) == ("Vara kommun", "")


def test_what_is_reopened_is_counted_anew_and_a_second_decision_freezes_that(people):
    decide(people, people.all)
    people.leave(ANNA)
    decide(people, people.all, FactorStatus.OPEN)
    assert stands(people, people.all) is EARLY
    assert not people(factors.show, people.all).tally.frozen
    assert decide(people, people.all).tally.standing is EARLY
    people(outcomes.decide, people.all, FactorStatus.DECLINED, "No.", by=MANAGER)
    people.join(ANNA, people.goteborg)
    assert stands(people, people.all) is EARLY
    assert len(people(lambda session: session.exec(select(FrozenTally)).all())) == 1


def test_organisations_and_tracks_that_come_later_change_nothing(people):
    before = decide(people, people.all).tally
    people.organisation("Malmö stad", "school", "health")
    people(track_changes.create, name="Culture", by=MANAGER)
    people(organisation_changes.remove, str(people.vara), by=MANAGER)
    settle(people)
    assert people(factors.show, people.all).tally == before


# --- closed


def test_when_voting_has_closed_leaving_changes_nothing(people):
    close(people, people.all)
    pass_time(people, CLOSES)
    people.leave(ANNA, now=CLOSES)
    assert stands(people, people.all, CLOSES) is SHARED
    late = CLOSES + 400 * DAY
    assert decide(people, people.all, now=late).tally.support == 3, "a decision changes nothing"


def test_who_left_between_the_close_and_the_count_was_there(people):
    """The bot may be down for days at the moment when voting closes."""
    close(people, people.all)
    people.leave(ANNA, now=CLOSES + MOMENT)
    people(presence.gone, [BO], now=CLOSES + DAY)
    pass_time(people, CLOSES + 3 * DAY)
    found = people(factors.show, people.all, now=CLOSES + 3 * DAY).tally
    assert (found.standing, found.support) == (SHARED, 3)


def test_who_left_before_the_close_was_not(people):
    close(people, people.all)
    people.leave(ANNA, now=CLOSES - MOMENT)
    assert stands(people, people.all, CLOSES + DAY) is EARLY


def test_votes_from_before_an_edit_count_as_they_did_when_voting_closed(people):
    close(people, people.all, "2026-12-10")
    text = FactorText("All's", "y" * 200)
    people(edits.edit, people.all, text, small=False, by=somebody(CILLA), now=NOW + MOMENT)
    after = NOW + GRACE + DAY
    closes = people(factors.show, people.all).closes_at
    assert closes < after
    pass_time(people, after)
    found = people(factors.show, people.all, now=after).tally
    assert (found.support, found.before_edit, found.frozen) == (3, 3, True)


def test_a_longer_time_to_vote_lets_votes_count_again(people):
    close(people, people.all)
    pass_time(people, CLOSES)
    people.leave(ANNA, now=CLOSES)
    assert close(people, people.all, "2026-12-24", now=CLOSES).tally.standing is EARLY


def test_what_is_merged_into_a_closed_factor_is_counted_and_its_undoing_too(people):
    other = people.factor(ANNA, title="Another").id
    people.join(DAN, people.goteborg)
    vote(people, DAN, other, Choice.OBJECT, "No.")
    close(people, people.school)
    pass_time(people, CLOSES)
    done = people(merging.merge, other, people.school, "Same.", by=MANAGER, now=CLOSES)
    assert (done.into.tally.objections, done.into.tally.frozen) == (1, True)
    done = people(merging.unmerge, other, by=MANAGER, now=CLOSES)
    assert (done.into.tally.objections, done.into.tally.frozen) == (0, True)


# --- archived tracks


def test_an_archived_track_does_not_count_for_what_is_open(people):
    people.organisation("Malmö stad", "health")
    people.organisation("Lunds kommun", "health")
    assert stands(people, people.all) is EARLY
    archive(people, CARE)
    assert stands(people, people.all) is SHARED
    found = people(factors.show, people.all).tally
    assert [each.track.name for each in found.by_track] == [SCHOOL]
    assert (found.support, found.organisations) == (2, 2), "Vara is in no track that goes on"
    with pytest.raises(OnlyArchivedTracks):
        vote(people, BO, people.all)
    people(track_changes.reopen, CARE, by=MANAGER)
    assert stands(people, people.all) is EARLY
    assert people(factors.show, people.all).tally.organisations == 5


def test_archiving_closes_voting_on_what_is_its_tracks_alone_and_reopening_opens_it(people):
    archive(people, SCHOOL)
    found = people(factors.show, people.school)
    assert (found.voting, found.tally.frozen) == (Voting.OVER, True)
    people.leave(ANNA)
    people.leave(CILLA)
    assert stands(people, people.school) is SHARED
    people(track_changes.reopen, SCHOOL, by=MANAGER)
    assert stands(people, people.school) is EARLY
    assert people(factors.show, people.school).voting is Voting.OPEN


def test_who_left_just_after_archiving_was_there(people):
    people(archiving.archive, track(people, SCHOOL), by=MANAGER)
    people.leave(CILLA, now=NOW + MOMENT)
    assert stands(people, people.school, NOW + MOMENT) is SHARED


def test_an_archived_track_stays_in_what_was_decided_before(people):
    before = decide(people, people.all).tally
    archive(people, CARE)
    after = people(factors.show, people.all).tally
    assert [each.stances for each in after.by_track] == [each.stances for each in before.by_track]
    assert [each.stances[Stance.SUPPORTS] for each in before.by_track] == [2, 2]


def test_votes_on_an_archived_tracks_factor_are_refused(people):
    archive(people, CARE)
    archive(people, SCHOOL)
    with pytest.raises(TrackArchived):
        vote(people, ANNA, people.school)
    mine = Listing(order=Order.NEEDS, reader=ANNA)
    assert people(lists.listed, mine, by=somebody(ANNA)).factors.total == 0
    assert people(needs.of, by=somebody(ANNA)).factors.total == 0


# --- organisations without anybody


def test_an_organisation_without_anybody_for_28_days_is_left_out_until_somebody_joins(people):
    four_weeks = NOW + LEFT_OUT_AFTER
    malmo = people.organisation("Malmö stad", "school")
    people.organisation("Lunds kommun", "school")
    assert stands(people, people.school) is EARLY
    assert not people(presence.leave_out, now=four_weeks - MOMENT)
    assert people(presence.leave_out, now=four_weeks)
    assert stands(people, people.school, four_weeks) is SHARED
    assert people(factors.show, people.school).tally.organisations == 2
    told = people(presence.vacancies, now=four_weeks).left_out
    assert told == ("Lunds kommun", "Malmö stad")
    people(presence.vacancies_told, now=four_weeks)
    assert people(presence.vacancies, now=four_weeks).left_out == ()
    assert not people(presence.leave_out, now=four_weeks + DAY), "once"
    people.join(DAN, malmo, now=four_weeks + DAY)
    assert people(factors.show, people.school).tally.organisations == 3


def test_it_is_28_days_from_when_the_last_one_left_and_coming_back_counts_again(people):
    people.leave(ANNA, now=NOW + DAY)
    assert not people(presence.leave_out, now=NOW + LEFT_OUT_AFTER)
    later = NOW + DAY + LEFT_OUT_AFTER
    assert people(presence.leave_out, now=later)
    assert people(factors.show, people.school, now=later).tally.organisations == 1
    people(presence.gone, [BO], now=NOW)
    assert people(presence.leave_out, now=later)
    assert people(factors.show, people.all, now=later).tally.organisations == 1
    people(presence.back, [BO], now=later)
    assert people(factors.show, people.all, now=later).tally.organisations == 2


def test_a_frozen_standing_goes_on_counting_whoever_was_there(people):
    before = decide(people, people.all).tally
    people.leave(ANNA)
    people(presence.leave_out, now=NOW + LEFT_OUT_AFTER)
    assert people(factors.show, people.all).tally == before
