"""What an edit does to votes: they count 21 days more, objections until they are withdrawn."""

from datetime import timedelta

import pytest

from bot.domain.factors import edits, factors, merging, outcomes, votes, windows
from bot.domain.factors.corrections import SMALL
from bot.domain.factors.errors import FactorNotFound, NotTheProposer
from bot.domain.factors.votes import Ballot
from bot.domain.factors.wording import FactorText
from bot.domain.kit.errors import TextMissing
from bot.domain.membership import organisation_changes
from bot.domain.needs import needs
from storage.enums import Choice
from storage.factors.votes import GRACE
from tests.domain.conftest import CARE, ELSEWHERE, MANAGER, NOW, somebody
from tests.domain.scenes import scene

ANNA, BO, CILLA = 11, 12, 13
DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)
TITLE, HOW = "Try it small", "x" * 200
WHOLE = len(f"{TITLE}\n{HOW}\n\n")
SUPPORT, OBJECT, UNSURE = Choice.SUPPORT, Choice.OBJECT, Choice.UNSURE


@scene
def people(trial):
    """Three of Västerås, a factor that Anna proposed."""
    for member in (ANNA, BO, CILLA):
        trial.join(member, trial.vasteras)
    trial.about = trial.factor(ANNA, title=TITLE, how=HOW).id
    return trial


def edit(world, how="y" * 200, *, small=False, now=NOW + DAY, who=ANNA, about=None, **more):
    text = FactorText(**{"title": TITLE, "how": how, **more})
    person = somebody(who) if isinstance(who, int) else who
    return world(edits.edit, about or world.about, text, small=small, by=person, now=now)


def corrected(number):
    """The factor's HOW with so many characters changed."""
    return "y" * number + HOW[number:]


def vote(world, member, choice=SUPPORT, reason=None, now=NOW, about=None):
    return world(votes.vote, about or world.about, member, choice, reason=reason, now=now)


def still_mine(world, member, now=NOW + 2 * DAY, about=None):
    return world(votes.still_mine, about or world.about, member, now=now)


def tally(world, now, about=None):
    """Support, unsure, objections; and how many of them from before the edit."""
    found = world(factors.show, about or world.about, now=now).tally
    return (found.support, found.unsure, found.objections), found.before_edit


def ballot(world, member, now=NOW + DAY):
    return world(votes.ballot, world.about, member, now=now)


def changed_for(world, member):
    return world(edits.since_vote, world.about, member, now=NOW + 3 * DAY).changes


def edited_for(world, member, now=NOW + DAY):
    return [each.id for each in world(needs.of, by=somebody(member), now=now).edited.shown]


# --- after an edit


def test_votes_before_an_edit_count_21_days_more_and_not_a_moment_longer(people):
    vote(people, BO)
    vote(people, CILLA, UNSURE)
    edit(people)
    over = NOW + DAY + GRACE
    assert timedelta(days=21) == GRACE
    assert tally(people, NOW + DAY) == ((1, 1, 0), 2)
    assert tally(people, over - MOMENT) == ((1, 1, 0), 2)
    assert tally(people, over) == ((0, 0, 0), 0)


def test_objections_count_until_they_are_withdrawn_and_keep_their_reason(people):
    vote(people, BO, OBJECT, "Too early.")
    edit(people)
    late = NOW + DAY + GRACE + 100 * DAY
    assert tally(people, late) == ((0, 0, 1), 1)
    (against,) = people(votes.objections, people.about, now=late)
    assert (against.reason, against.before_edit) == ("Too early.", True)
    still_mine(people, BO, now=late)
    people(votes.take_back, people.about, BO, now=late)
    assert tally(people, late) == ((0, 0, 0), 0)


def test_a_vote_on_the_new_text_stays_for_good(people):
    edit(people)
    vote(people, BO, now=NOW + DAY)
    assert tally(people, NOW + DAY + 10 * GRACE) == ((1, 0, 0), 0)


def test_the_card_says_how_many_votes_are_from_before_the_edit(people):
    vote(people, BO)
    vote(people, CILLA)
    assert edit(people).factor.tally.before_edit == 2
    assert vote(people, CILLA, UNSURE, now=NOW + DAY).tally.before_edit == 1


def test_a_second_edit_gives_no_vote_more_time_than_the_new_text_had(people):
    """The votes of between are 21 days older than the second edit, those of before likewise."""
    vote(people, BO)
    edit(people)
    vote(people, CILLA, now=NOW + 2 * DAY)
    edit(people, "z" * 200, now=NOW + 3 * DAY)
    assert tally(people, NOW + 3 * DAY) == ((2, 0, 0), 2)
    assert tally(people, NOW + 3 * DAY + GRACE) == ((0, 0, 0), 0)


