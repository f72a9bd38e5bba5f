"""Who is in the server: votes of those who left do not count, until they are back."""

from datetime import timedelta

from bot.domain.factors import factors, votes
from bot.domain.factors import presence as members
from bot.domain.members import participants, roles
from bot.domain.membership import presence
from bot.domain.membership.presence import Vacancies
from bot.domain.programme import programmes
from storage.enums import Choice
from storage.organisations.organisations import Organisation
from tests.domain.conftest import CARE, ELSEWHERE, HERE, NOW

ANNA, BO, CIA = 10**18 + 1, 10**18 + 2, 10**18 + 3
LATER, LATER_STILL = NOW + timedelta(days=1), NOW + timedelta(days=2)


def contact(world, organisation, member):
    def choose(session):
        session.get(Organisation, organisation).contact_id = member

    world(choose)


def vacancies(world, now, programme=HERE):
    """What coordinators are told."""
    found = world(presence.vacancies, programme=programme, now=now)
    if found != Vacancies():
        world(presence.vacancies_told, programme=programme, now=now)
    return found


def test_votes_of_those_who_left_do_not_count_until_they_are_back(trial):
    trial.join(ANNA, trial.vara)
    factor = trial.factor(ANNA)
    trial(votes.vote, factor.id, ANNA, Choice.SUPPORT)
    trial(presence.gone, [ANNA], now=LATER)
    assert trial(factors.show, factor.id).tally.support == 0
    trial(presence.back, [ANNA], now=LATER_STILL)
    assert trial(factors.show, factor.id).tally.support == 1


def test_whoever_is_back_gets_their_roles_again(trial):
    trial.join(ANNA, trial.vara)
    trial(presence.gone, [ANNA])
    assert trial(roles.roles_due) == []
    trial(presence.back, [ANNA])
    assert trial(roles.roles_due) == [ANNA]


def test_roles_stay_due_where_others_are_wanted_meanwhile(trial):
    trial.join(ANNA, trial.vara)
    track = next(iter(trial(participants.need, ANNA).tracks))
    wanted = trial(roles.roles_wanted, ANNA)
    slot = next(s for s in trial(programmes.view).slots if s.key == f"role:{track.id}")
    trial(programmes.fill, slot, 700)
    trial(roles.roles_done, ANNA, wanted)
    assert trial(roles.roles_due) == [ANNA]
    trial(roles.roles_done, ANNA, trial(roles.roles_wanted, ANNA))
    assert trial(roles.roles_due) == []


def test_whoever_votes_is_here_whatever_was_known(trial):
    trial.join(ANNA, trial.vara)
    factor = trial.factor(ANNA)
    trial(presence.gone, [ANNA])
    after = trial(votes.vote, factor.id, ANNA, Choice.SUPPORT, now=LATER)
    assert after.tally.support == 1
    assert trial(roles.known).here == {ANNA}


def test_whoever_publishes_or_joins_is_here_whatever_was_known(trial):
    trial.join(ANNA, trial.vara)
    trial(presence.gone, [ANNA])
    trial.factor(ANNA)
    assert trial(roles.known).here == {ANNA}
    trial(presence.gone, [ANNA])
    trial.join(ANNA, trial.goteborg)
    assert trial(roles.known).here == {ANNA}


def test_going_and_coming_back_are_noted_once_each(trial):
    trial.join(ANNA, trial.vara)
    for _ in range(2):
        trial(presence.gone, [ANNA])
    for _ in range(2):
        trial(members.seen, ANNA, now=LATER)
    kinds = [(entry.kind, entry.subject_id) for entry in trial.journal()][-2:]
    assert kinds == [("member.gone", ANNA), ("member.back", ANNA)]
    assert [entry.kind for entry in trial.journal()].count("member.gone") == 1


def test_known_are_those_who_take_part_now(trial):
    trial.join(ANNA, trial.vara)
    trial.join(BO, trial.vara)
    trial.join(CIA, trial.vara)
    trial.leave(BO)
    trial(presence.gone, [CIA])
    known = trial(roles.known)
    assert (known.here, known.away) == ({ANNA}, {CIA})


def test_the_same_person_may_be_gone_from_one_server_and_take_part_in_another(trial):
    trial.set_up(ELSEWHERE)
    there = trial.organisation("Vara kommun", CARE, programme=ELSEWHERE)
    trial.join(ANNA, trial.vara)
    trial.join(ANNA, there, programme=ELSEWHERE)
    trial(presence.gone, [ANNA])
    assert trial(roles.known, programme=ELSEWHERE).here == {ANNA}
    trial(members.seen, ANNA, programme=ELSEWHERE)
    assert trial(roles.known).away == {ANNA}


def test_an_organisation_that_lost_everyone_is_told_once(trial):
    trial.join(ANNA, trial.vara)
    trial.join(BO, trial.vara)
    trial.leave(BO, NOW)
    assert vacancies(trial, NOW) == Vacancies()
    trial(presence.gone, [ANNA], now=LATER)
    assert vacancies(trial, LATER).nobody == ("Vara kommun",)
    assert vacancies(trial, LATER_STILL) == Vacancies()


def test_what_nobody_heard_is_told_at_the_next_look(trial):
    trial.join(ANNA, trial.vara)
    trial.leave(ANNA, NOW)
    for now in (NOW, LATER, LATER_STILL):  # the message could not be sent
        assert trial(presence.vacancies, now=now).nobody == ("Vara kommun",)


def test_it_is_told_again_when_it_happens_again(trial):
    trial.join(ANNA, trial.vara)
    trial.leave(ANNA, NOW)
    assert vacancies(trial, NOW).nobody == ("Vara kommun",)
    trial.join(ANNA, trial.vara, LATER)
    assert vacancies(trial, LATER) == Vacancies()
    trial.leave(ANNA, LATER_STILL)
    assert vacancies(trial, LATER_STILL).nobody == ("Vara kommun",)


def test_a_contact_person_who_left_is_told_once_though_others_are_there(trial):
    for member in (ANNA, BO):
        trial.join(member, trial.vara)
    contact(trial, trial.vara, ANNA)
    assert vacancies(trial, NOW) == Vacancies()
    trial(presence.gone, [ANNA], now=LATER)
    assert vacancies(trial, LATER) == Vacancies(no_contact=("Vara kommun",))
    assert vacancies(trial, LATER_STILL) == Vacancies()


def test_an_organisation_that_nobody_joined_has_lost_nobody(trial):
    contact(trial, trial.vara, ANNA)
    assert vacancies(trial, NOW) == Vacancies()
