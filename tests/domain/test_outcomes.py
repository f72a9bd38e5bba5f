"""What becomes of factors, and who hears of it."""

import pytest

from bot.domain.factors import drafts, factors, outcomes, proposers, votes
from bot.domain.factors.drafts import DraftDetails
from bot.domain.factors.errors import (
    FactorAdopted,
    FactorMerged,
    FactorNotFound,
    FactorWithdrawn,
    NothingToUndo,
    NotTheProposer,
)
from bot.domain.factors.proposers import Proposer
from bot.domain.kit.errors import ChoiceUnknown, CoordinatorsOnly, TextMissing
from bot.domain.kit.texts import REASON_LIMIT
from bot.domain.members import reach as notify
from bot.domain.membership import presence
from storage.enums import Choice, FactorStatus, Reach
from storage.factors.factors import Factor
from tests.domain import steps
from tests.domain.conftest import ELSEWHERE, FOLLOWER, HERE, MANAGER, somebody
from tests.domain.scenes import scene

ANNA, BO = 11, 12
OPEN, ADOPTED, DECLINED = FactorStatus.OPEN, FactorStatus.ADOPTED, FactorStatus.DECLINED


@scene
def people(trial):
    """Anna of Göteborg has proposed a factor; Bo of Vara is there too."""
    trial.join(ANNA, trial.goteborg)
    trial.join(BO, trial.vara)
    trial.first = trial.factor(ANNA).id
    return trial


def decide(world, outcome, reason="It works.", person=MANAGER, programme=HERE):
    about = (world.first, outcome, reason)
    return world(outcomes.decide, *about, by=person, programme=programme)


def withdraw(world, person, reason="We have thought again."):
    return world(outcomes.withdraw, world.first, reason, by=person)


def change(world, **values):
    world(lambda session: session.get(Factor, world.first).sqlmodel_update(values))


# --- deciding


@pytest.mark.parametrize("outcome", [ADOPTED, DECLINED])
def test_a_decision_is_kept_with_its_reason_and_can_be_taken_back(people, outcome):
    people(votes.vote, people.first, ANNA, Choice.SUPPORT)
    done = decide(people, outcome, "  It works.\u202e ")
    assert (done.status, done.reason, done.tally.support) == (outcome, "It works.", 1)
    opened = decide(people, OPEN, "New facts.")
    assert (opened.status, opened.tally.support) == (OPEN, 1)
    assert opened.revision > done.revision
    people(votes.vote, people.first, ANNA, Choice.UNSURE)


def test_a_decision_can_be_turned_into_the_other_at_once(people):
    decide(people, ADOPTED)
    assert decide(people, DECLINED).status is DECLINED


def test_deciding_what_is_so_already_changes_nothing(people):
    for outcome in (OPEN, ADOPTED):
        with pytest.raises(NothingToUndo):
            decide(people, outcome) and decide(people, outcome)
    assert people(outcomes.to_decide, people.first, by=MANAGER).status is ADOPTED


@pytest.mark.parametrize("outcome", [FactorStatus.MERGED, FactorStatus.WITHDRAWN])
def test_withdrawing_and_merging_are_no_decisions(people, outcome):
    with pytest.raises(ChoiceUnknown):
        decide(people, outcome)


@pytest.mark.parametrize("reason", ["", " ", "\u200b\n"])
def test_a_decision_needs_a_reason_that_can_be_read(people, reason):
    with pytest.raises(TextMissing):
        decide(people, ADOPTED, reason)
    assert people(factors.show, people.first).status is OPEN


def test_a_reason_is_kept_short_and_without_identity_numbers(people):
    assert decide(people, ADOPTED, "Ask 121212-1212!").reason == "Ask ••••••-••••!"
    assert len(decide(people, DECLINED, "x" * 4000).reason) == REASON_LIMIT


