"""Taking part: joining, leaving, coming back, moving; what was voted stays and counts or not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.domain.factors import factors, votes
from bot.domain.kit.errors import NotSetUp
from bot.domain.members import participants
from bot.domain.members.errors import NotAParticipant
from bot.domain.membership import joining, presence
from bot.domain.membership.errors import AlreadyWith
from bot.domain.organisations.errors import OrganisationNotFound
from storage.enums import Choice
from storage.factors.votes import Vote
from storage.members.participants import Participant
from tests.domain.conftest import CARE, ELSEWHERE, NOW, SCHOOL
from tests.domain.scenes import scene

ANNA, BO = 11, 12
LATER = NOW + timedelta(hours=1)


@scene
def factor(trial):
    """A factor of the school track, proposed by Bo of Göteborg."""
    trial.join(BO, trial.goteborg)
    return trial.factor(BO)


def support(world, member, factor):
    return world(votes.vote, factor.id, member, Choice.SUPPORT).tally


def tally(world, factor):
    return world(factors.show, factor.id).tally


def votes_kept(world):
    return len(world(lambda session: session.exec(select(Vote)).all()))


def test_a_member_joins_an_organisation_and_its_tracks(trial):
    view = trial.join(ANNA, trial.vasteras)
    assert (view.member_id, view.organisation, view.before) == (ANNA, "Västerås stad", None)
    assert [track.name for track in view.tracks] == [SCHOOL, CARE]
    assert view.alone
    assert trial(participants.need, ANNA) == replace(view, alone=False)


def test_whoever_joins_as_the_only_one_hears_so(trial):
    assert trial.join(ANNA, trial.vara).alone
    assert not trial.join(ANNA + 1, trial.vara).alone
    trial.leave(ANNA)
    assert trial(joining.let_in, ANNA + 1).alone, "the other one has left"


def test_joining_where_one_is_already_changes_nothing(trial):
    trial.join(ANNA, trial.vara)
    with pytest.raises(AlreadyWith) as refused:
        trial.join(ANNA, trial.vara)
    assert refused.value.values == {"organisation": "Vara kommun"}
    assert [entry.kind for entry in trial.journal()].count("participant.joined") == 1


def test_leaving_what_one_is_not_in_is_answered(trial):
    with pytest.raises(NotAParticipant):
        trial.leave(ANNA)
    trial.join(ANNA, trial.vara)
    trial.leave(ANNA)
    with pytest.raises(NotAParticipant):
        trial.leave(ANNA)
    with pytest.raises(NotAParticipant):
        trial(participants.need, ANNA)


def test_who_leaves_keeps_their_votes_as_history_and_they_stop_counting(trial, factor):
    trial.join(ANNA, trial.goteborg)
    assert support(trial, ANNA, factor).support == 1
    trial.leave(ANNA, LATER)
    assert tally(trial, factor).support == 0
    assert votes_kept(trial) == 1


def test_who_comes_back_counts_again_as_before(trial, factor):
    trial.join(ANNA, trial.goteborg)
    support(trial, ANNA, factor)
    trial.leave(ANNA)
    view = trial.join(ANNA, trial.goteborg, LATER)
    assert view.before is None
    assert tally(trial, factor).support == 1
    rows = trial(lambda session: session.exec(select(Participant)).all())
    assert len([row for row in rows if row.member_id == ANNA]) == 1


def test_who_moves_leaves_their_vote_behind_and_may_vote_again(trial, factor):
    trial.join(ANNA, trial.goteborg)
    support(trial, ANNA, factor)
    assert trial.join(ANNA, trial.vasteras).before == "Göteborgs stad"
    assert tally(trial, factor).support == 0
    assert support(trial, ANNA, factor).support == 1
    assert votes_kept(trial) == 2
    trial.join(ANNA, trial.goteborg)
    assert tally(trial, factor).support == 1, "one person counts once, wherever they are"


def test_a_member_who_is_gone_from_the_server_stops_counting_until_they_are_back(trial, factor):
    trial.join(ANNA, trial.goteborg)
    support(trial, ANNA, factor)
    trial(presence.gone, [ANNA])
    assert tally(trial, factor).support == 0
    trial(presence.back, [ANNA])
    assert tally(trial, factor).support == 1


def test_a_member_takes_part_in_two_servers_apart_from_each_other(trial):
    trial.set_up(ELSEWHERE)
    theirs = trial.organisation("Vara kommun", "health", programme=ELSEWHERE)
    trial.join(ANNA, trial.vara)
    trial.join(ANNA, theirs, programme=ELSEWHERE)
    trial.leave(ANNA)
    assert trial(participants.need, ANNA, programme=ELSEWHERE).organisation_id == theirs


def test_an_organisation_of_another_server_cannot_be_joined(trial):
    trial.set_up(ELSEWHERE)
    with pytest.raises(OrganisationNotFound):
        trial.join(ANNA, trial.vara, programme=ELSEWHERE)


def test_nobody_takes_part_where_there_is_no_programme(world):
    with pytest.raises(NotSetUp):
        world(joining.wish, ANNA, "Vara kommun")
    with pytest.raises(NotSetUp):
        world(participants.need, ANNA)
    with pytest.raises(NotSetUp):
        world.leave(ANNA)
