"""Experiences: one statement an organisation, earlier ones kept, its contact person behind it."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.domain.factors import experiences, factors, merging, outcomes
from bot.domain.factors.errors import (
    ExperienceNotFound,
    FactorMerged,
    FactorNotFound,
    FactorWithdrawn,
)
from bot.domain.kit.errors import CoordinatorsOnly, NotYours
from bot.domain.members import participants
from bot.domain.members.errors import NotAParticipant
from bot.domain.membership import organisation_changes
from bot.domain.needs import needs
from bot.domain.organisations.errors import OrganisationUnknown
from storage.enums import ExperienceStance, FactorStatus
from storage.factors.experiences import Experience
from tests.domain.conftest import ELSEWHERE, FOLLOWER, HERE, MANAGER, NOW, somebody
from tests.domain.scenes import scene

ANNA, AXEL, BO, CILLA = 11, 12, 13, 14
DONE, TRIED, NEW = ExperienceStance.DONE, ExperienceStance.TRIED, ExperienceStance.NEW
MINUTE = timedelta(minutes=1)


@scene
def people(trial):
    """Anna and Axel of Göteborg, for which Anna answers; Bo of Vara; Cilla of Västerås."""
    trial.join(ANNA, trial.goteborg)
    trial.join(AXEL, trial.goteborg)
    trial.join(BO, trial.vara)
    trial.join(CILLA, trial.vasteras)
    answers_for(trial, trial.goteborg, ANNA)
    trial.about = trial.factor(CILLA, track="all").id
    return trial


def answers_for(world, organisation, member):
    world(organisation_changes.set_contact, str(organisation), member, by=MANAGER)


def tell(world, who, stance=DONE, how="It went well.", *, about=None, now=NOW, behalf=""):
    person = somebody(who) if isinstance(who, int) else who
    about = about or world.about
    return world(experiences.tell, about, stance, how, behalf=behalf, by=person, now=now)


def confirm(world, who, experience_id, programme=HERE):
    person = somebody(who) if isinstance(who, int) else who
    return world(experiences.confirm, experience_id, by=person, programme=programme)


def counted(world, about=None):
    return dict(world(factors.show, about or world.about).experiences)


def told_of(world, about=None):
    found = world(experiences.of_factor, about or world.about)
    return [(each.organisation, each.how) for each in found]


def waiting(world, who):
    return [each.id for each in world(needs.of, by=somebody(who)).experiences.shown]


def rows(world):
    return world(lambda session: session.exec(select(Experience).order_by(Experience.id)).all())


def merge(world, one, into):
    world(merging.merge, one, into, "The same.", by=MANAGER)


# --- telling


def test_what_somebody_tells_is_their_organisations_and_counts_on_the_card(people):
    told = tell(people, BO, TRIED, "It stopped when the money did.")
    assert (told.experience.organisation, told.experience.stance) == ("Vara kommun", TRIED)
    assert told.experience.how == "It stopped when the money did."
    assert (told.experience.member_id, told.experience.on_behalf) == (BO, False)
    assert told.factor.experiences == counted(people) == {TRIED: 1}


def test_how_may_be_empty_and_is_kept_clean_and_without_identity_numbers(people):
    assert tell(people, BO, NEW, " \u200b ").experience.how == ""
    assert tell(people, BO, NEW, " Ask 121212-1212. ").experience.how == "Ask ••••••-••••."
    assert len(tell(people, BO, NEW, "x" * 4000).experience.how) == experiences.HOW_LIMIT


def test_a_new_statement_takes_the_place_of_the_one_before_which_is_kept(people):
    tell(people, ANNA, TRIED, "Not yet.")
    tell(people, AXEL, DONE, "Now it works.", now=NOW + MINUTE)
    assert counted(people) == {DONE: 1}
    assert told_of(people) == [("Göteborgs stad", "Now it works.")]
    assert [(row.how, row.current) for row in rows(people)] == [
        ("Not yet.", False),
        ("Now it works.", True),
    ]


def test_each_organisation_has_its_own_newest_first(people):
    tell(people, ANNA, DONE, "Ours.")
    tell(people, BO, TRIED, "Theirs.", now=NOW + MINUTE)
    assert told_of(people) == [("Vara kommun", "Theirs."), ("Göteborgs stad", "Ours.")]
    assert counted(people) == {DONE: 1, TRIED: 1}


def test_who_moves_on_leaves_the_statement_with_the_organisation(people):
    tell(people, BO, DONE, "Ours.")
    people.join(BO, people.goteborg)
    assert told_of(people) == [("Vara kommun", "Ours.")]
    tell(people, BO, NEW, "Not here.", now=NOW + MINUTE)
    assert counted(people) == {DONE: 1, NEW: 1}


def test_the_form_begins_with_what_the_organisation_says_now(people):
    assert people(experiences.form, people.about, by=somebody(AXEL)).standing is None
    told = tell(people, ANNA, DONE, "Ours.")
    form = people(experiences.form, people.about, by=somebody(AXEL))
    assert (form.organisation, form.standing) == ("Göteborgs stad", told.experience)


def test_only_participants_tell(people):
    with pytest.raises(NotAParticipant):
        tell(people, FOLLOWER)
    with pytest.raises(NotAParticipant):
        people(experiences.form, people.about, by=FOLLOWER)
    assert rows(people) == []


# --- on behalf


def test_a_coordinator_tells_on_behalf_of_an_organisation_and_nobody_has_to_confirm_it(people):
    told = tell(people, MANAGER, DONE, "They rang me.", behalf="Göteborgs stad")
    assert (told.experience.organisation, told.experience.on_behalf) == ("Göteborgs stad", True)
    assert (told.experience.member_id, told.contact_id) == (0, None)
    assert waiting(people, ANNA) == []


def test_nobody_else_tells_on_behalf_of_an_organisation_not_even_their_own(people):
    for name in ("Vara kommun", "Göteborgs stad"):
        with pytest.raises(CoordinatorsOnly):
            tell(people, ANNA, behalf=name)
    with pytest.raises(OrganisationUnknown):
        tell(people, MANAGER, behalf="Zzz")
    assert rows(people) == []


# --- confirming


def test_what_a_colleague_tells_waits_for_the_contact_person(people):
    told = tell(people, AXEL)
    assert (told.experience.confirmed, told.contact_id) == (False, ANNA)
    assert waiting(people, ANNA) == [told.experience.id]
    assert waiting(people, AXEL) == waiting(people, BO) == []


def test_what_the_contact_person_tells_needs_no_confirmation(people):
    told = tell(people, ANNA)
    assert (told.experience.confirmed, told.contact_id) == (True, None)
    assert waiting(people, ANNA) == []


def test_without_a_contact_person_nobody_is_waited_for(people):
    assert tell(people, BO).contact_id is None


def test_the_contact_person_and_coordinators_confirm_and_others_are_refused(people):
    for who in (ANNA, MANAGER):
        told = tell(people, AXEL).experience
        for other in (AXEL, BO, FOLLOWER):
            with pytest.raises(NotYours) as refused:
                confirm(people, other, told.id)
            assert refused.value.values == {"organisation": "Göteborgs stad"}
        assert confirm(people, who, told.id).experience.confirmed
        assert waiting(people, ANNA) == []


def test_confirming_twice_notes_it_once(people):
    told = tell(people, AXEL).experience
    assert confirm(people, ANNA, told.id).experience == confirm(people, ANNA, told.id).experience
    kinds = [entry.kind for entry in people.journal()]
    assert kinds.count("experience.confirmed") == 1


def test_replacing_it_takes_a_statement_off_the_contact_persons_list(people):
    first = tell(people, AXEL).experience
    tell(people, ANNA, TRIED, "Not quite.", now=NOW + MINUTE)
    assert waiting(people, ANNA) == []
    with pytest.raises(ExperienceNotFound):
        confirm(people, ANNA, first.id)


def test_whoever_answers_now_is_asked(people):
    told = tell(people, AXEL).experience
    answers_for(people, people.goteborg, AXEL)
    assert (waiting(people, ANNA), waiting(people, AXEL)) == ([], [told.id])


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_contact_person_who_has_left_answers_for_the_organisation_no_more(people, elsewhere):
    told = tell(people, AXEL).experience
    people.leave(ANNA)
    if elsewhere:
        people.join(ANNA, people.vara)
        assert waiting(people, ANNA) == []
    with pytest.raises(NotYours):
        confirm(people, ANNA, told.id)
    assert tell(people, AXEL, now=NOW + MINUTE).contact_id is None


def test_statements_wait_oldest_first_and_not_those_about_withdrawn_factors(people):
    other = people.factor(CILLA, title="Another", track="all").id
    gone = people.factor(CILLA, title="Gone", track="all").id
    ids = [tell(people, AXEL, about=about).experience.id for about in (other, people.about, gone)]
    people(outcomes.withdraw, gone, "No.", by=somebody(CILLA))
    assert waiting(people, ANNA) == ids[:2]


# --- merged and closed factors


def test_of_merged_factors_each_organisations_newest_counts_once(people):
    other = people.factor(CILLA, title="Another", track="all").id
    tell(people, ANNA, TRIED, "Older.")
    tell(people, ANNA, DONE, "Newer.", about=other, now=NOW + MINUTE)
    tell(people, BO, NEW, "Vara's.", about=other)
    merge(people, other, people.about)
    assert counted(people) == {DONE: 1, NEW: 1}
    assert told_of(people) == [("Göteborgs stad", "Newer."), ("Vara kommun", "Vara's.")]
    tell(people, ANNA, NEW, "Newest.", now=NOW + 2 * MINUTE)
    assert counted(people) == {NEW: 2}


def test_parted_again_each_factor_has_its_own_statements(people):
    other = people.factor(CILLA, title="Another", track="all").id
    tell(people, ANNA, TRIED, "Here.")
    tell(people, ANNA, DONE, "There.", about=other, now=NOW + MINUTE)
    merge(people, other, people.about)
    people(merging.unmerge, other, by=MANAGER)
    assert (counted(people), counted(people, other)) == ({TRIED: 1}, {DONE: 1})


def test_merged_and_withdrawn_factors_take_no_more_statements(people):
    other = people.factor(CILLA, title="Another", track="all").id
    merge(people, other, people.about)
    with pytest.raises(FactorMerged):
        tell(people, BO, about=other)
    people(outcomes.withdraw, people.about, "No.", by=somebody(CILLA))
    with pytest.raises(FactorWithdrawn):
        tell(people, BO)
    with pytest.raises(FactorWithdrawn):
        people(experiences.form, people.about, by=somebody(BO))


@pytest.mark.parametrize("outcome", [FactorStatus.ADOPTED, FactorStatus.DECLINED])
def test_decided_factors_go_on_gathering_experience(people, outcome):
    people(outcomes.decide, people.about, outcome, "So it is.", by=MANAGER)
    assert tell(people, BO).factor.experiences == {DONE: 1}


# --- other servers


def test_factors_and_statements_of_another_server_are_not_found(people):
    told = tell(people, AXEL).experience
    people.set_up(ELSEWHERE)
    theirs = people.organisation("Vara kommun", "health", programme=ELSEWHERE)
    people.join(ANNA, theirs, programme=ELSEWHERE)
    anna = {"by": somebody(ANNA), "programme": ELSEWHERE}
    with pytest.raises(FactorNotFound):
        people(experiences.tell, people.about, DONE, "", **anna)
    with pytest.raises(FactorNotFound):
        people(experiences.form, people.about, **anna)
    with pytest.raises(FactorNotFound):
        people(experiences.of_factor, people.about, programme=ELSEWHERE)
    for who in (ANNA, MANAGER):
        with pytest.raises(ExperienceNotFound):
            confirm(people, who, told.id, programme=ELSEWHERE)
    assert people(experiences.to_confirm, ANNA, programme=ELSEWHERE) == []
    assert people(participants.need, ANNA).organisation == "Göteborgs stad"


def test_the_journal_tells_the_stance_and_nothing_of_what_was_written(people):
    told = tell(people, AXEL, TRIED, "Secret how").experience
    confirm(people, ANNA, told.id)
    entries = people.journal()[-2:]
    assert [(entry.kind, entry.who, entry.subject_id) for entry in entries] == [
        ("experience.told", AXEL, told.id),
        ("experience.confirmed", ANNA, told.id),
    ]
    wanted = {"factor": people.about, "organisation": people.goteborg, "stance": "tried"}
    assert entries[0].data == wanted
    assert "Secret" not in str([entry.data for entry in people.journal()])