# --- confirming


@pytest.mark.parametrize("choice", [SUPPORT, UNSURE])
def test_the_same_choice_again_confirms_a_vote_and_once_more_changes_nothing(people, choice):
    vote(people, BO, choice)
    edit(people)
    assert ballot(people, BO) == Ballot(choice, before_edit=True)
    after = vote(people, BO, choice, now=NOW + DAY).tally
    assert (after.voters, after.before_edit) == (1, 0)
    assert ballot(people, BO) == Ballot(choice)
    for day in (1, 2):
        assert vote(people, BO, choice, now=NOW + day * DAY).tally == after
    assert ballot(people, BO).since == NOW + DAY


def test_an_objection_to_the_old_text_is_not_taken_back_without_a_word(people):
    """The same press asks for a reason again, since it is about a new text."""
    vote(people, BO, OBJECT, "Too early.")
    edit(people)
    with pytest.raises(TextMissing):
        vote(people, BO, OBJECT, now=NOW + DAY)
    assert vote(people, BO, OBJECT, "Still too early.", now=NOW + DAY).tally.before_edit == 0


def test_still_my_vote_confirms_whatever_it_was(people):
    vote(people, BO)
    vote(people, CILLA, OBJECT, "Too early.")
    edit(people)
    still_mine(people, BO)
    assert still_mine(people, CILLA).tally.before_edit == 0
    assert tally(people, NOW + 10 * GRACE) == ((1, 0, 1), 0)
    assert people(votes.objections, people.about)[0].reason == "Too early."


def test_still_my_vote_brings_back_one_that_had_grown_too_old(people):
    vote(people, BO)
    edit(people)
    late = NOW + 2 * GRACE
    assert tally(people, late) == ((0, 0, 0), 0)
    assert still_mine(people, BO, now=late).tally.support == 1


def test_still_my_vote_does_nothing_where_there_is_nothing_to_confirm(people):
    vote(people, BO)
    before = people.journal()
    assert still_mine(people, BO).tally.support == 1
    assert still_mine(people, CILLA).tally.support == 1
    assert people.journal() == before


# --- small corrections


def test_a_small_correction_leaves_votes_as_they_are(people):
    vote(people, BO)
    done = edit(people, corrected(5), small=True)
    assert (done.small, done.factor.version, done.factor.tally.before_edit) == (True, 2, 0)
    assert tally(people, NOW + 10 * GRACE) == ((1, 0, 0), 0)
    assert edited_for(people, BO) == []


def test_only_what_is_said_to_be_a_correction_is_one(people):
    vote(people, BO)
    assert not edit(people, corrected(1), small=False).small
    assert tally(people, NOW + DAY)[1] == 1


def test_a_tenth_of_the_text_is_small_and_a_character_more_is_not(people):
    most = int(SMALL * WHOLE)
    assert edit(people, corrected(most), small=True).small
    other = people.factor(ANNA, title=TITLE, how=HOW).id
    assert not edit(people, corrected(most + 1), small=True, about=other).small


def test_all_corrections_together_over_a_tenth_are_a_change(people):
    vote(people, BO)
    for number in (8, 16):
        assert edit(people, corrected(number), small=True).small
    assert tally(people, NOW + DAY)[1] == 0
    assert not edit(people, corrected(24), small=True).small
    assert tally(people, NOW + DAY)[1] == 1


def test_after_a_change_corrections_are_measured_by_the_new_text(people):
    edit(people, "y" * 200)
    assert edit(people, "y" * 190 + "z" * 10, small=True).small
    assert not edit(people, HOW, small=True).small


def test_after_small_corrections_what_changed_is_shown_since_the_text_before_the_change(people):
    edit(people, corrected(5), small=True)
    vote(people, BO, now=NOW + DAY)
    assert changed_for(people, BO) == ()
    edit(people, "new words here", now=NOW + 2 * DAY)
    (change,) = changed_for(people, BO)
    assert [(each.kind, each.words) for each in change.pieces] == [
        ("removed", corrected(5)),
        ("added", "new words here"),
    ]


def test_an_edit_that_changes_nothing_is_no_edit(people):
    vote(people, BO)
    done = edit(people, f"  {HOW}\n")
    assert (done.changes, done.factor.version, done.factor.tally.before_edit) == ((), 1, 0)
    assert people(edits.history, people.about).versions.items == ()


# --- what needs me


