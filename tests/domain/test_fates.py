"""What became of what somebody gave: a line a thing, from the journal."""

from datetime import timedelta

import pytest

from bot.domain.factors import edits, experiences, merging, outcomes, votes
from bot.domain.factors.wording import FactorText
from bot.domain.fates import fates
from bot.domain.fates.fates import FateKind, Gift
from bot.domain.members.errors import NotAParticipant
from storage.enums import Choice, ExperienceStance, FactorStatus
from tests.domain.conftest import MANAGER, NOW, somebody
from tests.domain.scenes import scene

ANNA, BO, CILLA = 11, 13, 14
HOUR = timedelta(hours=1)
NEW = FactorText("Try it small", "Something else altogether, on which nobody has voted so far.")


@scene
def people(trial):
    """Anna of Göteborg (school), Bo of Vara (care), Cilla of Västerås (both)."""
    for member, organisation in ((ANNA, "goteborg"), (BO, "vara"), (CILLA, "vasteras")):
        trial.join(member, getattr(trial, organisation))
    return trial


def of(world, member, now=NOW + 9 * HOUR, **more):
    found = world(fates.mine, by=somebody(member), now=now, **more)
    return [(each.gift, each.became, each.factor.title) for each in found]


def decide(world, factor, status, now=NOW + 2 * HOUR):
    world(outcomes.decide, factor.id, status, "Good.", by=MANAGER, now=now)


def test_the_proposer_hears_what_was_decided_and_as_it_stands_now(people):
    one = people.factor(ANNA, title="One")
    assert of(people, ANNA) == []
    decide(people, one, FactorStatus.ADOPTED)
    assert of(people, ANNA) == [(Gift.FACTOR, FateKind.ADOPTED, "One")]
    decide(people, one, FactorStatus.OPEN, NOW + 3 * HOUR)
    assert of(people, ANNA) == [], "reopened: nothing has become of it yet"
    decide(people, one, FactorStatus.DECLINED, NOW + 4 * HOUR)
    assert of(people, ANNA) == [(Gift.FACTOR, FateKind.DECLINED, "One")]


def test_a_merge_is_told_to_whoever_proposed_what_was_merged(people):
    one, two = people.factor(ANNA, title="One"), people.factor(CILLA, title="Two")
    people(merging.merge, one.id, two.id, "The same.", by=MANAGER, now=NOW + HOUR)
    assert of(people, ANNA) == [(Gift.FACTOR, FateKind.MERGED, "One")]
    assert of(people, CILLA) == []


def test_an_objector_is_asked_whether_a_changed_text_is_right_now(people):
    one = people.factor(CILLA, title="One")
    people(votes.vote, one.id, ANNA, Choice.OBJECT, reason="Too early.", now=NOW + HOUR)
    people(edits.edit, one.id, NEW, small=False, by=MANAGER, now=NOW + 2 * HOUR)
    assert of(people, ANNA) == [(Gift.OBJECTION, FateKind.CHANGED, NEW.title)]
    assert of(people, CILLA) == []


def test_what_happened_before_somebody_objected_is_no_fate_of_the_objection(people):
    one = people.factor(CILLA, title="One")
    people(edits.edit, one.id, NEW, small=False, by=MANAGER, now=NOW + HOUR)
    people(votes.vote, one.id, ANNA, Choice.OBJECT, reason="Too early.", now=NOW + 2 * HOUR)
    assert of(people, ANNA) == []


def test_whoever_told_an_experience_hears_of_the_decision(people):
    one = people.factor(CILLA, title="One")
    people(experiences.tell, one.id, ExperienceStance.DONE, "", by=somebody(ANNA), now=NOW + HOUR)
    decide(people, one, FactorStatus.ADOPTED)
    assert of(people, ANNA) == [(Gift.EXPERIENCE, FateKind.ADOPTED, "One")]


def test_shared_ground_is_told_while_it_stands(people):
    one = people.factor(ANNA, title="One")
    for member in (ANNA, CILLA):
        people(votes.vote, one.id, member, Choice.SUPPORT, now=NOW + HOUR)
    assert of(people, ANNA) == [(Gift.FACTOR, FateKind.SHARED, "One")]
    people(votes.vote, one.id, CILLA, Choice.UNSURE, now=NOW + 2 * HOUR)
    assert of(people, ANNA) == []


def test_only_what_happened_since_is_told_in_a_list(people):
    one = people.factor(ANNA, title="One")
    decide(people, one, FactorStatus.ADOPTED)
    assert of(people, ANNA, after=NOW + 3 * HOUR) == []


def test_it_is_for_participants(people):
    with pytest.raises(NotAParticipant):
        of(people, 99)
