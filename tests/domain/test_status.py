"""How a programme is, and what hangs on its places."""

import pytest

from bot.domain.factors import factors, votes
from bot.domain.kit.errors import CoordinatorsOnly, NotSetUp, TimezoneUnknown
from bot.domain.members import participants, roles
from bot.domain.membership import presence
from bot.domain.programme import programmes, status
from storage.enums import Choice, Language, PlaceKind, Preset
from tests.domain.conftest import ELSEWHERE, FOLLOWER, MANAGER, NOW, SCHOOL

ANNA = 31


def slot(world, key: str):
    return next(slot for slot in world(programmes.view).slots if slot.key == key)


def test_it_counts_organisations_participants_and_cards_that_are_missing(trial):
    trial.join(ANNA, trial.goteborg)
    trial.factor(ANNA)
    found = trial(status.status, by=MANAGER)
    assert (found.organisations, found.empty) == (3, 2)
    assert (found.participants, found.cardless) == (1, 1)
    trial(presence.gone, [ANNA])
    assert trial(status.status, by=MANAGER).participants == 0


@pytest.mark.parametrize("work", [status.status, status.need_to_repair])
def test_it_is_for_coordinators_of_a_programme(trial, work):
    with pytest.raises(CoordinatorsOnly):
        trial(work, by=FOLLOWER)
    with pytest.raises(NotSetUp):
        trial(work, by=MANAGER, programme=ELSEWHERE)


def test_what_coordinators_were_told_is_remembered_until_it_changes(trial):
    assert trial(status.known_troubles) == frozenset()
    before = len(trial.journal())
    for marks in ({"missing:forum:"}, ["missing:forum:"], (), ()):
        trial(status.note_troubles, marks)
        assert trial(status.known_troubles) == frozenset(marks)
    assert len(trial.journal()) == before + 2
    trial.set_up(ELSEWHERE)
    trial(status.note_troubles, {"missing:home:"}, programme=ELSEWHERE)
    assert trial(status.known_troubles) == frozenset()


def test_a_channel_that_is_made_again_waits_for_the_cards_that_stood_in_it(trial):
    trial.join(ANNA, trial.goteborg)
    factor = trial.factor(ANNA)
    trial(votes.vote, factor.id, ANNA, Choice.SUPPORT)
    place = slot(trial, f"factors:{factor.track.id}")
    trial(programmes.fill, place, 700)
    where = {"channel_id": 700, "message_id": 701, "thread_id": 702, "now": NOW}
    trial(factors.posted, factor.id, **where)
    trial(programmes.fill, place, 700)
    assert trial(status.cardless) == []
    trial(programmes.fill, place, 800)
    assert trial(status.cardless) == [factor.id]
    again = trial(factors.show, factor.id)
    assert (again.message_id, again.thread_id, again.tally.support) == (None, None, 1)


def test_a_role_that_is_made_again_is_due_to_its_participants_alone(trial):
    trial.join(ANNA, trial.goteborg)
    trial.join(ANNA + 1, trial.vara)
    for member in trial(roles.roles_due):
        trial(roles.roles_done, member, trial(roles.roles_wanted, member))
    school = next(t for t in trial(participants.need, ANNA).tracks if t.name == SCHOOL)
    place = slot(trial, f"role:{school.id}")
    trial(programmes.fill, place, 700)
    assert trial(roles.roles_due) == []
    trial(programmes.fill, place, 800)
    assert trial(roles.roles_due) == [ANNA]


def test_the_home_card_has_its_place_after_everything_else(trial):
    last = trial(programmes.view).slots[-1]
    assert (last.key, last.kind, last.parent) == ("home", PlaceKind.MESSAGE, "start")


def plan(world, person=MANAGER, **more):
    asked = {"preset": Preset.LEDA, "language": None, "timezone": None, **more}
    return world(programmes.plan, by=person, **asked)


def test_a_plan_shows_what_setup_will_make_and_makes_nothing(world):
    planned = plan(world, spoken=Language.SV)
    with pytest.raises(NotSetUp):
        world(programmes.view)
    made = world.set_up(language=None, timezone=None, spoken=Language.SV)
    assert [(s.kind, s.name) for s in planned] == [(s.kind, s.name) for s in made.slots]
    assert plan(world, preset=Preset.EMPTY) == made.slots


def test_a_plan_is_refused_where_setup_would_be(world):
    with pytest.raises(TimezoneUnknown):
        plan(world, timezone="Europe/Atlantis")
    world.set_up(preset=Preset.EMPTY)
    assert len(plan(world)) > len(world(programmes.view).slots)