def test_each_such_voter_finds_the_factor_under_what_needs_me(people):
    vote(people, BO)
    edit(people)
    assert edited_for(people, BO) == [people.about]
    assert edited_for(people, CILLA) == []
    still_mine(people, BO)
    assert edited_for(people, BO) == []


def test_what_needs_me_forgets_neither_old_votes_nor_objections(people):
    vote(people, BO)
    vote(people, CILLA, OBJECT, "Too early.")
    edit(people)
    late = NOW + 3 * GRACE
    assert edited_for(people, BO, late) == edited_for(people, CILLA, late) == [people.about]


def test_a_vote_taken_back_and_a_factor_that_is_closed_need_nobody(people):
    other = people.factor(ANNA, title="Another", how=HOW).id
    for about in (people.about, other):
        vote(people, BO, about=about)
        edit(people, about=about)
    assert edited_for(people, BO) == [other, people.about]
    people(outcomes.withdraw, other, "No.", by=MANAGER, now=NOW + DAY)
    assert edited_for(people, BO) == [people.about]
    vote(people, BO, now=NOW + DAY)
    vote(people, BO, now=NOW + DAY)
    assert edited_for(people, BO) == []


def test_who_has_moved_on_is_asked_when_they_are_back(people):
    vote(people, BO)
    edit(people)
    people.join(BO, people.vara)
    assert edited_for(people, BO) == []
    people.join(BO, people.vasteras)
    assert edited_for(people, BO) == [people.about]


def test_where_confirming_would_be_refused_nobody_is_asked_to(people):
    """The votes have closed, or the organisation takes part in that track no more."""
    vote(people, BO)
    edit(people)
    days = ("2026-11-01", "2026-11-25")
    people(windows.set_days, people.about, *days, by=MANAGER, now=NOW + DAY)
    assert edited_for(people, BO, NOW + 2 * DAY) == [people.about]
    assert edited_for(people, BO, NOW + 3 * DAY) == []
    people(windows.set_days, people.about, "", "", by=MANAGER, now=NOW + DAY)
    only_care = organisation_changes.OrganisationChange(tracks=CARE)
    people(organisation_changes.edit, "Västerås stad", only_care, by=MANAGER, now=NOW + DAY)
    assert edited_for(people, BO) == []


# --- merged factors


def test_votes_that_a_merge_moved_are_votes_before_an_edit_of_the_text_they_now_count_for(people):
    other = people.factor(ANNA, title="Another", how=HOW).id
    vote(people, BO, about=other)
    edit(people, now=NOW + DAY)
    merged = people(merging.merge, other, people.about, "The same.", by=MANAGER, now=NOW + 2 * DAY)
    assert merged.into.tally.before_edit == 0, "cast before, but moved to the text of now"
    edit(people, "z" * 200, now=NOW + 3 * DAY)
    assert tally(people, NOW + 3 * DAY) == ((1, 0, 0), 1)
    assert still_mine(people, BO, now=NOW + 4 * DAY).tally.before_edit == 0
    assert tally(people, NOW + 10 * GRACE) == ((1, 0, 0), 0)


def test_a_vote_that_was_stale_where_it_was_cast_is_no_fresher_for_being_moved(people):
    other = people.factor(ANNA, title="Another", how=HOW).id
    vote(people, BO, about=other)
    edit(people, about=other)
    people(merging.merge, other, people.about, "The same.", by=MANAGER, now=NOW + 2 * DAY)
    assert tally(people, NOW + 2 * DAY) == ((1, 0, 0), 1)
    assert tally(people, NOW + DAY + GRACE) == ((0, 0, 0), 0)


# --- who may


def test_the_proposer_and_coordinators_edit_and_nobody_else(people):
    with pytest.raises(NotTheProposer):
        edit(people, who=BO)
    edit(people, who=MANAGER)
    edit(people, "z" * 200, who=ANNA, now=NOW + 2 * DAY)
    found = people(edits.history, people.about).versions.items
    assert [(version.number, version.small) for version in found] == [(3, False), (2, False)]


def test_a_factor_of_another_server_is_not_found(people):
    people.set_up(ELSEWHERE)
    text = FactorText("Taken over", "By another server.")
    with pytest.raises(FactorNotFound):
        people(edits.edit, people.about, text, small=False, by=MANAGER, programme=ELSEWHERE)
    with pytest.raises(FactorNotFound):
        people(edits.since_vote, people.about, BO, programme=ELSEWHERE)
    with pytest.raises(FactorNotFound):
        people(edits.history, people.about, programme=ELSEWHERE)
    with pytest.raises(FactorNotFound):
        people(votes.still_mine, people.about, BO, programme=ELSEWHERE)
