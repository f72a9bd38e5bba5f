"""Drafts that coordinators write on behalf of organisations that cannot use Discord."""

import pytest

from bot.domain.factors import drafts, factors
from bot.domain.factors.drafts import Written
from bot.domain.factors.errors import DraftUnfinished
from bot.domain.kit.errors import CoordinatorsOnly
from bot.domain.membership import organisation_changes
from bot.domain.organisations.errors import OrganisationUnknown
from storage.enums import FactorKind
from tests.domain.conftest import CARE, ELSEWHERE, HOW, MANAGER, NOW, somebody
from tests.domain.scenes import scene

ANNA = 11


@scene
def anna(trial):
    """Anna of Västerås, who coordinates nothing."""
    trial.join(ANNA, trial.vasteras)
    return trial


def behalf(world, organisation, person=MANAGER, draft_id=0, **said):
    written = Written(**{"title": "For them", "kind": FactorKind.PROMOTING, "how": HOW, **said})
    more = {"draft_id": draft_id, "organisation_id": organisation, "now": NOW}
    return world(drafts.save, written, by=person, **more)


def begin_for(world, said, person=MANAGER):
    return world(drafts.start, behalf=said, by=person)


def test_a_coordinator_of_no_organisation_writes_for_one(trial):
    begin = begin_for(trial, "vara kommun")
    assert (begin.organisation_id, begin.organisation) == (trial.vara, "Vara kommun")
    assert [track.name for track in begin.tracks] == [CARE]
    draft = behalf(trial, trial.vara)
    assert (draft.organisation, draft.on_behalf, draft.problems) == ("Vara kommun", True, ())
    factor = trial(factors.publish, draft.id, by=MANAGER)
    assert (factor.organisation, factor.on_behalf, factor.proposer_id) == ("Vara kommun", True, 0)


def test_a_draft_on_behalf_waits_for_its_organisation_alone(trial):
    trial.join(MANAGER.id, trial.vasteras)
    draft = behalf(trial, trial.vara)
    assert begin_for(trial, "Vara kommun").draft.id == draft.id
    assert begin_for(trial, "Göteborgs stad").draft is None
    assert trial(drafts.start, by=MANAGER).draft is None


def test_only_coordinators_begin_for_others_and_publish_for_them(anna):
    with pytest.raises(CoordinatorsOnly):
        begin_for(anna, "Vara kommun", somebody(ANNA))
    draft = behalf(anna, anna.vara, somebody(ANNA))
    assert draft.problems == ("error.coordinators_only",)
    with pytest.raises(DraftUnfinished):
        anna(factors.publish, draft.id, by=somebody(ANNA))


def test_an_organisation_of_another_server_is_not_found(anna):
    anna.set_up(ELSEWHERE)
    theirs = anna.organisation("Borta kommun", "health", programme=ELSEWHERE)
    for organisation in (theirs, 4711):
        with pytest.raises(OrganisationUnknown):
            behalf(anna, organisation)


def test_an_organisation_that_is_removed_meanwhile_loses_nothing_that_was_typed(trial):
    trial(organisation_changes.remove, str(trial.vara), by=MANAGER)
    draft = behalf(trial, trial.vara)
    assert (draft.title, draft.problems) == ("For them", ("draft.problem.track",))
