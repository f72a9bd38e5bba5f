"""What somebody is to a programme decides what help they are given."""

from bot.domain.kit.people import COORDINATORS_ROLE
from bot.domain.members.participants import MemberStanding, standing_of
from storage.desk import Person
from storage.enums import PlaceKind
from storage.kit import programmes
from storage.organisations.organisations import Organisation
from tests.domain.conftest import ELSEWHERE, FOLLOWER, MANAGER

ROLE = 10**18


def test_a_server_without_a_programme_can_be_set_up_by_its_managers(world):
    assert world(standing_of, by=MANAGER) == MemberStanding(set_up=False, manages_server=True)
    assert world(standing_of, by=FOLLOWER) == MemberStanding(set_up=False, manages_server=False)


def test_whoever_takes_part_in_nothing_follows_along(trial):
    standing = trial(standing_of, by=FOLLOWER)
    assert standing == MemberStanding(set_up=True, manages_server=False)


def test_a_participant_has_an_organisation_and_its_tracks(trial):
    trial.join(FOLLOWER.id, trial.vasteras)
    participant = trial(standing_of, by=FOLLOWER).participant
    assert participant.organisation == "Västerås stad"
    assert len(participant.tracks) == 2


def test_a_contact_person_answers_for_organisations_that_take_part_here(trial):
    trial.set_up(ELSEWHERE)

    def answer(session):
        session.get(Organisation, trial.vara).contact_id = FOLLOWER.id

    trial(answer)
    assert trial(standing_of, by=FOLLOWER).answers_for == (), "not before they are with it"
    trial.join(FOLLOWER.id, trial.vara)
    assert trial(standing_of, by=FOLLOWER).answers_for == ("Vara kommun",)
    assert trial(standing_of, by=FOLLOWER, programme=ELSEWHERE).answers_for == ()


def test_the_role_or_managing_the_server_makes_a_coordinator(trial):
    trial(programmes.keep_place, COORDINATORS_ROLE, PlaceKind.ROLE, ROLE)
    by_role = trial(standing_of, by=Person(5, frozenset({ROLE}), manages_server=False))
    assert (by_role.coordinator, by_role.manages_server) == (True, False)
    assert trial(standing_of, by=MANAGER).coordinator
    assert not trial(standing_of, by=FOLLOWER).coordinator
