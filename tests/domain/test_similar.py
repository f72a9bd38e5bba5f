"""Factors like a draft: those that say the same, and supporting one instead of publishing."""

from datetime import timedelta

import pytest

from bot.domain.factors import drafts, edits, finding, outcomes, similar, votes
from bot.domain.factors.drafts import Written
from bot.domain.factors.errors import DraftGone, FactorNotFound
from bot.domain.factors.votes import Ballot
from bot.domain.factors.wording import FactorText
from bot.domain.members.errors import NotAParticipant, OtherTrack
from bot.domain.tracks import tracks
from storage.enums import Choice, FactorKind, FactorStatus
from tests.domain.conftest import ELSEWHERE, HERE, HOW, MANAGER, NOW, somebody
from tests.domain.scenes import scene

ANNA, BO, CILLA = 11, 12, 13
SMALL = {"title": "Prova smått innan ni bestämmer", "how": "Två enheter provade i fyra veckor."}


@scene
def people(trial):
    """Anna of Göteborg (school), Bo of Vara (care), Cilla of Västerås (both)."""
    for member, organisation in ((ANNA, trial.goteborg), (BO, trial.vara), (CILLA, trial.vasteras)):
        trial.join(member, organisation)
    trial.school, trial.care = trial(tracks.all_of)
    return trial


def like(world, draft, member=ANNA, programme=HERE):
    found = world(similar.to_draft, draft.id, by=somebody(member), programme=programme)
    return [(each.factor.id, each.may_support) for each in found]


def support(world, factor_id, member=ANNA, now=NOW, programme=HERE):
    return world(similar.support, factor_id, member, programme=programme, now=now)


def ballot(world, factor_id, member=ANNA):
    return world(votes.ballot, factor_id, member)


def test_what_was_published_is_found_by_the_next_who_would_say_it(people):
    factor = people.factor(CILLA, **SMALL)
    assert like(people, people.draft(ANNA, **SMALL)) == [(factor.id, True)]
    assert like(people, people.draft(ANNA, title="Fråga natten", how="Chefen ringer dem.")) == []


def test_what_was_edited_is_found_by_its_text_of_now(people):
    factor = people.factor(CILLA, title="Fråga natten", how="Chefen ringer nattpersonalen.")
    draft = people.draft(ANNA, **SMALL)
    assert like(people, draft) == []
    text = FactorText(**SMALL)
    people(edits.edit, factor.id, text, small=False, by=somebody(CILLA))
    assert like(people, draft) == [(factor.id, True)]
    assert people(finding.search, "nattpersonalen").factors.total == 0


def test_a_factor_of_another_track_is_not_like_it_but_one_of_all_tracks_is(people):
    people.factor(BO, **SMALL)
    everywhere = people.factor(CILLA, track="all", **SMALL)
    assert like(people, people.draft(ANNA, **SMALL)) == [(everywhere.id, True)]


def test_a_draft_for_all_tracks_is_compared_with_those_of_every_track_voted_on_or_not(people):
    care = people.factor(BO, **SMALL)
    assert like(people, people.draft(ANNA, track="all", **SMALL)) == [(care.id, False)]


def test_a_decided_factor_is_shown_but_takes_no_support(people):
    factor = people.factor(CILLA, **SMALL)
    people(outcomes.decide, factor.id, FactorStatus.ADOPTED, "Good.", by=MANAGER)
    assert like(people, people.draft(ANNA, **SMALL)) == [(factor.id, False)]


def test_a_draft_that_cannot_go_out_yet_is_compared_with_nothing(people):
    people.factor(CILLA, **SMALL)
    assert like(people, people.draft(ANNA, title=SMALL["title"], how=" ")) == []


def test_on_behalf_there_is_nothing_to_support(people):
    factor = people.factor(CILLA, track="all", **SMALL)
    written = Written(kind=FactorKind.PROMOTING, **SMALL)
    draft = people(drafts.save, written, organisation_id=people.vara, by=MANAGER)
    found = people(similar.to_draft, draft.id, by=MANAGER)
    assert [(each.factor.id, each.may_support) for each in found] == [(factor.id, False)]


def test_nobody_sees_what_is_like_another_persons_draft(people):
    draft = people.draft(ANNA)
    with pytest.raises(DraftGone):
        like(people, draft, CILLA)
    people.set_up(ELSEWHERE)
    with pytest.raises(NotAParticipant):
        like(people, draft, programme=ELSEWHERE)


@pytest.mark.parametrize("before", [None, *Choice])
def test_support_counts_once_whatever_one_had_voted_before(people, before):
    factor = people.factor(CILLA)
    if before is not None:
        people(votes.vote, factor.id, ANNA, before, reason="Why not")
    for _ in range(3):
        tally = support(people, factor.id).tally
        assert (tally.support, tally.unsure, tally.objections) == (1, 0, 0)
    assert ballot(people, factor.id) == Ballot(Choice.SUPPORT)


def test_support_from_before_an_edit_becomes_support_of_what_is_there_now(people):
    factor = people.factor(CILLA)
    support(people, factor.id)
    later = NOW + timedelta(hours=1)
    text = FactorText("Try it large", f"{HOW} {HOW}")
    people(edits.edit, factor.id, text, small=False, by=somebody(CILLA), now=later)
    assert ballot(people, factor.id) == Ballot(Choice.SUPPORT, before_edit=True)
    assert support(people, factor.id, now=later).tally.before_edit == 0
    assert ballot(people, factor.id) == Ballot(Choice.SUPPORT)


def test_support_takes_what_a_vote_takes(people):
    factor = people.factor(BO)
    with pytest.raises(OtherTrack):
        support(people, factor.id)
    with pytest.raises(NotAParticipant):
        support(people, factor.id, 99)
    people.set_up(ELSEWHERE)
    with pytest.raises(FactorNotFound):
        support(people, factor.id, programme=ELSEWHERE)