def test_only_coordinators_decide_and_only_on_what_is_theirs(people):
    for work in (
        lambda who: decide(people, ADOPTED, person=who),
        lambda who: people(outcomes.to_decide, people.first, by=who),
    ):
        for who in (FOLLOWER, somebody(ANNA)):
            with pytest.raises(CoordinatorsOnly):
                work(who)
    people.set_up(ELSEWHERE)
    with pytest.raises(FactorNotFound):
        decide(people, ADOPTED, programme=ELSEWHERE)


def test_what_is_merged_is_not_decided_on(people):
    other = people.factor(BO, track="all").id
    change(people, status=FactorStatus.MERGED, merged_into_id=other, root_id=other)
    for attempt in (
        lambda: decide(people, ADOPTED),
        lambda: people(outcomes.to_decide, people.first, by=MANAGER),
        lambda: withdraw(people, somebody(ANNA)),
    ):
        with pytest.raises(FactorMerged):
            attempt()


def test_the_journal_tells_that_it_was_decided_and_not_what_was_written(people):
    decide(people, ADOPTED, "A secret reason.")
    [entry] = [entry for entry in people.journal() if entry.kind == "factor.decided"]
    assert (entry.who, entry.subject_id) == (MANAGER.id, people.first)
    assert (entry.data["before"], entry.data["after"]) == ("open", "adopted")
    assert "secret" not in str(entry.data)


# --- withdrawing


def test_its_proposer_and_coordinators_take_a_factor_back_and_nobody_else(people):
    with pytest.raises(NotTheProposer):
        withdraw(people, somebody(BO))
    done = withdraw(people, somebody(ANNA))
    assert (done.status, done.reason) == (FactorStatus.WITHDRAWN, "We have thought again.")
    with pytest.raises(FactorWithdrawn):
        withdraw(people, somebody(ANNA))
    decide(people, OPEN)
    assert withdraw(people, MANAGER).status is FactorStatus.WITHDRAWN


def test_what_is_decided_is_not_taken_back(people):
    decide(people, ADOPTED)
    with pytest.raises(FactorAdopted):
        withdraw(people, somebody(ANNA))


# --- who is told


def to_tell(world, *but):
    return world(proposers.proposer, world.first, but=but)


@pytest.mark.parametrize("reach", Reach)
def test_its_proposer_is_told_in_the_way_they_chose(people, reach):
    assert to_tell(people) == Proposer(ANNA, Reach.DIRECT), "unless they chose otherwise"
    people(notify.change, ANNA, reach=reach)
    assert to_tell(people) == Proposer(ANNA, reach)


def test_whoever_knows_already_is_not_told(people):
    assert to_tell(people, ANNA) is None
    assert to_tell(people, BO, 0) == Proposer(ANNA, Reach.DIRECT)


def test_whoever_has_left_their_organisation_is_told_and_who_left_the_server_is_not(people):
    people.leave(ANNA)
    assert to_tell(people) == Proposer(ANNA, Reach.DIRECT)
    people(presence.gone, [ANNA])
    assert to_tell(people) is None


def test_nobody_is_told_of_whoever_was_erased(people):
    people(steps.erase, ANNA)
    assert to_tell(people) is None


def test_nobody_is_told_where_a_coordinator_entered_it(people):
    change(people, on_behalf=True)
    assert to_tell(people) is None
    change(people, participant_id=None)
    assert to_tell(people) is None


def test_whoever_keeps_their_name_off_the_card_is_not_to_be_mentioned(people):
    people(notify.change, ANNA, reach=Reach.MENTION)
    draft = people.draft(ANNA, title="Something else", how="We asked everyone, one by one.")
    person = somebody(ANNA)
    people(drafts.add_details, draft.id, DraftDetails(discreet=True), by=person)
    people.first = people(factors.publish, draft.id, by=person).id
    assert to_tell(people) == Proposer(ANNA, Reach.DIRECT)
    people(notify.change, ANNA, reach=Reach.NOTHING)
    assert to_tell(people) == Proposer(ANNA, Reach.NOTHING)


def test_a_factor_of_another_server_tells_of_nobody(people):
    people.set_up(ELSEWHERE)
    with pytest.raises(FactorNotFound):
        people(proposers.proposer, people.first, programme=ELSEWHERE)
